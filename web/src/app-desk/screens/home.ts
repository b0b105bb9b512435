/** The home page, and the to-do list of cases on it. */
import type { HomePanel, Screen } from '../screen.ts';

export const screens: readonly Screen[] = [
  { path: '/', areas: [], any: [], rail: 'home', load: () => import('../home.tsx') },
];

export const panels: readonly HomePanel[] = [
  {
    key: 'cases',
    order: 10,
    areas: ['home', 'cases'],
    any: ['cases.read'],
    load: () => import('../../home/panel.desk.tsx'),
  },
];
