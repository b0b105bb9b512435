/**
 * The table of the desk: a real table with 36 px rows, of which only those in sight are in the page, so that 100,000 rows
 * scroll as well as 10. Arrow keys move the row, Enter opens it whole, a click selects it, Space marks it. Where there is no
 * room for columns, as on a phone, each row is a card of the same height, the first two columns on top.
 */
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useT } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';

/** A column; numbers are aligned right. The first column stays in sight when the table is scrolled sideways. */
export interface Column<Row> {
  key: string;
  title: string;
  width: number;
  align?: 'left' | 'right';
  /** The way in which a first press on its title sorts; leave it out where the list can't stand by it. */
  sorts?: 'ascending' | 'descending';
  render: (row: Row) => ReactNode;
}

/** By which column a list stands. */
export interface Sort {
  key: string;
  way: 'ascending' | 'descending';
}

/** What the next press asks for: the column's own way first, then the other, then the list's own order again. */
function turned(key: string, first: Sort['way'], now: Sort['way'] | undefined): Sort | undefined {
  if (now === undefined) return { key, way: first };
  if (now !== first) return undefined;
  return { key, way: first === 'ascending' ? 'descending' : 'ascending' };
}

const line_px = 36;
const card_px = 96;
const card_below_px = 560;
const spare_rows = 8;

export function VirtualTable<Row>(props: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  selected?: string | undefined;
  onSelect: (id: string) => void;
  onOpen: (id: string) => void;
  /** Marked rows, for bulk actions; leave out where there are none. */
  marked?: ReadonlySet<string>;
  onMark?: (ids: ReadonlySet<string>) => void;
  /** How the rows stand, where columns can be sorted by. */
  sort?: Sort | undefined;
  onSort?: ((sort: Sort | undefined) => void) | undefined;
  /** Called when the end comes into sight. */
  onEnd?: () => void;
  /** Name under which the scroll place is kept, so that back returns to it. */
  place: string;
  footer?: ReactNode;
}) {
  const t = useT();
  const { label, columns, rows, rowId, selected, onSelect, onOpen, marked, onMark, onEnd, place, footer } = props;
  const { sort, onSort } = props;
  const box = useRef<HTMLDivElement>(null);
  const [top_px, setTop] = useState(0);
  const [height_px, setHeight] = useState(600);
  const [cards, setCards] = useState(false);
  const row_px = cards ? card_px : line_px;
  const first = Math.max(0, Math.floor(top_px / row_px) - spare_rows);
  const last = Math.min(rows.length, Math.ceil((top_px + height_px) / row_px) + spare_rows);
  const columnCount = columns.length + (onMark ? 1 : 0);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      setHeight(element.clientHeight);
      setCards(element.clientWidth < card_below_px);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);

  // The place is restored once there are rows enough to scroll.
  const restored = useRef('');
  useEffect(() => {
    const element = box.current;
    if (!element || rows.length === 0 || restored.current === place) return;
    restored.current = place;
    element.scrollTop = Number(sessionStorage.getItem(`aftercare.scroll.${place}`) ?? 0);
  }, [rows.length, place]);

  const nearEnd = last >= rows.length - spare_rows;
  useEffect(() => {
    if (nearEnd && rows.length > 0) onEnd?.();
  }, [nearEnd, rows.length, onEnd]);

  const head_px = cards ? 0 : line_px;
  const show = useCallback(
    (index: number) => {
      const element = box.current;
      if (!element) return;
      const from = index * row_px;
      const room = element.clientHeight - head_px;
      if (from < element.scrollTop) element.scrollTop = from;
      else if (from + row_px > element.scrollTop + room) element.scrollTop = from + row_px - room;
    },
    [row_px, head_px],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || rows.length === 0) return;
    const now = rows.findIndex((row) => rowId(row) === selected);
    const page = Math.max(1, Math.floor(height_px / row_px) - 2);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -rows.length,
      End: rows.length,
    };
    const step = steps[event.key];
    const current = rows[now];
    if (step !== undefined) {
      event.preventDefault();
      const index = Math.min(rows.length - 1, Math.max(0, now < 0 ? 0 : now + step));
      const row = rows[index];
      if (row !== undefined) onSelect(rowId(row));
      show(index);
    } else if (event.key === 'Enter' && current !== undefined) onOpen(rowId(current));
    else if (event.key === ' ' && current !== undefined && onMark) {
      event.preventDefault();
      toggle(rowId(current));
    }
  };

  const toggle = (id: string) => {
    const next = new Set(marked);
    if (!next.delete(id)) next.add(id);
    onMark?.(next);
  };

  const fixedLeft = onMark ? 40 : 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no scrolling table
    <div
      ref={box}
      className="ad-table-box"
      role="region"
      aria-label={label}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={({ currentTarget }) => {
        setTop(currentTarget.scrollTop);
        sessionStorage.setItem(`aftercare.scroll.${place}`, String(currentTarget.scrollTop));
      }}
    >
      <table
        className="ad-table"
        aria-rowcount={rows.length + 1}
        style={{ minWidth: cards ? undefined : columns.reduce((sum, { width }) => sum + width, fixedLeft) }}
      >
        <colgroup>
          {onMark && <col style={{ width: 40 }} />}
          {cards ? <col span={columns.length} /> : columns.map(({ key, width }) => <col key={key} style={{ width }} />)}
        </colgroup>
        <thead hidden={cards}>
          <tr aria-rowindex={1}>
            {onMark && (
              <th className="ad-fixed" style={{ left: 0 }}>
                <input
                  type="checkbox"
                  aria-label={t('common.table.mark_all')}
                  checked={rows.length > 0 && marked?.size === rows.length}
                  onChange={(event) => onMark(new Set(event.target.checked ? rows.map(rowId) : []))}
                />
              </th>
            )}
            {columns.map(({ key, title, align, sorts }, index) => {
              const way = sort?.key === key ? sort.way : undefined;
              return (
                <th
                  key={key}
                  scope="col"
                  className={index === 0 ? 'ad-fixed' : undefined}
                  style={{ textAlign: align, left: index === 0 ? fixedLeft : undefined }}
                  aria-sort={sorts && onSort ? (way ?? 'none') : undefined}
                >
                  {sorts && onSort ? (
                    <button
                      type="button"
                      className="ad-sort"
                      data-align={align}
                      onClick={() => onSort(turned(key, sorts, way))}
                    >
                      {title}
                      <span className="ad-sort-way" data-stands={way !== undefined} data-way={way ?? sorts}>
                        <Icon name="down" size={12} />
                      </span>
                    </button>
                  ) : (
                    title
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {first > 0 && (
            <tr aria-hidden="true">
              <td colSpan={columnCount} style={{ height: first * row_px, padding: 0, border: 0 }} />
            </tr>
          )}
          {rows.slice(first, last).map((row, offset) => {
            const id = rowId(row);
            return (
              <tr
                key={id}
                aria-rowindex={first + offset + 2}
                aria-current={id === selected ? 'true' : undefined}
                onClick={() => onSelect(id)}
                onDoubleClick={() => onOpen(id)}
              >
                {onMark && (
                  <td className="ad-fixed" style={{ left: 0 }}>
                    <input
                      type="checkbox"
                      aria-label={t('common.table.mark')}
                      checked={marked?.has(id) ?? false}
                      onClick={(event) => event.stopPropagation()}
                      onChange={() => toggle(id)}
                    />
                  </td>
                )}
                {cards ? (
                  <td colSpan={columns.length} className="ad-card-cell">
                    <div className="ad-card-row">
                      {columns.map(({ key, title, align, render }) => (
                        <span key={key}>
                          {/* A bare number says nothing. */}
                          <span className={align === 'right' ? 'ad-card-title' : 'ac-hidden'}>{title} </span>
                          {render(row)}
                        </span>
                      ))}
                    </div>
                  </td>
                ) : (
                  columns.map(({ key, align, render }, index) => (
                    <td
                      key={key}
                      className={index === 0 ? 'ad-fixed' : undefined}
                      style={{ textAlign: align, left: index === 0 ? fixedLeft : undefined }}
                    >
                      {render(row)}
                    </td>
                  ))
                )}
              </tr>
            );
          })}
          {last < rows.length && (
            <tr aria-hidden="true">
              <td colSpan={columnCount} style={{ height: (rows.length - last) * row_px, padding: 0, border: 0 }} />
            </tr>
          )}
        </tbody>
      </table>
      {footer}
    </div>
  );
}
