import type { Screen } from '../screen.ts';

const areas = ['customers', 'assets', 'organisation'];
const any = ['customers.read'];

export const screens: Screen[] = [
  { path: '/customers', areas, any, rail: 'customers', load: () => import('../../customers/list.desk.tsx') },
  { path: '/customers/$customer_id', areas, any, load: () => import('../../customers/customer.desk.tsx') },
  { path: '/sites', areas, any, rail: 'customers', load: () => import('../../customers/sites.desk.tsx') },
  { path: '/sites/$site_id', areas, any, load: () => import('../../customers/site.desk.tsx') },
];
