/** Today and the visit, with which the app is opened, and what the customer is shown, which is fetched when it is wanted. */
import * as today from '../../visits/today.field.tsx';
import * as visit from '../../visits/visit.field.tsx';
import type { FieldScreen } from '../screen.ts';

export const screens: readonly FieldScreen[] = [
  { path: '/today', areas: ['visits'], bar: 'today', load: async () => today },
  { path: '/visits/$visit_id', areas: ['visits', 'errors_visits'], load: async () => visit },
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
