/** Customers, sites and assets stand behind one place of the rail: links from one list to the next. */
import { Link, useRouterState } from '@tanstack/react-router';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';

const places = [
  ['customers', '/customers', 'customers.read'],
  ['sites', '/sites', 'customers.read'],
  ['assets', '/assets', 'assets.read'],
  ['import', '/imports', 'customers.import'],
] as const;

export function CustomerTabs() {
  const t = useT();
  const may = useMay();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav className="ad-side-nav ad-top-nav" aria-label={t('shell.rail.customers')}>
      {places
        .filter(([, , permission]) => may(permission))
        .map(([key, to]) => (
          <Link key={key} to={to} aria-current={path === to ? 'page' : undefined}>
            {t(`customers.tab.${key}`)}
          </Link>
        ))}
    </nav>
  );
}
