import type { Screen } from '../screen.ts';

const areas = ['settings', 'policy', 'organisation'];
const any = ['policy.read'];

export const screens: Screen[] = [
  { path: '/settings/policy', areas, any, load: () => import('../../policy/policy.desk.tsx') },
  { path: '/settings/holidays', areas, any, load: () => import('../../policy/holidays.desk.tsx') },
  {
    path: '/settings/designated',
    areas: ['settings', 'coverage'],
    any: ['coverage.designated'],
    load: () => import('../../coverage/designated.desk.tsx'),
  },
];
