/** Satisfaction by engineer or unit, with the number of answers; too few of them are named as such (P7). */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { serverNow } from '../api/server-clock.ts';
import { fromWall } from '../cases/wall-time.ts';
import { useT } from '../i18n/index.ts';
import { useBoth } from '../ui/both.ts';
import { dayOf } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { Empty, Query } from '../ui/states.tsx';
import { useZone } from '../ui/zone.ts';
import { PlainTable } from '../ui-desk/plain-table.tsx';
import { useTitle } from '../ui-desk/title.ts';
import './care.css';
import { type SatisfactionBy, type SatisfactionReport, type SatisfactionRow, satisfactionQuery } from './requests.ts';

const day_ms = 86_400_000;

export default function SatisfactionPage() {
  const t = useT();
  const zone = useZone();
  useTitle(t('care.satisfaction'));
  const [by, setBy] = useState<SatisfactionBy>('engineer');
  const [from, setFrom] = useState(() => dayOf(serverNow() - 90 * day_ms, zone));
  const [to, setTo] = useState(() => dayOf(serverNow() + day_ms, zone));
  const begin = fromWall(`${from}T00:00`, zone);
  const end = fromWall(`${to}T00:00`, zone);
  const query = useQuery(satisfactionQuery({ by, ...(begin ? { from: begin } : {}), ...(end ? { to: end } : {}) }));
  return (
    <div className="ad-detail">
      <div className="ad-head">
        <h1>{t('care.satisfaction')}</h1>
        <Link to="/care">{t('care.title')}</Link>
      </div>
      <div className="ad-row ad-period">
        <label>
          {t('care.from')} <input type="date" value={from} max={to} onChange={(event) => setFrom(event.target.value)} />
        </label>
        <label>
          {t('care.to')} <input type="date" value={to} min={from} onChange={(event) => setTo(event.target.value)} />
        </label>
        <select aria-label={t('care.by')} value={by} onChange={(event) => setBy(event.target.value as SatisfactionBy)}>
          <option value="engineer">{t('care.by.engineer')}</option>
          <option value="unit">{t('care.by.unit')}</option>
        </select>
      </div>
      <Query of={query}>{(report) => <Report report={report} by={by} />}</Query>
    </div>
  );
}

function Report({ report, by }: { report: SatisfactionReport; by: SatisfactionBy }) {
  const t = useT();
  const both = useBoth();
  const { total, rows } = report;
  return (
    <>
      <section className="ac-panel ad-panel">
        <h2>{t('care.total')}</h2>
        <p className="ad-score-line">
          <Score row={total} large />
        </p>
        <Distribution row={total} />
        {total.months.length > 1 && <Trend row={total} />}
        <p className="ac-hint">{t('care.score.how')}</p>
      </section>
      <section className="ac-panel ad-panel">
        <h2>{t(`care.by.${by}`)}</h2>
        {rows.length === 0 ? (
          <Empty title={t('care.satisfaction.empty')} hint={t('care.satisfaction.empty.hint')} />
        ) : (
          <PlainTable
            label={t(`care.by.${by}`)}
            rows={rows}
            rowId={({ id }, index) => id ?? String(index)}
            columns={[
              {
                key: 'name',
                title: t(`care.who.${by}`),
                render: ({ name }) => (name ? both(name) : t('care.nobody')),
              },
              { key: 'score', title: t('care.score'), render: (row) => <Score row={row} /> },
              {
                key: 'n',
                title: t('care.n'),
                align: 'right',
                render: ({ n }) => <span className="ac-figure">{n}</span>,
              },
              ...[1, 2, 3, 4, 5].map((score) => ({
                key: String(score),
                title: String(score),
                align: 'right' as const,
                render: (row: SatisfactionRow) => <span className="ac-figure">{row.counts[score - 1] ?? 0}</span>,
              })),
            ]}
          />
        )}
      </section>
    </>
  );
}

/** The mean with the number of answers; a small sample says so beside it, in words. */
function Score({
  row,
  large = false,
}: {
  row: { n: number; score?: number | null; small_sample: boolean };
  large?: boolean;
}) {
  const t = useT();
  return (
    <>
      <b className={`ac-figure${large ? ' ad-score' : ''}`}>
        {row.score === null || row.score === undefined ? '—' : row.score.toFixed(2)}
      </b>
      {large && <span className="ac-second"> {t('care.n_of', { count: row.n })}</span>}
      {row.small_sample && (
        <span className="ac-badge ad-small">
          <Icon name="question" size={14} /> {t('care.small_sample')}
        </span>
      )}
    </>
  );
}

/** How many gave 1 to 5: bars from zero in one colour, each with its number. */
function Distribution({ row }: { row: SatisfactionRow }) {
  const t = useT();
  const most = Math.max(1, ...row.counts);
  return (
    <dl className="ad-bars">
      {[5, 4, 3, 2, 1].map((score) => {
        const count = row.counts[score - 1] ?? 0;
        return (
          <div key={score}>
            <dt>
              {score} {t(`care.rating.${score}`)}
            </dt>
            <dd>
              <span className="ad-bar" style={{ width: `calc((100% - 48px) * ${count / most})` }} />
              <span className="ac-figure">{count}</span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Trend({ row }: { row: SatisfactionRow }) {
  const t = useT();
  return (
    <PlainTable
      label={t('care.months')}
      rows={row.months}
      rowId={({ month }) => month}
      columns={[
        { key: 'month', title: t('care.month'), render: ({ month }) => <span className="ac-figure">{month}</span> },
        { key: 'score', title: t('care.score'), render: (month) => <Score row={month} /> },
        { key: 'n', title: t('care.n'), align: 'right', render: ({ n }) => <span className="ac-figure">{n}</span> },
      ]}
    />
  );
}
