/** Invoices that customers are owed, the oldest first: each keeps its case open (P69, P71). */
import { useQuery } from '@tanstack/react-query';
import { serverNow } from '../api/server-clock.ts';
import { homeQuery } from '../cases/requests.ts';
import { useLanguage, useT } from '../i18n/index.ts';
import { formatMoney, toMs } from '../ui/format.ts';
import { Empty, Query } from '../ui/states.tsx';
import { Money } from '../ui/values.tsx';
import { Line, Panel } from './parts.tsx';

const day_ms = 86_400_000;
/** An invoice that is owed longer stands in red. */
const old_days = 7;

export default function InvoicesPanel() {
  const t = useT();
  const language = useLanguage();
  const query = useQuery(homeQuery);
  return (
    <Query of={query} shape="card">
      {({ invoices }) => {
        if (!invoices) return null;
        const now = serverNow();
        const age = (opened_at: string) => Math.max(0, Math.floor((now - toMs(opened_at)) / day_ms));
        const days = (count: number) => (count === 0 ? t('home.since_today') : t('home.days', { days: count }));
        const oldest = invoices.items[0];
        return (
          <Panel
            title={t('home.invoices')}
            tiles={[
              { key: 'count', label: t('home.invoices.count'), count: invoices.count },
              ...Object.entries(invoices.totals).map(([currency, total]) => ({
                key: currency,
                label: t('home.invoices.total'),
                count: formatMoney(total, currency, language),
                wide: true,
              })),
              ...(oldest
                ? [
                    {
                      key: 'oldest',
                      label: t('home.invoices.oldest'),
                      count: days(age(oldest.opened_at)),
                      grave: age(oldest.opened_at) > old_days,
                    },
                  ]
                : []),
            ]}
          >
            {invoices.items.length === 0 ? (
              <Empty title={t('home.invoices.none')} hint={t('home.invoices.none.hint')} />
            ) : (
              <ul className="ad-todo-list">
                {invoices.items.map((duty) => (
                  <Line
                    key={duty.work_order_id}
                    to={`/work-orders/${duty.work_order_id}`}
                    when={
                      <span className={age(duty.opened_at) > old_days ? 'ad-late' : undefined}>
                        {days(age(duty.opened_at))}
                      </span>
                    }
                    what={`${duty.customer_name} · ${duty.site_name}`}
                    detail={
                      <span className="ac-figure">
                        {duty.number} · {duty.case_number}
                      </span>
                    }
                    end={
                      <b>
                        <Money amount_minor={duty.amount_minor} currency={duty.currency} />
                      </b>
                    }
                  />
                ))}
              </ul>
            )}
          </Panel>
        );
      }}
    </Query>
  );
}
