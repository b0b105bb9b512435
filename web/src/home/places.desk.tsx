/** What a role without a to-do list of its own finds here: the screens that stand, and plainly what does not yet. */
import { Link } from '@tanstack/react-router';
import { useT } from '../i18n/index.ts';
import { useMay, useMe } from '../identity/me.ts';
import { Icon } from '../ui/icon.tsx';
import { Panel } from './parts.tsx';

/** Screens by permission; the words are `home.place.<key>` and `home.place.<key>.hint`. */
const places = [
  ['accounts', '/settings/accounts', 'identity.accounts'],
  ['tokens', '/settings/tokens', 'identity.tokens'],
  ['audit', '/settings/audit', 'audit.read'],
  ['company', '/settings', 'system.settings'],
  ['employees', '/settings/employees', 'organisation.manage'],
  ['policy', '/settings/policy', 'policy.manage'],
  ['field', '/field/', 'visits.do'],
  ['assets', '/assets', 'assets.read'],
  ['customers', '/customers', 'customers.read'],
  ['cases', '/cases', 'cases.read'],
  ['work_orders', '/work-orders', 'visits.read'],
] as const;

/** Roles whose own work is not built yet: they are told so. */
const waiting = ['parts_clerk', 'depot_technician', 'trainer'] as const;

export default function PlacesPanel() {
  const t = useT();
  const may = useMay();
  const roles = useMe()?.roles ?? [];
  const unbuilt = waiting.find((role) => roles.includes(role));
  return (
    <Panel title={t('home.places')}>
      {unbuilt && <p className="ac-hint">{t(`home.waiting.${unbuilt}`)}</p>}
      <ul className="ad-places">
        {places
          .filter(([, , permission]) => may(permission))
          .map(([key, to]) => (
            <li key={key}>
              {key === 'field' ? (
                <a href={to}>
                  <b>{t(`home.place.${key}`)}</b>
                </a>
              ) : (
                <Link to={to}>
                  <b>{t(`home.place.${key}`)}</b>
                </Link>
              )}
              <span className="ac-second">{t(`home.place.${key}.hint`)}</span>
              <Icon name="right" size={14} />
            </li>
          ))}
      </ul>
    </Panel>
  );
}
