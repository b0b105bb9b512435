import type { Screen } from '../screen.ts';

const areas = ['settings', 'accounts'];

export const screens: Screen[] = [
  { path: '/settings/me', areas, any: [], load: () => import('../../identity/me.desk.tsx') },
  {
    path: '/settings/accounts',
    areas,
    any: ['identity.accounts'],
    load: () => import('../../identity/accounts.desk.tsx'),
  },
  {
    path: '/settings/accounts/$account_id',
    areas,
    any: ['identity.accounts'],
    load: () => import('../../identity/account.desk.tsx'),
  },
  { path: '/settings/tokens', areas, any: ['identity.tokens'], load: () => import('../../identity/tokens.desk.tsx') },
  {
    path: '/settings/audit',
    areas: ['settings', 'audit', 'imports'],
    any: ['audit.read'],
    load: () => import('../../identity/audit.desk.tsx'),
  },
  {
    path: '/settings/security',
    areas,
    any: ['identity.accounts'],
    load: () => import('../../identity/security.desk.tsx'),
  },
];
