import type { Screen } from '../screen.ts';

const areas = ['settings', 'organisation'];
const any = ['organisation.read'];

export const screens: Screen[] = [
  { path: '/settings/units', areas, any, load: () => import('../../organisation/units.desk.tsx') },
  { path: '/settings/jurisdictions', areas, any, load: () => import('../../organisation/jurisdictions.desk.tsx') },
  { path: '/settings/hotlines', areas, any, load: () => import('../../organisation/hotlines.desk.tsx') },
  { path: '/settings/employees', areas, any, load: () => import('../../organisation/employees.desk.tsx') },
  {
    path: '/settings/employees/$employee_id',
    areas: [...areas, 'portal'],
    any,
    load: () => import('../../organisation/employee.desk.tsx'),
  },
  { path: '/settings/headcount', areas, any, load: () => import('../../organisation/headcount.desk.tsx') },
  {
    path: '/settings/on-call',
    areas,
    any: ['organisation.on_call'],
    load: () => import('../../organisation/on-call.desk.tsx'),
  },
  {
    path: '/settings/on-call/$unit_id',
    areas,
    any: ['organisation.on_call'],
    load: () => import('../../organisation/rota.desk.tsx'),
  },
];
