import type { Screen } from '../screen.ts';

const areas = ['dispatch', 'workorders', 'cases', 'organisation'];
const records = [...areas, 'customers'];

/** The board, and the work orders behind it. */
export const screens: Screen[] = [
  {
    path: '/dispatch',
    areas: [...areas, 'plans'],
    any: ['dispatch.read'],
    rail: 'dispatch',
    load: () => import('../../dispatch/board.desk.tsx'),
  },
  { path: '/work-orders', areas, any: ['visits.read'], load: () => import('../../work-orders/list.desk.tsx') },
  { path: '/work-orders/new', areas, any: ['visits.plan'], load: () => import('../../work-orders/new.desk.tsx') },
  {
    path: '/work-orders/$work_order_id',
    areas: records,
    any: ['visits.read'],
    load: () => import('../../work-orders/record.desk.tsx'),
  },
];
