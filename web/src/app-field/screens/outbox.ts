/** What waits to be sent. */
import { useQueue } from '../../outbox/outbox.ts';
import type { FieldScreen } from '../screen.ts';

export const screens: readonly FieldScreen[] = [
  { path: '/outbox', areas: ['visits'], bar: 'outbox', load: () => import('../../outbox/outbox.field.tsx') },
];

/** How many things wait. */
export const useWaiting = (): number => useQueue().length;
