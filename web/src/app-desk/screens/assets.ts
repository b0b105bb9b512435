import type { Screen } from '../screen.ts';

const areas = ['assets', 'customers', 'organisation'];
const any = ['assets.read'];

export const screens: Screen[] = [
  { path: '/assets', areas, any, load: () => import('../../assets/list.desk.tsx') },
  { path: '/assets/$asset_id', areas: [...areas, 'portal'], any, load: () => import('../../assets/asset.desk.tsx') },
  { path: '/acceptances/new', areas, any: ['assets.accept'], load: () => import('../../assets/accept.desk.tsx') },
  { path: '/acceptances/$acceptance_id', areas, any, load: () => import('../../assets/acceptance.desk.tsx') },
  {
    path: '/settings/products',
    areas: ['settings', ...areas],
    any: ['assets.catalogue'],
    load: () => import('../../assets/products.desk.tsx'),
  },
  {
    path: '/settings/checklists',
    areas: ['settings', ...areas],
    any: ['assets.catalogue'],
    load: () => import('../../assets/checklists.desk.tsx'),
  },
  {
    path: '/settings/fault-codes',
    areas: ['settings', ...areas],
    any: ['assets.catalogue'],
    load: () => import('../../assets/fault-codes.desk.tsx'),
  },
];
