/** The timeline: a row per engineer, time to the right, a line for now. Drawn by itself: absolute boxes on one scale. */
import { type DragEvent, type KeyboardEvent, memo, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useServerNow } from '../api/server-clock.ts';
import { hasText, useT } from '../i18n/index.ts';
import { formatHours, formatInstant, toMs } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { statusLook } from '../ui/status.ts';
import { fileUrl } from '../work-orders/requests.ts';
import { formatMinutes, formatWindow } from '../work-orders/words.ts';
import { atQuarter, type Dragged, dropEffect, heldOrder, hold } from './drop.ts';
import type { Ghost } from './plan.ts';
import type { BoardBlock, BoardEngineer } from './requests.ts';
import { boxOf, lanesOf, type Scale, ticksOf, xOf } from './scale.ts';

const lane_px = 36;

/** By what blocks are coloured. */
export type ColourBy = 'status' | 'severity';

/** An engineer with the visits that are shown. */
export interface Row {
  engineer: BoardEngineer;
  blocks: readonly BoardBlock[];
  /** Where the plan beside the board would put visits. */
  ghosts: readonly Ghost[];
}

export function BoardTimeline(props: {
  rows: readonly Row[];
  scale: Scale;
  zone: string;
  colour: ColourBy;
  selected: string | undefined;
  /** Blocks that pass the filter; the others are drawn pale, so that free time stays visible. */
  passing: ReadonlySet<string>;
  /** Visits that the plan beside the board would move away from where they stand. */
  leaving: ReadonlySet<string>;
  skillName: (code: string) => string;
  onSelect: (order_id: string) => void;
  onEngineer: (engineer_id: string) => void;
  /** An order dropped on a row at an instant; dragging is never the only way. */
  onDrop: (order_id: string, engineer_id: string, at_ms: number) => void;
  empty: ReactNode;
}) {
  const t = useT();
  const { rows, scale, zone, colour, selected, passing, leaving, skillName, onSelect, onEngineer, onDrop, empty } =
    props;
  const box = useRef<HTMLDivElement>(null);
  const ticks = useMemo(() => ticksOf(scale, zone), [scale, zone]);
  const [focus, setFocus] = useState<{ row: number; block: number }>({ row: 0, block: 0 });

  // On the first look the present stands a little left of the middle; after that nobody's place is moved.
  const placed = useRef('');
  const now = useServerNow(30_000);
  useEffect(() => {
    const element = box.current;
    const key = `${scale.from_ms}.${scale.to_ms}`;
    if (!element || placed.current === key) return;
    placed.current = key;
    const inside = now >= scale.from_ms && now < scale.to_ms;
    const at = inside ? xOf(scale, now) - 2 * scale.px_per_hour : xOf(scale, scale.from_ms + 7.5 * 3_600_000);
    element.scrollLeft = Math.max(0, at);
  }, [scale, now]);

  const go = (row: number, block: number) => {
    setFocus({ row, block });
    box.current?.querySelector<HTMLElement>(`[data-at="${row}.${block}"]`)?.focus();
  };

  // Arrows move between blocks: right and left in the row, up and down to the nearest one of another engineer.
  const onKeyDown = (event: KeyboardEvent) => {
    const at = (event.target as HTMLElement).dataset.at?.split('.').map(Number);
    if (!at) return;
    const [row = 0, block = 0] = at;
    const here = rows[row]?.blocks[block];
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      const next = block + (event.key === 'ArrowRight' ? 1 : -1);
      if (rows[row]?.blocks[next]) {
        event.preventDefault();
        go(row, next);
      }
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && here) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      for (let next = row + step; rows[next]; next += step) {
        const blocks = rows[next]?.blocks ?? [];
        if (blocks.length === 0) continue;
        const start = toMs(here.window.start);
        const distance = (each: BoardBlock) => Math.abs(toMs(each.window.start) - start);
        const nearest = blocks.reduce(
          (best, each, index) => (distance(each) < distance(blocks[best] ?? each) ? index : best),
          0,
        );
        go(next, nearest);
        return;
      }
    }
  };

  if (rows.length === 0) return empty;
  const nowX = now >= scale.from_ms && now < scale.to_ms ? xOf(scale, now) : undefined;
  const hasFocus = rows[focus.row]?.blocks[focus.block] !== undefined;
  const firstRow = rows.findIndex(({ blocks }) => blocks.length > 0);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no scrolling board
    <div
      ref={box}
      className="ad-timeline"
      role="group"
      aria-label={t('dispatch.timeline')}
      onKeyDown={onKeyDown}
      style={{ '--hour': `${scale.px_per_hour}px` } as React.CSSProperties}
    >
      <div className="ad-tl-head">
        <div className="ad-tl-corner">{t('dispatch.engineers', { count: rows.length })}</div>
        <div className="ad-tl-ticks" style={{ width: scale.width_px }} aria-hidden="true">
          {ticks.map(({ x, label, day }) => (
            <span key={x} className={day ? 'ad-tl-day' : undefined} style={{ left: x }}>
              {day && <b>{day} </b>}
              {label}
            </span>
          ))}
          {nowX !== undefined && (
            <span className="ad-tl-now-label" style={{ left: nowX }}>
              {formatInstant(now, zone, now)}
            </span>
          )}
        </div>
      </div>
      <div className="ad-tl-body">
        {rows.map((row, index) => (
          <TimelineRow
            key={row.engineer.id}
            row={row}
            index={index}
            scale={scale}
            zone={zone}
            colour={colour}
            selected={row.blocks.some(({ order }) => order.work_order_id === selected) ? selected : undefined}
            passing={passing}
            leaving={leaving}
            entry={hasFocus ? (focus.row === index ? focus.block : -1) : index === firstRow ? 0 : -1}
            skillName={skillName}
            onSelect={onSelect}
            onEngineer={onEngineer}
            onDrop={onDrop}
          />
        ))}
        {nowX !== undefined && <div className="ad-tl-now" style={{ left: `calc(var(--tl-name) + ${nowX}px)` }} />}
      </div>
    </div>
  );
}

const TimelineRow = memo(function TimelineRow(props: {
  row: Row;
  index: number;
  scale: Scale;
  zone: string;
  colour: ColourBy;
  selected: string | undefined;
  passing: ReadonlySet<string>;
  leaving: ReadonlySet<string>;
  /** The block that Tab reaches; -1 for none. */
  entry: number;
  skillName: (code: string) => string;
  onSelect: (order_id: string) => void;
  onEngineer: (engineer_id: string) => void;
  onDrop: (order_id: string, engineer_id: string, at_ms: number) => void;
}) {
  const t = useT();
  const { row, index, scale, zone, colour, selected, passing, leaving, entry, skillName } = props;
  const { onSelect, onEngineer, onDrop } = props;
  const { engineer, blocks, ghosts } = row;
  // Where what is dragged would begin, while it is over this row.
  const [over, setOver] = useState<number>();
  const dragged = over === undefined ? undefined : heldOrder();
  const atOf = (event: DragEvent<HTMLElement>) =>
    atQuarter(
      scale.from_ms +
        ((event.clientX - event.currentTarget.getBoundingClientRect().left) / scale.px_per_hour) * 3_600_000,
    );
  const boxes = [...blocks, ...ghosts].map(({ window }) => boxOf(scale, window) ?? { left: 0, width: 0 });
  const { lane, count } = lanesOf(boxes);
  const share =
    engineer.shift_min > 0 ? Math.min(1, engineer.load_min / engineer.shift_min) : engineer.load_min > 0 ? 1 : 0;
  const load = t('dispatch.load', {
    load: formatMinutes(engineer.load_min),
    shift: formatMinutes(engineer.shift_min),
  });
  return (
    <div className="ad-tl-row" style={{ minHeight: count * lane_px + 8 }}>
      <div className="ad-tl-name" title={`${engineer.name} ${engineer.badge_number} · ${load}`}>
        {engineer.photo_sha256 ? (
          <img src={fileUrl(engineer.photo_sha256)} alt="" width={28} height={28} loading="lazy" />
        ) : (
          <span className="ad-engineer-blank">
            <Icon name="person" size={14} />
          </span>
        )}
        <span className="ad-tl-who">
          <button type="button" className="ad-tl-open" onClick={() => onEngineer(engineer.id)}>
            {engineer.name}
          </button>
          <span className="ac-second">{engineer.skills.map(skillName).join(' ')}</span>
        </span>
        <span className="ad-tl-load" role="img" aria-label={load}>
          <span style={{ width: `${share * 100}%` }} data-full={share >= 1} />
        </span>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the menu and keys do the same */}
      <div
        className="ad-tl-lane"
        data-over={over !== undefined}
        style={{ width: scale.width_px }}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(atOf(event));
        }}
        onDragLeave={(event) => {
          // Over a block of the row it is still over the row.
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(undefined);
        }}
        onDrop={(event) => {
          event.preventDefault();
          setOver(undefined);
          const order_id = event.dataTransfer.getData('text/aftercare-order');
          if (order_id) onDrop(order_id, engineer.id, atOf(event));
        }}
      >
        {engineer.shifts.map((shift) => {
          const place = boxOf(scale, shift, 0);
          return place && <span key={shift.start} className="ad-tl-shift" style={place} />;
        })}
        {blocks.map((block, at) => {
          const place = boxes[at];
          if (!place) return null;
          return (
            <Block
              key={block.id}
              block={block}
              at={`${index}.${at}`}
              style={{ left: place.left, width: place.width, top: 4 + (lane[at] ?? 0) * lane_px }}
              zone={zone}
              colour={colour}
              pale={!passing.has(block.id)}
              leaving={leaving.has(block.id)}
              selected={block.order.work_order_id === selected}
              reachable={at === entry}
              onSelect={onSelect}
            />
          );
        })}
        {dragged && over !== undefined && (
          <DropGhost order={dragged} start_ms={over} row={row} scale={scale} zone={zone} />
        )}
        {ghosts.map((ghost, at) => {
          const place = boxes[blocks.length + at];
          if (!place || place.width === 0) return null;
          return (
            <span
              key={ghost.key}
              className="ad-tl-ghost"
              data-moved={ghost.moved}
              style={{ left: place.left, width: place.width, top: 4 + (lane[blocks.length + at] ?? 0) * lane_px }}
              title={`${t('dispatch.plan.ghost')} · ${ghost.site_name} · ${formatWindow(ghost.window, zone, toMs(ghost.window.start))}`}
            >
              <Icon name={ghost.moved ? 'merge' : 'plus'} size={12} />
              <span className="ad-tl-site">{ghost.site_name}</span>
            </span>
          );
        })}
      </div>
    </div>
  );
});

/** What is dragged, where it would stand: what becomes of the clock, and what stands in its way. */
function DropGhost(props: { order: Dragged; start_ms: number; row: Row; scale: Scale; zone: string }) {
  const t = useT();
  const { order, start_ms, row, scale, zone } = props;
  const { window, margin_s, overlaps, at_work } = dropEffect(order, start_ms, row);
  const place = boxOf(scale, window);
  if (!place) return null;
  const late = margin_s !== undefined && margin_s < 0;
  const words = [
    formatInstant(start_ms, zone, start_ms),
    overlaps && t('dispatch.drop.overlaps', { site: overlaps.order.site_name }),
    !at_work && t('dispatch.drop.off'),
    margin_s !== undefined &&
      t(late ? 'workorders.margin.late' : 'workorders.margin.left', { time: formatHours(margin_s) }),
  ].filter(Boolean);
  return (
    <span
      className="ad-tl-ghost ad-tl-drop"
      data-against={overlaps !== undefined || !at_work || late}
      style={{ left: place.left, minWidth: place.width }}
    >
      <Icon name={overlaps || !at_work || late ? 'warning' : 'check'} size={12} />
      <span className="ac-figure">{words.join(' · ')}</span>
    </span>
  );
}

function Block(props: {
  block: BoardBlock;
  at: string;
  style: { left: number; width: number; top: number };
  zone: string;
  colour: ColourBy;
  pale: boolean;
  leaving: boolean;
  selected: boolean;
  reachable: boolean;
  onSelect: (order_id: string) => void;
}) {
  const t = useT();
  const { block, at, style, zone, colour, pale, leaving, selected, reachable, onSelect } = props;
  const { order, window, visit_state, movable, behind, lock } = block;
  const { tone, glyph } = statusLook('visit', visit_state);
  const major = order.severity === 'major';
  const stateKey = `status.visit.${visit_state}`;
  const words = [
    order.number,
    order.site_name,
    formatWindow(window, zone, toMs(window.start)),
    hasText(stateKey) ? t(stateKey) : visit_state,
    t(`status.severity.${order.severity}`),
    behind && t('dispatch.behind_plan'),
    !movable && t('dispatch.fixed'),
    lock && [t('dispatch.locked'), lock.by, lock.reason].filter(Boolean).join(' '),
    leaving && t('dispatch.plan.leaving'),
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <button
      type="button"
      className={`ad-tl-block ${colour === 'status' ? `ac-tone-${tone}` : `ad-sev-${order.severity}`}`}
      data-at={at}
      data-pale={pale}
      data-behind={behind}
      data-leaving={leaving}
      draggable={movable}
      onDragStart={(event) => {
        const lasts_ms = toMs(window.end) - toMs(window.start);
        hold({ ...order, duration_min: lasts_ms / 60_000 });
        event.dataTransfer.setData('text/aftercare-order', order.work_order_id);
      }}
      onDragEnd={() => hold(undefined)}
      data-room={style.width < 64 ? 'glyph' : style.width < 120 ? 'site' : 'all'}
      aria-pressed={selected}
      tabIndex={reachable ? 0 : -1}
      style={style}
      title={words}
      aria-label={words}
      onClick={() => onSelect(order.work_order_id)}
    >
      <Icon name={glyph} size={14} />
      {major && <b className="ad-tl-major">{t('status.severity.major_glyph')}</b>}
      {behind && <Icon name="warning" size={12} />}
      {lock && (
        <span className="ad-tl-lock">
          <Icon name="lock" size={12} />
        </span>
      )}
      <span className="ad-tl-site">{order.site_name}</span>
      <span className="ac-figure ad-tl-time">{formatInstant(window.start, zone, toMs(window.start))}</span>
    </button>
  );
}
