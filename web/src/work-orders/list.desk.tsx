/** Work orders as a list: unassigned, today's, late ones, all. */
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { keys } from '../api/queries.ts';
import { serverNow } from '../api/server-clock.ts';
import { CaseClocks, CaseCoverage } from '../cases/badges.tsx';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { SavedViews } from '../identity/saved-views.desk.tsx';
import { UnitSelect } from '../organisation/unit-select.tsx';
import { SeverityBadge, StatusBadge } from '../ui/badges.tsx';
import { Icon } from '../ui/icon.tsx';
import { ExportMenu } from '../ui-desk/export-menu.tsx';
import { Filter } from '../ui-desk/filters.tsx';
import { useKeysetList } from '../ui-desk/keyset.ts';
import { ListPage } from '../ui-desk/list-page.tsx';
import { useListPlace } from '../ui-desk/list-place.ts';
import type { Column } from '../ui-desk/table.tsx';
import { useSkillName, WindowText } from './parts.tsx';
import { type AsOf, type OrderFilter, type OrderRow, workOrders } from './requests.ts';
import { formatMinutes } from './words.ts';

const views = ['unassigned', 'today', 'late', 'all'] as const;
const states = [
  'ready',
  'scheduled',
  'in_progress',
  'work_done',
  'self_checked',
  'signed',
  'settled',
  'closed',
  'incomplete',
  'cancelled',
] as const;

export default function WorkOrderListPage() {
  const t = useT();
  const may = useMay();
  const navigate = useNavigate();
  const skillName = useSkillName();
  const place = useListPlace('all');
  const { state, unit } = place.filters;
  const view = views.find((each) => each === place.view) ?? 'all';
  const filter: OrderFilter = {
    view,
    ...(state ? { state: state as OrderFilter['state'] } : {}),
    ...(unit ? { unit } : {}),
  };
  const list = useKeysetList<AsOf<OrderRow>>(keys.list('work_order', filter), async (after) => {
    const page = await workOrders({ ...filter, limit: 50, ...(after ? { after } : {}) });
    const as_of = serverNow();
    return { next: page.next ?? null, items: page.items.map((row) => ({ ...row, as_of })) };
  });
  const columns = useMemo<Column<AsOf<OrderRow>>[]>(
    () => [
      {
        key: 'number',
        title: t('workorders.number'),
        width: 152,
        render: ({ number }) => <span className="ac-figure">{number}</span>,
      },
      {
        key: 'clock',
        title: t('workorders.due'),
        width: 128,
        render: ({ clocks, site, as_of }) => (
          <CaseClocks
            clocks={clocks.filter(({ promise }) => promise === 'arrive')}
            as_of={as_of}
            zone={site.zone}
            lead
          />
        ),
      },
      {
        key: 'severity',
        title: t('workorders.severity'),
        width: 128,
        render: ({ severity }) => <SeverityBadge severity={severity} />,
      },
      {
        key: 'state',
        title: t('workorders.state'),
        width: 128,
        render: (row) => <StatusBadge kind="work_order" state={row.state} />,
      },
      {
        key: 'engineer',
        title: t('workorders.engineer'),
        width: 140,
        render: ({ visit, done_by }) => visit?.engineer.name ?? done_by?.name ?? '—',
      },
      {
        key: 'window',
        title: t('workorders.window'),
        width: 200,
        render: ({ visit, wish, site }) => <WindowText window={visit?.window ?? wish} zone={site.zone} />,
      },
      {
        key: 'site',
        title: t('workorders.site'),
        width: 240,
        render: ({ site }) => <span title={site.name}>{site.name}</span>,
      },
      { key: 'skill', title: t('workorders.skill'), width: 120, render: ({ skill }) => skillName(skill) },
      {
        key: 'duration',
        title: t('workorders.duration_short'),
        width: 80,
        align: 'right',
        render: ({ duration_min }) => <span className="ac-figure">{formatMinutes(duration_min)}</span>,
      },
      {
        key: 'coverage',
        title: t('workorders.coverage'),
        width: 220,
        render: ({ coverage }) => <CaseCoverage badge={coverage} />,
      },
    ],
    [t, skillName],
  );
  const here = { ...place, view };
  return (
    <ListPage
      title={t('workorders.title')}
      views={views.map((key) => ({ key, label: t(`workorders.view.${key}`) }))}
      place={here}
      tools={
        <>
          {may('identity.saved_views') && <SavedViews list="work_orders" place={here} />}
          {may('lists.export') && (
            <ExportMenu path="/api/work-orders/export" query={filter} place={here} columns={columns} />
          )}
        </>
      }
      list={list}
      columns={columns}
      rowId={({ id }) => id}
      onOpen={(id) => void navigate({ to: `/work-orders/${id}` })}
      action={
        may('dispatch.read') && (
          <Link to="/dispatch" className="ac-button">
            <Icon name="dispatch" /> {t('workorders.board')}
          </Link>
        )
      }
      filters={
        <>
          <Filter
            label={t('workorders.state')}
            value={state ?? ''}
            options={states.map((value) => ({ value, label: t(`status.work_order.${value}`) }))}
            onChange={(next) => place.setFilter('state', next)}
          />
          <span className="ad-row">
            <UnitSelect
              input={{
                id: 'unit',
                required: false,
                'aria-describedby': undefined,
                'aria-invalid': false,
                ...{ 'aria-label': t('workorders.unit') },
              }}
              value={unit ?? null}
              none={t('workorders.unit.all')}
              onChange={(id) => place.setFilter('unit', id ?? '')}
            />
          </span>
        </>
      }
      chips={[...(state ? [{ name: 'state', label: t(`status.work_order.${state}`) }] : [])]}
      empty={{ title: t('workorders.empty'), hint: t('workorders.empty.hint') }}
    />
  );
}
