/**
 * How a domain puts a screen into the engineer's app: a file `app-field/screens/<domain>.ts` exports `screens`. The app
 * lives below /field; its code and texts are kept small (decision 22: 170 KB for the shell).
 */
import type { ComponentType } from 'react';
import type { IconName } from '../ui/icon.tsx';

/** The places of the bottom bar, in order (look.md). */
export const barPlaces = [
  ['today', 'today'],
  ['outbox', 'outbox'],
  ['parts', 'parts'],
  ['me', 'person'],
] as const satisfies readonly (readonly [string, IconName])[];

export type BarPlace = (typeof barPlaces)[number][0];

/** One screen of the engineer's app; `path` is below /field, such as `/visits/$visit_id`. */
export interface FieldScreen {
  path: string;
  /** Text areas beside common, status, login and field. */
  areas: readonly string[];
  load: () => Promise<{ default: ComponentType }>;
  bar?: BarPlace;
}

interface ScreenFile {
  screens?: readonly FieldScreen[];
  /** How many things wait to be sent; read through a hook by the bottom bar. */
  useWaiting?: () => number;
}

const files = Object.values(import.meta.glob<ScreenFile>('./screens/*.ts', { eager: true }));

/** Every screen of every domain. */
export const screens: readonly FieldScreen[] = files.flatMap((file) => file.screens ?? []);

/** The screen at a path below /field. */
export function screenAt(path: string): FieldScreen | undefined {
  return screens.find((screen) => new RegExp(`^${screen.path.replace(/\$\w+/g, '[^/]+')}/?$`).test(path));
}

/** The number at the outbox: nothing waits until a screen file brings its own count. */
export const useWaiting: () => number = files.find((file) => file.useWaiting)?.useWaiting ?? (() => 0);
