import type { Screen } from '../screen.ts';

const areas = ['care', 'customers', 'cases'];
const any = ['care.follow_up', 'care.read'];

export const screens: Screen[] = [
  { path: '/care', areas, any, rail: 'care', load: () => import('../../care/list.desk.tsx') },
  { path: '/care/satisfaction', areas, any, load: () => import('../../care/satisfaction.desk.tsx') },
  {
    path: '/care/complaints',
    areas,
    any: ['care.complaints', 'care.read'],
    load: () => import('../../care/complaints.desk.tsx'),
  },
  { path: '/care/$follow_up_id', areas, any, load: () => import('../../care/call.desk.tsx') },
];
