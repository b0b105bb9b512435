/** The engineer's own page. */
import type { FieldScreen } from '../screen.ts';

export const screens: readonly FieldScreen[] = [
  { path: '/me', areas: ['visits'], bar: 'me', load: () => import('../me.tsx') },
];
