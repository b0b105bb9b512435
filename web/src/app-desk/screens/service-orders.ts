/** The service order, to be read and printed. */
import type { Screen } from '../screen.ts';

export const screens: readonly Screen[] = [
  {
    path: '/service-orders/$work_order_id',
    areas: ['visits'],
    any: ['visits.read'],
    load: () => import('../../visits/service-order.desk.tsx'),
  },
];
