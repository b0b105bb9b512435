/** A system administrator's to-do on the home page: the logins of the demo, or the first steps while one is left. */
import { useQuery } from '@tanstack/react-query';
import { api, call } from '../api/client.ts';
import { useT } from '../i18n/index.ts';
import { meQuery, useMay } from '../identity/me.ts';
import { CopyLine } from '../ui/copy-line.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { FirstSteps, useFirstSteps } from './steps.desk.tsx';

export default function FirstStepsPanel() {
  const { open } = useFirstSteps();
  const may = useMay();
  const empty = open.some(([step]) => step === 'units');
  // It is made while the administrator reads: it shows as soon as it is there.
  const me = useQuery({
    ...meQuery,
    refetchInterval: ({ state }) => (empty && !state.data?.demo && state.dataUpdateCount < 60 ? 3_000 : false),
  }).data;
  const demo = useQuery({
    queryKey: ['demo', 'one'],
    queryFn: () => call(api.GET('/api/demo')),
    enabled: may('system.settings') && me?.demo === true,
  }).data;
  if (demo) return <DemoLogins password={demo.password} logins={demo.logins} />;
  return open.length > 0 ? <FirstSteps /> : null;
}

/** Who can be signed in as in the demo. */
function DemoLogins(props: { password: string; logins: readonly { role: string; login: string }[] }) {
  const t = useT();
  return (
    <Panel title={t('settings.demo.title')} hint={t('settings.demo.hint')}>
      <CopyLine label={t('settings.demo.password')} text={props.password} />
      <dl className="ad-demo-logins">
        {props.logins.map(({ role, login }) => (
          <div key={role}>
            <dt>{t(`status.role.${role}`)}</dt>
            <dd>
              <code data-demo-role={role}>{login}</code>
            </dd>
          </div>
        ))}
      </dl>
      <p className="ac-hint">{t('settings.demo.remove')}</p>
    </Panel>
  );
}
