/** The frame of all settings pages: what the person may see, in groups, beside the page. */
import { Link, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { useTitle } from '../ui-desk/title.ts';
import '../ui-desk/detail.css';

/** Group → pages: key, address, permissions of which one is enough. */
const groups = [
  ['own', [['me', '/settings/me', []]]],
  [
    'access',
    [
      ['accounts', '/settings/accounts', ['identity.accounts']],
      ['tokens', '/settings/tokens', ['identity.tokens']],
      ['security', '/settings/security', ['identity.accounts']],
      ['audit', '/settings/audit', ['audit.read']],
    ],
  ],
  [
    'organisation',
    [
      ['units', '/settings/units', ['organisation.read']],
      ['jurisdictions', '/settings/jurisdictions', ['organisation.read']],
      ['hotlines', '/settings/hotlines', ['organisation.read']],
      ['on_call', '/settings/on-call', ['organisation.on_call']],
      ['employees', '/settings/employees', ['organisation.read']],
      ['headcount', '/settings/headcount', ['organisation.read']],
    ],
  ],
  [
    'promise',
    [
      ['policy', '/settings/policy', ['policy.read']],
      ['holidays', '/settings/holidays', ['policy.read']],
      ['prices', '/settings/prices', ['pricing.read']],
      ['designated', '/settings/designated', ['coverage.designated']],
    ],
  ],
  [
    'catalogues',
    [
      ['products', '/settings/products', ['assets.catalogue']],
      ['checklists', '/settings/checklists', ['assets.catalogue']],
      ['fault_codes', '/settings/fault-codes', ['assets.catalogue']],
      ['note_templates', '/settings/note-templates', ['assets.catalogue']],
    ],
  ],
  [
    'system',
    [
      ['setup', '/settings/first-steps', ['system.settings']],
      ['system', '/settings/system', ['system.settings']],
      ['notifications', '/settings/notifications', ['system.settings']],
      ['customer_pages', '/settings/customer-pages', ['system.settings']],
      ['keeping', '/settings/keeping', ['system.settings']],
      ['deliveries', '/settings/deliveries', ['notifications.read']],
    ],
  ],
] as const satisfies readonly (readonly [string, readonly (readonly [string, string, readonly string[]])[]])[];

/** `title` names the page; `action` stands at its right. */
export function SettingsFrame(props: { title: string; action?: ReactNode; children: ReactNode }) {
  const { title, action, children } = props;
  useTitle(title);
  return (
    <div className="ad-side">
      <SettingsNav />
      <div className="ad-side-main">
        <div className="ad-head">
          <h1>{title}</h1>
          {action}
        </div>
        {children}
      </div>
    </div>
  );
}

/** The pages of the settings that the person may see. */
export function SettingsNav() {
  const t = useT();
  const may = useMay();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav className="ad-side-nav" aria-label={t('settings.title')}>
      {groups.map(([group, pages]) => {
        const seen = pages.filter(([, , any]) => may(...any));
        if (seen.length === 0) return null;
        return [
          <h2 key={`group.${group}`}>{t(`settings.group.${group}`)}</h2>,
          ...seen.map(([key, to]) => (
            <Link key={key} to={to} aria-current={path === to || path.startsWith(`${to}/`) ? 'page' : undefined}>
              {t(`settings.page.${key}`)}
            </Link>
          )),
        ];
      })}
    </nav>
  );
}
