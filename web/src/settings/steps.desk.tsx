/** What a new system still needs before the first case can be taken, in order, and who does it. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, call } from '../api/client.ts';
import { products } from '../assets/requests.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { Icon } from '../ui/icon.tsx';
import { Loading } from '../ui/states.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { SettingsFrame } from './frame.desk.tsx';

/** Step, address, the permission that does it, the role that holds it. */
const steps = [
  ['units', '/settings/units', 'organisation.manage', 'system_admin'],
  ['jurisdictions', '/settings/jurisdictions', 'organisation.manage', 'system_admin'],
  ['hotlines', '/settings/hotlines', 'organisation.manage', 'system_admin'],
  ['employees', '/settings/employees', 'organisation.manage', 'system_admin'],
  ['accounts', '/settings/accounts', 'identity.accounts', 'security_admin'],
  ['policy', '/settings/policy', 'policy.manage', 'system_admin'],
  ['products', '/settings/products', 'assets.products', 'system_admin'],
  ['checklists', '/settings/checklists', 'assets.products', 'system_admin'],
  ['prices', '/settings/prices', 'pricing.manage', 'finance_clerk'],
] as const;
type Step = (typeof steps)[number][0];

async function standing(): Promise<Partial<Record<Step, boolean>>> {
  const [units, map, hotlines, employees, catalogue, checklists, prices] = await Promise.all([
    call(api.GET('/api/units')),
    call(api.GET('/api/jurisdictions')),
    call(api.GET('/api/hotlines')),
    call(api.GET('/api/employees', { params: { query: { limit: 1 } } })),
    products({ limit: 1 }),
    call(api.GET('/api/checklists', { params: { query: {} } })),
    call(api.GET('/api/price-lists', { params: { query: { limit: 1 } } })).then(({ items }) => items.length > 0),
  ]);
  return {
    units: units.length > 0,
    jurisdictions: map.assignments.length > 0,
    hotlines: hotlines.length > 0,
    employees: employees.items.length > 0,
    // The promise comes with the program: it is there from the first day.
    policy: true,
    products: catalogue.items.length > 0,
    checklists: checklists.length > 0,
    prices,
  };
}

/** The steps as a list; `open` says whether anything is left that must be done. */
export function useFirstSteps() {
  const may = useMay();
  const query = useQuery({
    queryKey: ['first_steps', 'all'],
    queryFn: standing,
    enabled: may('organisation.manage'),
  });
  const open = steps.filter(([step]) => step !== 'checklists' && query.data?.[step] === false);
  return { query, open };
}

export function FirstSteps() {
  const t = useT();
  const may = useMay();
  const { query } = useFirstSteps();
  if (query.isPending) return <Loading />;
  return (
    <Panel title={t('settings.setup.title')} hint={t('settings.setup.hint')}>
      <ol className="ad-first-steps">
        {steps.map(([step, to, permission, role]) => {
          const done = query.data?.[step];
          return (
            <li key={step}>
              <Icon name={done ? 'check' : 'clock'} />
              <div>
                <b>{t(`settings.setup.step.${step}`)}</b>{' '}
                <span className="ac-second">
                  {done === undefined
                    ? ''
                    : done
                      ? t('settings.setup.done')
                      : t(step === 'checklists' ? 'settings.setup.optional' : 'settings.setup.open')}
                </span>
                <p className="ac-second">
                  {t(`settings.setup.step.${step}.hint`)}{' '}
                  {!may(permission) && t('settings.setup.who', { role: t(`status.role.${role}`) })}
                </p>
              </div>
              {may(permission) && <Link to={to}>{t('settings.setup.go')}</Link>}
            </li>
          );
        })}
      </ol>
      <p className="ac-second">{t('settings.setup.then')}</p>
    </Panel>
  );
}

export default function FirstStepsPage() {
  const t = useT();
  return (
    <SettingsFrame title={t('settings.page.setup')}>
      <FirstSteps />
    </SettingsFrame>
  );
}
