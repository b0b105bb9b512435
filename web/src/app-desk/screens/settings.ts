import type { HomePanel, Screen } from '../screen.ts';

export const screens: Screen[] = [
  {
    path: '/settings',
    areas: ['settings'],
    any: [],
    rail: 'settings',
    load: () => import('../../settings/index.desk.tsx'),
  },
  {
    path: '/settings/first-steps',
    areas: ['settings'],
    any: ['system.settings'],
    load: () => import('../../settings/steps.desk.tsx'),
  },
  {
    path: '/settings/system',
    areas: ['settings'],
    any: ['system.settings'],
    load: () => import('../../settings/system.desk.tsx'),
  },
  {
    path: '/settings/keeping',
    areas: ['settings'],
    any: ['system.settings'],
    load: () => import('../../settings/keeping.desk.tsx'),
  },
];

/** A system administrator's first screen: what a new system still needs. */
export const panels: readonly HomePanel[] = [
  {
    key: 'first_steps',
    order: 5,
    areas: ['settings'],
    any: ['organisation.manage'],
    load: () => import('../../settings/home-panel.desk.tsx'),
  },
];
