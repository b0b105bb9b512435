/** Today, the visit, and what the customer is shown. */
import type { FieldScreen } from '../screen.ts';

export const screens: readonly FieldScreen[] = [
  { path: '/today', areas: ['visits'], bar: 'today', load: () => import('../../visits/today.field.tsx') },
  { path: '/visits/$visit_id', areas: ['visits', 'errors_visits'], load: () => import('../../visits/visit.field.tsx') },
  {
    path: '/visits/$visit_id/quote',
    areas: ['visits', 'errors_visits'],
    load: () => import('../../visits/quote.field.tsx'),
  },
  {
    path: '/visits/$visit_id/sign',
    areas: ['visits', 'errors_visits'],
    load: () => import('../../visits/sign.field.tsx'),
  },
];
