/** The home page. */
import type { Screen } from '../screen.ts';

export const screens: readonly Screen[] = [
  { path: '/', areas: [], any: [], rail: 'home', load: () => import('../home.tsx') },
];
