/** The page behind the code on a printed service order. */
import type { CustomerScreen } from '../screen.ts';

export const screens: readonly CustomerScreen[] = [
  {
    match: (path) => {
      const code = /^\/p\/([^/]+)\/?$/.exec(path)?.[1];
      return code === undefined ? undefined : { code };
    },
    areas: ['papers'],
    load: () => import('../../visits/proof.customer.tsx'),
  },
];
