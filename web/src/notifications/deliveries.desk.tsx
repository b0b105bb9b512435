/** What customers, people on duty and programs were told: state, error, and another try. */
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useCommand } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { SettingsNav } from '../settings/frame.desk.tsx';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorState } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { Filter } from '../ui-desk/filters.tsx';
import { useKeysetList } from '../ui-desk/keyset.ts';
import { ListPage } from '../ui-desk/list-page.tsx';
import { useListPlace } from '../ui-desk/list-place.ts';
import { Fact } from '../ui-desk/record-page.tsx';
import type { Column } from '../ui-desk/table.tsx';
import { useKindName } from './kinds.ts';
import './notifications.css';
import { type Delivery, type DeliveryFilter, deliveries, retryDelivery } from './requests.ts';
import { whyNotSent } from './why.ts';

const states = ['waiting', 'delivered', 'failed'] as const satisfies readonly Delivery['state'][];
const channels = ['smtp', 'webhook'] as const satisfies readonly Delivery['channel'][];

export default function DeliveriesPage() {
  const t = useT();
  const kindName = useKindName();
  const place = useListPlace('all');
  const { channel } = place.filters;
  const state = states.find((each) => each === place.view);
  const filter: DeliveryFilter = {
    ...(state ? { state } : {}),
    ...(channel ? { channel: channel as Delivery['channel'] } : {}),
  };
  const list = useKeysetList<Delivery>(keys.list('delivery', filter), (after) =>
    deliveries({ ...filter, limit: 50, ...(after ? { after } : {}) }),
  );
  const columns = useMemo<Column<Delivery>[]>(
    () => [
      { key: 'at', title: t('notifications.at'), width: 150, render: ({ created_at }) => <DateTime at={created_at} /> },
      {
        key: 'state',
        title: t('notifications.state'),
        width: 120,
        render: (row) => <DeliveryBadge state={row.state} />,
      },
      { key: 'kind', title: t('notifications.about'), width: 190, render: ({ kind }) => kindName(kind) },
      {
        key: 'channel',
        title: t('notifications.channel'),
        width: 100,
        render: (row) => t(`notifications.channel.${row.channel}`),
      },
      {
        key: 'to',
        title: t('notifications.recipient'),
        width: 220,
        render: (row) => (
          <span title={row.recipient ?? ''}>
            {t(`notifications.recipient.${row.recipient_kind}`)} {row.recipient}
          </span>
        ),
      },
      {
        key: 'attempts',
        title: t('notifications.attempts'),
        width: 90,
        align: 'right',
        render: ({ attempts }) => <span className="ac-figure">{attempts}</span>,
      },
      {
        key: 'error',
        title: t('notifications.error'),
        width: 280,
        render: (row) => {
          const why = whyNotSent(t, row);
          return why ? <span title={why.detail ?? why.words}>{why.words}</span> : '';
        },
      },
    ],
    [t, kindName],
  );
  return (
    <div className="ad-side ad-side-list">
      <SettingsNav />
      <ListPage
        title={t('notifications.deliveries')}
        views={[
          { key: 'all', label: t('notifications.state.all') },
          ...states.map((key) => ({ key, label: t(`notifications.state.${key}`) })),
        ]}
        place={{ ...place, view: state ?? 'all' }}
        list={list}
        columns={columns}
        rowId={({ id }) => id}
        onOpen={(id) => place.select(id)}
        detail={(id) => {
          const row = list.rows.find((each) => each.id === id);
          return row && <DeliveryDetail key={row.id} row={row} />;
        }}
        filters={
          <Filter
            label={t('notifications.channel')}
            value={channel ?? ''}
            options={channels.map((value) => ({ value, label: t(`notifications.channel.${value}`) }))}
            onChange={(next) => place.setFilter('channel', next)}
          />
        }
        chips={channel ? [{ name: 'channel', label: t(`notifications.channel.${channel}`) }] : []}
        empty={{ title: t('notifications.deliveries.empty'), hint: t('notifications.deliveries.empty.hint') }}
      />
    </div>
  );
}

/** How far a message has come: glyph, word and colour. */
export function DeliveryBadge({ state }: { state: Delivery['state'] }) {
  const t = useT();
  const glyph = { waiting: 'clock', delivered: 'check', failed: 'cross' } as const;
  const tone = { waiting: 'ac-clock-running', delivered: 'ac-clock-met', failed: 'ac-clock-missed' } as const;
  return (
    <span className={`ac-badge ${tone[state]}`}>
      <Icon name={glyph[state]} size={14} /> <span>{t(`notifications.state.${state}`)}</span>
    </span>
  );
}

function DeliveryDetail({ row }: { row: Delivery }) {
  const t = useT();
  const may = useMay();
  const queries = useQueryClient();
  const kindName = useKindName();
  const why = whyNotSent(t, row);
  const retry = useCommand((id: string, options) => retryDelivery(id, options), { touches: [['delivery', 'list']] });
  return (
    <div className="ad-delivery">
      <h2>{kindName(row.kind)}</h2>
      <p>
        <DeliveryBadge state={row.state} />
      </p>
      <dl>
        <Fact label={t('notifications.recipient')}>
          <span>
            {t(`notifications.recipient.${row.recipient_kind}`)} {row.recipient}
          </span>
        </Fact>
        <Fact label={t('notifications.channel')}>{t(`notifications.channel.${row.channel}`)}</Fact>
        {row.case_id && (
          <Fact label={t('notifications.case')}>
            {may('cases.read') ? (
              <Link to={`/cases/${row.case_id}`} className="ac-figure">
                {row.case_number}
              </Link>
            ) : (
              row.case_number
            )}
          </Fact>
        )}
        <Fact label={t('notifications.happened')}>
          <DateTime at={row.at} />
        </Fact>
        <Fact label={t('notifications.at')}>
          <DateTime at={row.created_at} />
        </Fact>
        <Fact label={t('notifications.delivered_at')}>
          <DateTime at={row.delivered_at} />
        </Fact>
        <Fact label={t('notifications.attempts')}>
          <span className="ac-figure">{row.attempts}</span>
        </Fact>
        <Fact label={t('notifications.message_id')}>
          <code>{row.message_id}</code>
        </Fact>
      </dl>
      {why && (
        <div className="ad-delivery-error" role="note">
          <b>{t('notifications.error')}</b>
          <p>{why.words}</p>
          {why.detail && (
            <p>
              <code>{why.detail}</code>
            </p>
          )}
        </div>
      )}
      {retry.problem && <ErrorState error={retry.problem} inline />}
      {row.state === 'failed' && may('notifications.retry') && (
        <div className="ad-steps">
          <Button
            kind="primary"
            icon="again"
            busy={retry.busy}
            onClick={async () => {
              if (!(await retry.run(row.id))) return;
              announce(t('notifications.retried'));
              // The try itself happens a moment later.
              setTimeout(() => void queries.invalidateQueries({ queryKey: ['delivery', 'list'] }), 2_000);
            }}
          >
            {t('notifications.retry')}
          </Button>
        </div>
      )}
    </div>
  );
}
