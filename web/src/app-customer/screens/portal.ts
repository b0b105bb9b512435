import { askAhead } from '../../portal/ahead.ts';
import type { CustomerScreen } from '../screen.ts';

const one = (pattern: RegExp, name: string) => (path: string) => {
  const found = pattern.exec(path)?.[1];
  return found === undefined ? undefined : { [name]: found };
};

/** Behind the QR of a device, behind a link to a case, behind the QR of a badge. */
export const screens: readonly CustomerScreen[] = [
  {
    match: one(/^\/q\/([0-9a-z]+)\/?$/, 'code'),
    areas: [],
    load: () => import('../../portal/report.customer.tsx'),
  },
  {
    match: (path) => (/^\/t\/?$/.test(path) ? {} : undefined),
    areas: [],
    ahead: askAhead,
    load: () => import('../../portal/track.customer.tsx'),
  },
  {
    match: one(/^\/b\/([0-9a-z]+)\/?$/, 'code'),
    areas: [],
    load: () => import('../../portal/badge.customer.tsx'),
  },
];
