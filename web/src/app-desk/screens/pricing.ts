import type { Screen } from '../screen.ts';

export const screens: Screen[] = [
  {
    path: '/settings/prices',
    areas: ['settings', 'pricing', 'policy', 'organisation'],
    any: ['pricing.read'],
    load: () => import('../../pricing/prices.desk.tsx'),
  },
];
