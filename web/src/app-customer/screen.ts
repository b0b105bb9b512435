/** How a domain puts a page in front of the customer: `app-customer/screens/<domain>.ts` exports `screens`. */
import type { ComponentType } from 'react';
import type { FirstData } from './first-data.ts';

/** One page. `match` reads the path and gives its parameters, or undefined when it is not its own. */
export interface CustomerScreen {
  match: (path: string) => Record<string, string> | undefined;
  areas: readonly string[];
  /** Asks for what the page shows before it is loaded. */
  ahead?: () => void;
  load: () => Promise<{ default: ComponentType<{ params: Record<string, string>; first: FirstData | undefined }> }>;
}

const files = Object.values(
  import.meta.glob<{ screens?: readonly CustomerScreen[] }>('./screens/*.ts', { eager: true }),
);

/** Every page of every domain. */
export const screens: readonly CustomerScreen[] = files.flatMap((file) => file.screens ?? []);
