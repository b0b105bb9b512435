import type { Screen } from '../screen.ts';

export const screens: Screen[] = [
  {
    path: '/settings',
    areas: ['settings'],
    any: [],
    rail: 'settings',
    load: () => import('../../settings/index.desk.tsx'),
  },
  {
    path: '/settings/system',
    areas: ['settings', 'organisation'],
    any: ['system.settings'],
    load: () => import('../../settings/system.desk.tsx'),
  },
];
