/**
 * How a domain puts a screen on the desk: a file `app-desk/screens/<domain>.ts` exports `screens`, and may export
 * `panels` (parts of the home page) and `searches` (sources of the search box). Nothing else has to be edited.
 */
import type { ComponentType } from 'react';
import type { IconName } from '../ui/icon.tsx';

/** The places of the rail, in order (look.md). A place is shown once a screen claims it and the person may see that. */
export const railPlaces = [
  ['home', 'home'],
  ['intake', 'intake'],
  ['cases', 'cases'],
  ['dispatch', 'dispatch'],
  ['customers', 'customers'],
  ['parts', 'parts'],
  ['billing', 'billing'],
  ['care', 'care'],
  ['training', 'training'],
  ['software', 'software'],
  ['knowledge', 'knowledge'],
  ['reports', 'reports'],
  ['settings', 'settings'],
] as const satisfies readonly (readonly [string, IconName])[];

export type RailPlace = (typeof railPlaces)[number][0];

/** One screen: its address, its code (loaded when it is opened), its texts, and who may see it. */
export interface Screen {
  /** `/cases`, `/cases/$case_id`. Parameters carry the name of the id. */
  path: string;
  /** Text areas the screen needs beside common, login, shell and status. */
  areas: readonly string[];
  /** One of these permissions is enough; `cases.*` is any of an area; empty: everyone signed in. */
  any: readonly string[];
  load: () => Promise<{ default: ComponentType }>;
  /** Claims a place of the rail; the first screen to do so is where the rail leads. */
  rail?: RailPlace;
}

/** A part of the home page: what is mine, what is late, what is next. Drawn in the order of `order`. */
export interface HomePanel {
  key: string;
  order: number;
  areas: readonly string[];
  any: readonly string[];
  /** Not for whoever has one of these: they have a panel of their own for it. */
  unless?: readonly string[];
  /** Below the others for whoever has one of these. */
  after?: readonly string[];
  load: () => Promise<{ default: ComponentType }>;
}

/** One thing that the search box found. */
export interface Found {
  id: string;
  title: string;
  detail?: string;
  /** The address of its screen. */
  to: string;
  icon: IconName;
}

/** A source of the search box; asked with what was typed, at least two characters. */
export interface Search {
  key: string;
  any: readonly string[];
  find: (text: string, signal: AbortSignal) => Promise<Found[]>;
}

interface ScreenFile {
  screens?: readonly Screen[];
  panels?: readonly HomePanel[];
  searches?: readonly Search[];
}

const files = Object.values(import.meta.glob<ScreenFile>('./screens/*.ts', { eager: true }));

/** Every screen of every domain. */
export const screens: readonly Screen[] = files.flatMap((file) => file.screens ?? []);
/** Every part of the home page, in order. */
export const panels: readonly HomePanel[] = files
  .flatMap((file) => file.panels ?? [])
  .sort((a, b) => a.order - b.order);
/** Every source of the search box. */
export const searches: readonly Search[] = files.flatMap((file) => file.searches ?? []);
