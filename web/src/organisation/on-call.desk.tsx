/** Who is on call: the units that answer a hotline, who is on call there now, and what the next 30 days lack (P11). */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useT } from '../i18n/index.ts';
import { SettingsFrame } from '../settings/frame.desk.tsx';
import { useBoth } from '../ui/both.ts';
import { Icon } from '../ui/icon.tsx';
import { Empty, Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import { onCallQuery, useUnitName } from './requests.ts';

export default function OnCallPage() {
  const t = useT();
  const both = useBoth();
  const unitName = useUnitName();
  const query = useQuery(onCallQuery);
  return (
    <SettingsFrame title={t('organisation.on_call')}>
      <Panel title={t('organisation.on_call.units')} hint={t('organisation.on_call.hint')}>
        <Query of={query} shape="list">
          {(rows) =>
            rows.length === 0 ? (
              <Empty title={t('organisation.on_call.empty')} hint={t('organisation.on_call.empty.hint')} />
            ) : (
              <PlainTable
                label={t('organisation.on_call.units')}
                rows={rows}
                rowId={({ unit_id }) => unit_id}
                columns={[
                  {
                    key: 'unit',
                    title: t('organisation.unit'),
                    render: ({ unit_id, unit }) => <Link to={`/settings/on-call/${unit_id}`}>{both(unit)}</Link>,
                  },
                  {
                    key: 'held',
                    title: t('organisation.on_call.held_by'),
                    render: ({ unit_id, held_by }) =>
                      held_by === unit_id
                        ? t('organisation.on_call.own')
                        : held_by
                          ? unitName(held_by)
                          : t('organisation.on_call.none'),
                  },
                  {
                    key: 'primary',
                    title: t('organisation.on_call.primary'),
                    render: ({ primary }) => primary?.name ?? '—',
                  },
                  {
                    key: 'backup',
                    title: t('organisation.on_call.backup'),
                    render: ({ backup }) => backup?.name ?? '—',
                  },
                  {
                    key: 'gap',
                    title: t('organisation.on_call.next_30'),
                    render: ({ first_gap, gap_min }) =>
                      first_gap ? (
                        <span className="ad-late">
                          <Icon name="warning" size={14} />{' '}
                          {t('organisation.on_call.hours', { hours: Math.ceil(gap_min / 60) })}{' '}
                          {t('organisation.on_call.from')} <DateTime at={first_gap.from} />
                        </span>
                      ) : (
                        <span>
                          <Icon name="check" size={14} /> {t('organisation.on_call.whole')}
                        </span>
                      ),
                  },
                ]}
              />
            )
          }
        </Query>
      </Panel>
    </SettingsFrame>
  );
}
