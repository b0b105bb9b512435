/** What nobody is planned for: work orders by due time, and above them agreed visits that have no work order yet. */
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useRef } from 'react';
import { useServerNow } from '../api/server-clock.ts';
import { CaseClocks } from '../cases/badges.tsx';
import type { CaseRow } from '../cases/requests.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { CoverageBadge, type CoverageVerdict, SeverityBadge } from '../ui/badges.tsx';
import { formatInstant, spanText, toMs } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { Empty } from '../ui/states.tsx';
import { WindowText } from '../work-orders/parts.tsx';
import { formatMinutes } from '../work-orders/words.ts';
import { hold } from './drop.ts';
import { type SortKey, sortKeys } from './filter.ts';
import type { BoardOrder } from './requests.ts';

export function Unscheduled(props: {
  orders: readonly BoardOrder[];
  /** How many there are without the filters. */
  total: number;
  more: boolean;
  agreed: readonly CaseRow[];
  as_of: number;
  sort: SortKey;
  descending: boolean;
  selected: string | undefined;
  skillName: (code: string | null | undefined) => string;
  unitName: (id: string) => string;
  onSort: (by: SortKey, descending: boolean) => void;
  onSelect: (id: string) => void;
}) {
  const t = useT();
  const may = useMay();
  const list = useRef<HTMLUListElement>(null);
  const { orders, total, more, agreed, as_of, sort, descending, selected, skillName, unitName, onSort, onSelect } =
    props;

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const cards = [...(list.current?.querySelectorAll<HTMLElement>('.ad-card') ?? [])];
    const at = cards.indexOf(document.activeElement as HTMLElement);
    const next = cards[at + step];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  };

  return (
    <section className="ad-unscheduled" aria-label={t('dispatch.unscheduled')}>
      <div className="ad-head">
        <h2>
          {t('dispatch.unscheduled')}{' '}
          <span className="ad-count ac-figure">
            {orders.length === total
              ? total + agreed.length
              : `${orders.length + agreed.length}/${total + agreed.length}`}
          </span>
        </h2>
        <span className="ad-sort">
          <select
            className="ac-input"
            aria-label={t('dispatch.sort')}
            value={sort}
            onChange={(event) => onSort(event.target.value as SortKey, descending)}
          >
            {sortKeys.map((key) => (
              <option key={key} value={key}>
                {t(`dispatch.sort.${key}`)}
              </option>
            ))}
          </select>
          <button
            type="button"
            className="ac-button"
            aria-pressed={descending}
            title={t(descending ? 'dispatch.sort.descending' : 'dispatch.sort.ascending')}
            onClick={() => onSort(sort, !descending)}
          >
            <Icon
              name={descending ? 'down' : 'up'}
              title={t(descending ? 'dispatch.sort.descending' : 'dispatch.sort.ascending')}
            />
          </button>
        </span>
      </div>
      <ul ref={list} className="ad-cards" onKeyDown={onKeyDown}>
        {may('visits.plan') &&
          agreed.map((row) => (
            <li key={row.id}>
              <Link to="/work-orders/new" search={{ case_id: row.id }} className="ad-card ad-card-agreed">
                <span className="ad-card-line">
                  <SeverityBadge severity={row.severity} vip={row.vip_level !== 'none'} />
                  <CaseClocks clocks={row.clocks} as_of={as_of} zone={row.zone} lead />
                </span>
                <span className="ad-card-site">{row.site_name}</span>
                <span className="ac-second ad-card-line">
                  <span className="ac-figure">{row.number}</span>
                  <b className="ad-card-do">{t('dispatch.make_order')}</b>
                </span>
              </Link>
            </li>
          ))}
        {orders.map((order) => (
          <li key={order.work_order_id}>
            <OrderCard
              order={order}
              selected={order.work_order_id === selected}
              skill={skillName(order.skill)}
              unit={unitName(order.unit_id)}
              onSelect={onSelect}
            />
          </li>
        ))}
        {orders.length === 0 && (
          <li>
            {total > 0 ? (
              <p className="ac-second ad-cards-none">{t('common.list.no_match')}</p>
            ) : agreed.length === 0 ? (
              <Empty title={t('dispatch.unscheduled.empty')} hint={t('dispatch.unscheduled.empty.hint')} />
            ) : null}
          </li>
        )}
        {more && <li className="ac-hint">{t('dispatch.unscheduled.more')}</li>}
      </ul>
    </section>
  );
}

function OrderCard(props: {
  order: BoardOrder;
  selected: boolean;
  skill: string;
  unit: string;
  onSelect: (id: string) => void;
}) {
  const t = useT();
  const { order, selected, skill, unit, onSelect } = props;
  return (
    <button
      type="button"
      className="ad-card"
      aria-pressed={selected}
      draggable
      onDragStart={(event) => {
        hold(order);
        event.dataTransfer.setData('text/aftercare-order', order.work_order_id);
      }}
      onDragEnd={() => hold(undefined)}
      onClick={() => onSelect(order.work_order_id)}
    >
      <span className="ad-card-line">
        <SeverityBadge severity={order.severity} />
        <DueText due_at={order.due_at} zone={order.zone} />
      </span>
      <span className="ad-card-site">{order.site_name}</span>
      <span className="ac-second ad-card-line">
        <span className="ac-figure">{order.number}</span>
        <WindowText window={order.wish} zone={order.zone} />
      </span>
      <span className="ac-second ad-card-line">
        <span>
          {skill} · {formatMinutes(order.duration_min)} · {unit}
        </span>
        {order.coverage && <CoverageBadge verdict={order.coverage as CoverageVerdict} />}
      </span>
      <span className="ad-card-do">{t('workorders.assign.somebody')}</span>
    </button>
  );
}

/** When the arrival is due, and how much is left; in red once it is over. */
export function DueText({ due_at, zone }: { due_at: string | null | undefined; zone: string }) {
  const t = useT();
  const now = useServerNow(30_000);
  if (!due_at) return <span className="ac-second">{t('dispatch.no_due')}</span>;
  const left_s = (toMs(due_at) - now) / 1000;
  const time = spanText(t, left_s);
  const tone = left_s < 0 ? 'missed' : left_s < 3600 ? 'near' : 'running';
  return (
    <span className={`ac-badge ac-clock ac-clock-${tone}`}>
      <Icon name={tone === 'running' ? 'clock' : tone === 'near' ? 'warning' : 'cross'} size={14} />
      <span className="ac-figure">{t(left_s < 0 ? 'status.clock.over' : 'status.clock.left', { time })}</span>
      <span className="ac-badge-detail ac-figure">{formatInstant(due_at, zone, now)}</span>
    </span>
  );
}
