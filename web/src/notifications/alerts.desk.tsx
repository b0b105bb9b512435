/**
 * What somebody has to look at now and the person was told of (P11): a bar above the screen that stays until it is taken. The oldest
 * stands in it; the others open below. Who was told, and who is next, stands beside each.
 */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { formatInstant } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { ErrorState } from '../ui/states.tsx';
import { useZone } from '../ui/zone.ts';
import { alertsQuery, type DutyAlert, takeAlert } from './requests.ts';
import './alerts.css';

export function MyAlerts() {
  const t = useT();
  const data = useQuery(alertsQuery).data;
  const [open, setOpen] = useState(false);
  const items = data?.items ?? [];
  const first = items[0];
  if (!data || !first) return null;
  const as_of = Date.parse(data.now);
  return (
    <section className="ad-alerts" aria-label={t('shell.alerts')}>
      <AlertLine alert={first} as_of={as_of} />
      {open && items.slice(1).map((alert) => <AlertLine key={alert.id} alert={alert} as_of={as_of} />)}
      {items.length > 1 && (
        <button type="button" className="ac-link ad-alerts-more" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'shell.alerts.fewer' : 'shell.alerts.more', { count: items.length - 1 })}
        </button>
      )}
    </section>
  );
}

function AlertLine({ alert, as_of }: { alert: DutyAlert; as_of: number }) {
  const t = useT();
  const zone = useZone();
  const command = useCommand((id: string, options) => takeAlert(id, options), {
    touches: [['alert'], ...(alert.case_id ? [['case', alert.case_id]] : [])],
  });
  const take = async () => {
    if (await command.run(alert.id)) announce(t('shell.alerts.taken'));
  };
  const at = (instant: string) => formatInstant(instant, alert.zone ?? zone, as_of);
  const promise = alert.promise ? t(`status.clock.kind.${alert.promise}`) : '';
  return (
    <div className="ad-alert" data-kind={alert.kind}>
      <Icon name="warning" size={18} />
      <div className="ad-alert-words" role="alert">
        <div>
          <b>{t(`shell.alert.${alert.kind}`, { promise, percent: alert.percent ?? '—' })}</b>{' '}
          {alert.case_id && alert.case_number && (
            <Link to={`/cases/${alert.case_id}`} className="ac-figure">
              {alert.case_number}
            </Link>
          )}{' '}
          {alert.site}
          {alert.due_at && <span className="ac-second"> · {t('shell.alert.due', { time: at(alert.due_at) })}</span>}
          {alert.expected_at && (
            <span className="ac-second"> · {t('shell.alert.expected', { time: at(alert.expected_at) })}</span>
          )}
        </div>
        <div className="ac-second ad-alert-chain">
          {alert.told.length === 0
            ? t(`shell.alert.why.${alert.why}`)
            : alert.told
                .map(({ name, stage, why, told_at }) =>
                  t('shell.alert.told', {
                    name,
                    stage: t(`shell.alert.stage.${stage}`),
                    why: t(`shell.alert.why.${why}`),
                    time: at(told_at),
                  }),
                )
                .join(' → ')}
          {alert.next_at && <> · {t('shell.alert.next', { time: at(alert.next_at) })}</>}
        </div>
        {command.problem && <ErrorState error={command.problem} inline />}
      </div>
      <Button kind="primary" busy={command.busy} onClick={() => void take()}>
        {t('shell.alert.take')}
      </Button>
    </div>
  );
}
