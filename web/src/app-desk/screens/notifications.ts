import type { Screen } from '../screen.ts';

const areas = ['notifications', 'settings'];

export const screens: Screen[] = [
  {
    path: '/settings/notifications',
    areas,
    any: ['system.settings'],
    load: () => import('../../notifications/settings.desk.tsx'),
  },
  {
    path: '/settings/deliveries',
    areas,
    any: ['notifications.read'],
    load: () => import('../../notifications/deliveries.desk.tsx'),
  },
];
