/** The customer's side on the desk: settings, and what customers wait for on the home page. */
import type { HomePanel, Screen } from '../screen.ts';

export const screens: readonly Screen[] = [
  {
    path: '/cases/requests',
    areas: ['cases', 'portal'],
    any: ['cases.triage'],
    load: () => import('../../portal/requests.desk.tsx'),
  },
  {
    path: '/settings/customer-pages',
    areas: ['settings', 'portal'],
    any: ['system.settings'],
    load: () => import('../../portal/settings.desk.tsx'),
  },
];

export const panels: readonly HomePanel[] = [
  {
    key: 'customer_requests',
    order: 4,
    areas: ['home', 'cases', 'portal'],
    any: ['cases.triage'],
    load: () => import('../../portal/home.desk.tsx'),
  },
];
