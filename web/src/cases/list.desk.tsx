/** The list of cases: saved views as tabs, filters, the selected case in the right pane. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { keys } from '../api/queries.ts';
import { serverNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { SavedViews } from '../identity/saved-views.desk.tsx';
import { useUnits } from '../organisation/requests.ts';
import { SeverityBadge, StatusBadge } from '../ui/badges.tsx';
import { useBoth } from '../ui/both.ts';
import { Icon } from '../ui/icon.tsx';
import { DateTime } from '../ui/values.tsx';
import { ExportMenu } from '../ui-desk/export-menu.tsx';
import { Filter, SearchFilter } from '../ui-desk/filters.tsx';
import { useKeysetList } from '../ui-desk/keyset.ts';
import { ListPage } from '../ui-desk/list-page.tsx';
import { useListPlace } from '../ui-desk/list-place.ts';
import type { Column, Sort } from '../ui-desk/table.tsx';
import { CaseClocks, CaseCoverage, countWords } from './badges.tsx';
import { BulkActions, BulkDialog, type BulkStep } from './bulk.desk.tsx';
import { CasePane } from './pane.desk.tsx';
import { useNextCase } from './record/next-case.desk.tsx';
import { type AsOf, type CaseFilter, type CaseRow, cases, homeQuery } from './requests.ts';

const views = ['mine', 'open', 'late', 'unowned', 'follow_up', 'all'] as const;
type ViewKey = (typeof views)[number];
const states = [
  'new',
  'triaged',
  'phone_support',
  'onsite_agreed',
  'in_field',
  'waiting_customer',
  'waiting_parts',
  'follow_up',
  'closed',
  'merged',
  'withdrawn',
] as const;
const severities = ['major', 'normal'] as const;
/** The orders that the server gives, by column; what has ended has no next step to be due. */
const orders = {
  due: { key: 'due', way: 'ascending' },
  due_desc: { key: 'due', way: 'descending' },
  reported: { key: 'reported', way: 'ascending' },
  reported_desc: { key: 'reported', way: 'descending' },
} as const satisfies Record<NonNullable<CaseFilter['sort']>, Sort>;
type Order = keyof typeof orders;

/** The order of a list: as its address says, or its own. */
function orderOf(view: ViewKey, asked: string | undefined): { name: Order; sort: Sort; own: boolean } {
  const own: Order = view === 'all' ? 'reported_desc' : 'due';
  const offered = (Object.keys(orders) as Order[]).filter((name) => view !== 'all' || orders[name].key !== 'due');
  const name = offered.find((each) => each === asked) ?? own;
  return { name, sort: orders[name], own: name === own };
}

/** Columns that stand aside until somebody wants them. */
const spare: readonly string[] = ['due', 'customer', 'unit'];

export default function CaseListScreen() {
  const t = useT();
  const both = useBoth();
  const may = useMay();
  const navigate = useNavigate();
  useNextCase();
  const place = useListPlace('open');
  const units = useUnits();
  const home = useQuery(homeQuery).data?.cases;
  const view: ViewKey = views.find((each) => each === place.view) ?? 'open';

  const [bulk, setBulk] = useState<{
    step: BulkStep;
    ids: ReadonlySet<string>;
    done: (left: ReadonlySet<string>) => void;
  }>();
  const { q, severity, state, unit, site } = place.filters;
  const order = orderOf(view, place.sort);
  const here = { ...place, view, sort: order.own ? undefined : order.name };
  const filter: CaseFilter = {
    view,
    ...(order.own ? {} : { sort: order.name }),
    ...(q ? { q } : {}),
    ...(severity ? { severity: severity as CaseFilter['severity'] } : {}),
    ...(state ? { state: state as CaseFilter['state'] } : {}),
    ...(unit ? { unit } : {}),
    ...(site ? { site } : {}),
  };
  const list = useKeysetList<AsOf<CaseRow>>(keys.list('case', filter), async (after) => {
    const page = await cases({ ...filter, limit: 50, ...(after ? { after } : {}) });
    const as_of = serverNow();
    return {
      next: page.next ?? null,
      items: page.items.map((row) => ({ ...row, as_of })),
      // Without words to look for, the pages go on to the end.
      ...(filter.q?.trim() && page.more ? { cut_at: page.total ?? 0 } : {}),
    };
  });

  const counts: Partial<Record<ViewKey, string>> = home
    ? {
        mine: countWords(home.mine_count),
        open: countWords(home.open),
        late: countWords(home.late),
        unowned: countWords(home.unowned),
        follow_up: countWords(home.follow_up),
      }
    : {};

  const columns = useMemo<Column<AsOf<CaseRow>>[]>(
    () => [
      {
        key: 'number',
        title: t('cases.column.number'),
        width: 152,
        render: ({ number }) => <span className="ac-figure">{number}</span>,
      },
      {
        key: 'clock',
        title: t('cases.column.clock'),
        width: 128,
        render: ({ clocks, zone, as_of }) => <CaseClocks clocks={clocks} as_of={as_of} zone={zone} lead />,
      },
      {
        key: 'severity',
        title: t('cases.column.severity'),
        width: 132,
        render: (row) => <SeverityBadge severity={row.severity} vip={row.vip_level !== 'none'} />,
      },
      {
        key: 'state',
        title: t('cases.column.state'),
        width: 148,
        render: ({ state: of }) => <StatusBadge kind="case" state={of} />,
      },
      {
        key: 'site',
        title: t('cases.column.site'),
        width: 220,
        render: ({ site_name }) => <span title={site_name}>{site_name}</span>,
      },
      {
        key: 'symptom',
        title: t('cases.column.symptom'),
        width: 260,
        render: ({ symptom }) => <span title={symptom}>{symptom}</span>,
      },
      {
        key: 'next',
        title: t('cases.column.next'),
        width: 150,
        render: ({ next }) => (next ? t(`cases.next.${next.step}`) : '—'),
      },
      {
        key: 'due',
        title: t('cases.column.due'),
        width: 150,
        align: 'right',
        ...(view === 'all' ? {} : { sorts: 'ascending' as const }),
        render: ({ next, zone, late }) =>
          next ? (
            <span className={late ? 'ad-late' : undefined}>
              <DateTime at={next.due_at} zone={zone} />
            </span>
          ) : (
            '—'
          ),
      },
      { key: 'customer', title: t('cases.column.customer'), width: 200, render: ({ customer_name }) => customer_name },
      { key: 'owner', title: t('cases.column.owner'), width: 130, render: ({ owner }) => owner.name || '—' },
      {
        key: 'coverage',
        title: t('cases.column.coverage'),
        width: 220,
        render: ({ coverage }) => <CaseCoverage badge={coverage} />,
      },
      {
        key: 'device',
        title: t('cases.column.device'),
        width: 180,
        render: ({ asset }) => (asset ? `${both(asset.product)} ${asset.model}` : '—'),
      },
      { key: 'unit', title: t('cases.column.unit'), width: 150, render: ({ unit: of }) => both(of.name) },
      {
        key: 'reported',
        title: t('cases.column.reported'),
        width: 150,
        align: 'right',
        sorts: 'descending',
        render: ({ reported_at, zone }) => <DateTime at={reported_at} zone={zone} />,
      },
    ],
    [t, both, view],
  );

  // Columns that a list shows unless a person chooses others: those that say what to do next.
  const shown = place.columns ?? columns.map(({ key }) => key).filter((key) => !spare.includes(key));
  const unitName = unit ? units.find(({ id }) => id === unit)?.name : undefined;
  const chips = [
    ...(q ? [{ name: 'q', label: t('cases.chip.search', { text: q }) }] : []),
    ...(severity ? [{ name: 'severity', label: t(`status.severity.${severity}`) }] : []),
    ...(state ? [{ name: 'state', label: t(`status.case.${state}`) }] : []),
    ...(unit ? [{ name: 'unit', label: unitName ? both(unitName) : t('cases.column.unit') }] : []),
    ...(site ? [{ name: 'site', label: t('cases.chip.site') }] : []),
  ];

  return (
    <>
      <ListPage
        title={t('cases.list.title')}
        views={views.map((key) => ({
          key,
          label: counts[key]
            ? t('cases.view.counted', { view: t(`cases.view.${key}`), count: counts[key] })
            : t(`cases.view.${key}`),
        }))}
        place={{ ...here, columns: shown }}
        sort={order.sort}
        onSort={(next) => {
          const name = next?.way === 'descending' ? `${next.key}_desc` : next?.key;
          place.setSort(orderOf(view, name).own ? undefined : name);
        }}
        list={list}
        columns={columns}
        rowId={(row) => row.id}
        onOpen={(id) => void navigate({ to: `/cases/${id}` })}
        filters={
          <>
            <SearchFilter
              label={t('cases.filter.search')}
              value={q ?? ''}
              onChange={(text) => place.setFilter('q', text)}
            />
            <Filter
              label={t('cases.filter.severity')}
              value={severity ?? ''}
              options={severities.map((value) => ({ value, label: t(`status.severity.${value}`) }))}
              onChange={(value) => place.setFilter('severity', value)}
            />
            <Filter
              label={t('cases.filter.state')}
              value={state ?? ''}
              options={states.map((value) => ({ value, label: t(`status.case.${value}`) }))}
              onChange={(value) => place.setFilter('state', value)}
            />
            {units.length > 1 && (
              <Filter
                label={t('cases.filter.unit')}
                value={unit ?? ''}
                options={units.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: both(name) }))}
                onChange={(value) => place.setFilter('unit', value)}
              />
            )}
          </>
        }
        chips={chips}
        tools={
          <>
            {may('identity.saved_views') && <SavedViews list="cases" place={here} />}
            {may('cases.export') && (
              <ExportMenu path="/api/cases/export" query={filter} place={{ columns: shown }} columns={columns} />
            )}
          </>
        }
        {...(may('cases.triage')
          ? {
              bulk: (ids: ReadonlySet<string>, mark: (left: ReadonlySet<string>) => void) => (
                <BulkActions onPick={(step) => setBulk({ step, ids, done: mark })} />
              ),
            }
          : {})}
        action={
          <>
            {may('cases.triage') && (
              <Link to="/cases/requests" className="ac-button">
                <Icon name="message" /> {t('cases.list.requests')}
              </Link>
            )}
            {may('cases.report') && (
              <Link to="/intake" className="ac-button">
                {t('cases.list.report')}
              </Link>
            )}
          </>
        }
        detail={(id) => <CasePane key={id} id={id} />}
        empty={{ title: t(`cases.empty.${view}`), hint: t('cases.empty.hint') }}
        left_out={
          list.cut_at === undefined
            ? undefined
            : t(list.cut_at > 0 ? 'cases.search.cut' : 'cases.search.cut.none', { count: list.cut_at })
        }
      />
      {bulk && (
        <BulkDialog
          step={bulk.step}
          rows={list.rows.filter(({ id }) => bulk.ids.has(id))}
          onClose={() => setBulk(undefined)}
          onDone={bulk.done}
        />
      )}
    </>
  );
}
