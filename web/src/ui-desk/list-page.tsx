/** A list screen: saved views as tabs, filter chips, the table, and the selected record in the pane at the right. */
import { type ReactNode, useCallback, useState } from 'react';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Empty, ErrorState, Loading } from '../ui/states.tsx';
import { ColumnChoice } from './column-choice.tsx';
import type { KeysetList } from './keyset.ts';
import type { ListPlace } from './list-place.ts';
import { type Column, type Sort, VirtualTable } from './table.tsx';
import { useTitle } from './title.ts';

/** A saved view; `count` is shown where the server tells it. */
export interface View {
  key: string;
  label: string;
  count?: number | undefined;
}

export function ListPage<Row>(props: {
  title: string;
  views: readonly View[];
  /** From `useListPlace`. */
  place: ListPlace;
  /** From `useKeysetList`. */
  list: KeysetList<Row>;
  columns: readonly Column<Row>[];
  rowId: (row: Row) => string;
  /** Opens the record whole (Enter, double click). */
  onOpen: (id: string) => void;
  /** Inputs that add a filter. */
  filters?: ReactNode;
  /** Filters in force, in words; each can be taken away. */
  chips?: readonly { name: string; label: string }[];
  /** Kept views, export: what stands beside the filters. */
  tools?: ReactNode;
  /** The button that makes a new one. */
  action?: ReactNode;
  /** What the right pane shows for the selected row. */
  detail?: (id: string) => ReactNode;
  /** How the list stands, and how it is told to stand otherwise; for lists with columns that sort. */
  sort?: Sort;
  /** Asked for an order; for the list's own with `undefined`. */
  onSort?: (sort: Sort | undefined) => void;
  /** Actions for the marked rows; the rows get boxes. */
  bulk?: (ids: ReadonlySet<string>, mark: (left: ReadonlySet<string>) => void) => ReactNode;
  empty: { title: string; hint?: string; action?: ReactNode };
  /** What the list leaves out, in words; it stands above the rows, or in place of "nothing matches". */
  left_out?: string | undefined;
}) {
  const t = useT();
  const {
    title,
    views,
    place,
    list,
    columns,
    rowId,
    onOpen,
    filters,
    chips = [],
    tools,
    action,
    detail,
    bulk,
    empty,
    left_out,
    sort,
    onSort,
  } = props;
  const chosen = place.columns?.flatMap((key) => columns.filter((column) => column.key === key)) ?? [];
  const shown = chosen.length > 0 ? chosen : columns;
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  useTitle(title);

  const { hasMore, loadingMore, loadMore, error } = list;
  const onEnd = useCallback(() => {
    // After a failed page the person asks again by the button; asking by itself would hammer a server in trouble.
    if (hasMore && !loadingMore && !error) loadMore();
  }, [hasMore, loadingMore, loadMore, error]);

  const name = `${title}.${place.view}.${place.sort ?? ''}.${JSON.stringify(place.filters)}`;
  return (
    <div className="ad-list" data-pane={detail && place.selected ? 'open' : 'closed'}>
      <div className="ad-list-main">
        <div className="ad-head">
          <h1>{title}</h1>
          {action && <div className="ad-row">{action}</div>}
        </div>
        {views.length > 1 && (
          <div role="tablist" aria-label={t('common.list.views')} className="ad-tabs">
            {views.map(({ key, label, count }) => (
              <button
                key={key}
                type="button"
                role="tab"
                aria-selected={key === place.view}
                className="ad-tab"
                onClick={() => {
                  setMarked(new Set());
                  place.setView(key);
                }}
              >
                {label}
                {count !== undefined && <span className="ac-figure ad-count">{count}</span>}
              </button>
            ))}
          </div>
        )}
        {(filters || tools || chips.length > 0) && (
          <div className="ac-chips ad-filters">
            {filters}
            {chips.map((chip) => (
              <button
                key={chip.name}
                type="button"
                className="ac-chip"
                aria-pressed="true"
                title={t('common.list.remove_filter')}
                onClick={() => place.setFilter(chip.name, '')}
              >
                {chip.label} <Icon name="cross" size={12} title={t('common.list.remove_filter')} />
              </button>
            ))}
            {chips.length > 1 && (
              <button type="button" className="ac-link" onClick={place.clearFilters}>
                {t('common.list.clear_filters')}
              </button>
            )}
            {tools && (
              <span className="ad-list-tools">
                {sort && onSort && <SortChoice columns={columns} sort={sort} onSort={onSort} />}
                <ColumnChoice
                  all={columns.map(({ key, title: label }) => ({ key, label }))}
                  shown={shown.map(({ key }) => key)}
                  onChange={place.setColumns}
                />
                {tools}
              </span>
            )}
          </div>
        )}
        {bulk && marked.size > 0 && (
          <div className="ad-bulk" role="status">
            <span>{t('common.table.marked', { count: marked.size })}</span>
            {bulk(marked, setMarked)}
            <Button onClick={() => setMarked(new Set())}>{t('common.table.unmark')}</Button>
          </div>
        )}
        {left_out && list.rows.length > 0 && (
          <p className="ac-second" role="status">
            {left_out}
          </p>
        )}
        <div className="ac-panel ad-list-table">
          {list.isPending && !error ? (
            <Loading rows={12} />
          ) : error && list.rows.length === 0 ? (
            <ErrorState error={error} onRetry={list.refetch} />
          ) : list.rows.length === 0 ? (
            chips.length > 0 ? (
              <Empty
                title={left_out ?? t('common.list.no_match')}
                action={<Button onClick={place.clearFilters}>{t('common.list.clear_filters')}</Button>}
              />
            ) : (
              <Empty {...empty} />
            )
          ) : (
            <VirtualTable
              label={title}
              columns={shown}
              rows={list.rows}
              rowId={rowId}
              selected={place.selected}
              onSelect={detail ? place.select : onOpen}
              onOpen={onOpen}
              marked={bulk ? marked : undefined}
              onMark={bulk ? setMarked : undefined}
              sort={sort}
              onSort={onSort}
              onEnd={onEnd}
              place={name}
              footer={
                error ? (
                  <ErrorState error={error} onRetry={loadMore} inline />
                ) : loadingMore ? (
                  <Loading rows={2} />
                ) : undefined
              }
            />
          )}
        </div>
      </div>
      {detail && place.selected && (
        <aside className="ac-panel ad-list-pane" aria-label={t('common.list.detail')}>
          <div className="ad-pane-head">
            <Button onClick={() => place.selected && onOpen(place.selected)} icon="right">
              {t('common.list.open')}
            </Button>
            <Button onClick={() => place.select(undefined)} icon="cross">
              {t('common.close')}
            </Button>
          </div>
          {detail(place.selected)}
        </aside>
      )}
    </div>
  );
}

/** The order of a list of cards, which has no titles to press. */
function SortChoice<Row>(props: { columns: readonly Column<Row>[]; sort: Sort; onSort: (sort: Sort) => void }) {
  const t = useT();
  const { columns, sort, onSort } = props;
  const ways = ['ascending', 'descending'] as const;
  return (
    <select
      className="ac-input ad-filter ad-sort-choice"
      aria-label={t('common.list.sort')}
      value={`${sort.key} ${sort.way}`}
      onChange={(event) => {
        const [key = '', way] = event.target.value.split(' ');
        onSort({ key, way: ways.find((each) => each === way) ?? 'ascending' });
      }}
    >
      {columns
        .filter(({ sorts }) => sorts)
        .flatMap(({ key, title }) =>
          ways.map((way) => (
            <option key={`${key} ${way}`} value={`${key} ${way}`}>
              {t(`common.list.sort.${way}`, { column: title })}
            </option>
          )),
        )}
    </select>
  );
}
