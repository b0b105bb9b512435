/**
 * The dispatcher's board: home strip, what nobody is planned for, and the plan as timeline, list or map, with the selected
 * order beside it. Where one is (day, span, filters, selection) stands in the address.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { useServerNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { skillCodes, useUnitName } from '../organisation/requests.ts';
import { UnitSelect } from '../organisation/unit-select.tsx';
import { Button } from '../ui/button.tsx';
import { dayOf, formatInstant, toMs } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { Empty, ErrorState, Loading } from '../ui/states.tsx';
import { useZone } from '../ui/zone.ts';
import { useActions } from '../ui-desk/actions.ts';
import { Filter, SearchFilter } from '../ui-desk/filters.tsx';
import { useListPlace } from '../ui-desk/list-place.ts';
import { useTitle } from '../ui-desk/title.ts';
import { useSkillName } from '../work-orders/parts.tsx';
import type { Preset } from '../work-orders/proposals.desk.tsx';
import '../work-orders/work-orders.css';
import './dispatch.css';
import { EngineerPane } from './engineer.desk.tsx';
import { type BoardFilter, blockPasses, orderPasses, type SortKey, sorted, sortKeys, stripKeys } from './filter.ts';
import { Legend } from './legend.tsx';
import { BoardList } from './list.desk.tsx';
import { OrderPane } from './pane.desk.tsx';
import { PlanPane, planViews } from './plan.desk.tsx';
import type { Ghost } from './plan.ts';
import { type AbsenceSpan, agreedQuery, type BoardBlock, boardQuery, countsQuery } from './requests.ts';
import { type SpanKey, scaleOf, shiftDay, spans } from './scale.ts';
import { BoardTimeline, type ColourBy, type Row } from './timeline.desk.tsx';
import { Unscheduled } from './unscheduled.desk.tsx';
import { usePlan } from './use-plan.ts';

const BoardMap = lazy(() => import('./map.desk.tsx'));
const views = ['timeline', 'list', 'map'] as const;
const none: readonly BoardBlock[] = [];
const noGhosts: readonly Ghost[] = [];

const firstStart = ({ blocks }: Row): number =>
  blocks.reduce((first, { window }) => Math.min(first, toMs(window.start)), Number.MAX_SAFE_INTEGER);

export default function DispatchPage() {
  const t = useT();
  const zone = useZone();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const skillName = useSkillName();
  const unitName = useUnitName();
  const now = useServerNow(60_000);
  const place = useListPlace('timeline');
  useTitle(t('dispatch.title'));
  const { filters } = place;
  const view = views.find((each) => each === place.view) ?? 'timeline';
  const span: SpanKey = spans.find((each) => each === filters.span) ?? 'day';
  const day = /^\d{4}-\d{2}-\d{2}$/.test(filters.day ?? '') ? (filters.day ?? '') : dayOf(now, zone);
  const unit = filters.unit || undefined;
  const colour: ColourBy = filters.colour === 'severity' ? 'severity' : 'status';
  const strip = stripKeys.find((each) => each === filters.f);
  const descending = (place.sort ?? '').startsWith('-');
  const sort: SortKey = sortKeys.find((each) => each === (place.sort ?? '').replace('-', '')) ?? 'due';
  const [preset, setPreset] = useState<(Preset & { order_id: string }) | undefined>();

  const scale = useMemo(() => scaleOf(day, span, zone), [day, span, zone]);
  const query = useQuery(
    boardQuery({
      from: new Date(scale.from_ms).toISOString(),
      to: new Date(scale.to_ms).toISOString(),
      ...(unit ? { unit } : {}),
    }),
  );
  const counts = useQuery(countsQuery(unit)).data;
  const agreed = useQuery(agreedQuery(unit));
  const board = query.data;

  const planView = planViews.find((each) => each === filters.plan);
  const planning = planView !== undefined;
  const plan = usePlan(planView === 'open', unit, filters.about, board);
  const filter: BoardFilter = useMemo(
    () => ({ strip, skill: filters.skill ?? '', severity: filters.severity ?? '', text: filters.q ?? '' }),
    [strip, filters.skill, filters.severity, filters.q],
  );
  const names = useMemo(() => new Map(board?.engineers.map(({ id, name }) => [id, name])), [board]);
  const engineerName = useCallback((id: string) => names.get(id) ?? '—', [names]);
  const ways = useMemo(
    () => new Map(board?.engineers.flatMap(({ on_way }) => (on_way ? [[on_way.visit_id, on_way] as const] : []))),
    [board],
  );
  const wayOf = useCallback(
    ({ id }: { id: string }) => {
      const way = ways.get(id);
      if (!way) return undefined;
      return way.arrive_in_min
        ? t('dispatch.way.min', { minutes: way.arrive_in_min })
        : t('dispatch.way.seen', { time: formatInstant(way.seen_at, zone, now) });
    },
    [ways, zone, now, t],
  );
  const unscheduled = useMemo(
    () =>
      sorted(
        (board?.unscheduled ?? []).filter((order) => orderPasses(order, filter, now)),
        sort,
        descending,
      ),
    [board, filter, now, sort, descending],
  );
  const passing = useMemo(
    () => (board?.blocks ?? []).filter((block) => blockPasses(block, filter, engineerName(block.engineer_id), now)),
    [board, filter, engineerName, now],
  );
  const passingIds = useMemo(() => new Set(passing.map(({ id }) => id)), [passing]);
  const rows = useMemo<Row[]>(() => {
    const of = new Map<string, BoardBlock[]>();
    for (const block of board?.blocks ?? []) {
      const list = of.get(block.engineer_id);
      if (list) list.push(block);
      else of.set(block.engineer_id, [block]);
    }
    // What is looked for stands together; free engineers stay in sight as long as somebody is to be assigned.
    const looking = filter.text.trim() !== '' || (filter.strip !== undefined && filter.strip !== 'unassigned');
    return (
      (board?.engineers ?? [])
        .filter(({ skills }) => !filter.skill || skills.includes(filter.skill))
        .map((engineer) => ({
          engineer,
          blocks: of.get(engineer.id) ?? none,
          ghosts: plan.ghosts.get(engineer.id) ?? noGhosts,
        }))
        .filter(({ blocks }) => !looking || blocks.some(({ id }) => passingIds.has(id)))
        // Who has visits stands first, in the order of their first one; whoever is free follows by name, as read.
        .sort((a, b) => firstStart(a) - firstStart(b))
    );
  }, [board, filter, passingIds, plan.ghosts]);

  const { select, setFilter } = place;
  const onSelect = useCallback(
    (id: string) => {
      setPreset(undefined);
      select(id);
    },
    [select],
  );
  const onDrop = useCallback(
    (order_id: string, engineer_id: string, at_ms: number) => {
      setPreset({ order_id, engineer_id, start_ms: at_ms });
      select(order_id);
    },
    [select],
  );
  const selected = place.selected;
  // One after the other: whoever assigned an order stands at the one that followed it in the list. The list is already
  // read anew then, so the place is remembered while the order still stands in it.
  const follower = useRef<{ of: string; next: string | undefined }>(undefined);
  const at = unscheduled.findIndex(({ work_order_id }) => work_order_id === selected);
  if (selected && at >= 0) {
    follower.current = { of: selected, next: (unscheduled[at + 1] ?? unscheduled[at - 1])?.work_order_id };
  }
  const onAssigned = (done: string) => {
    const next = follower.current?.of === done ? follower.current.next : undefined;
    follower.current = undefined;
    setPreset(undefined);
    if (next) select(next);
  };

  const who = filters.who && !selected ? rows.find(({ engineer }) => engineer.id === filters.who) : undefined;
  const { go } = place;
  const onEngineer = useCallback((id: string) => go({ who: id }, undefined), [go]);
  // A plan is of the moment in which it is opened.
  const [recorded, setRecorded] = useState<{ id: string; added: readonly AbsenceSpan[] }>();
  const forgetPlan = () => queries.removeQueries({ queryKey: ['plan'] });
  const closePlan = () => go({ plan: '', about: '', version: '' }, undefined);
  const openPlan = () => {
    forgetPlan();
    go({ plan: 'open', about: '', who: '' }, undefined);
  };
  useActions([{ id: 'dispatch.plan', label: t('dispatch.plan.open'), icon: 'today', key: 'p', run: openPlan }]);
  const move = (by: number) => setFilter('day', shiftDay(day, by));
  const today = dayOf(now, zone);
  const list = (
    <BoardList
      blocks={passing}
      zone={zone}
      engineerName={engineerName}
      wayOf={wayOf}
      selected={selected}
      onSelect={onSelect}
      onOpen={(id) => void navigate({ to: `/work-orders/${id}` })}
    />
  );

  return (
    <div className="ad-board" data-pane={selected || who || planning ? 'open' : 'closed'}>
      <div className="ad-board-head">
        <h1>{t('dispatch.title')}</h1>
        <div className="ad-board-day">
          <Button icon="back" onClick={() => move(-1)}>
            {t('dispatch.day.before')}
          </Button>
          <input
            type="date"
            className="ac-input"
            aria-label={t('dispatch.day')}
            value={day}
            onChange={(event) => setFilter('day', event.target.value)}
          />
          <Button icon="right" onClick={() => move(1)}>
            {t('dispatch.day.after')}
          </Button>
          {day !== today && <Button onClick={() => setFilter('day', '')}>{t('dispatch.day.today')}</Button>}
        </div>
        <div role="tablist" aria-label={t('common.list.views')} className="ad-tabs">
          {views.map((key) => (
            <button
              key={key}
              type="button"
              role="tab"
              aria-selected={key === view}
              className="ad-tab"
              onClick={() => place.setView(key)}
            >
              {t(`dispatch.view.${key}`)}
            </button>
          ))}
        </div>
        <Button icon="today" pressed={planning} onClick={() => (planning ? closePlan() : openPlan())}>
          {t('dispatch.plan.open')} <kbd>P</kbd>
        </Button>
        <Link to="/work-orders" className="ad-board-all">
          {t('dispatch.all_orders')}
        </Link>
      </div>
      <div className="ad-strip" role="toolbar" aria-label={t('dispatch.strip')}>
        {stripKeys.map((key) => {
          // An agreed visit without a work order is work to assign as well.
          const more = key === 'unassigned' ? (agreed.data?.length ?? 0) : 0;
          const count = counts && counts[key] + more;
          return (
            <button
              key={key}
              type="button"
              className="ad-strip-item"
              data-key={key}
              data-any={(count ?? 0) > 0}
              aria-pressed={strip === key}
              onClick={() => setFilter('f', strip === key ? '' : key)}
            >
              <b className="ac-figure">{count ?? '—'}</b> {t(`dispatch.strip.${key}`)}
            </button>
          );
        })}
        <span className="ad-board-filters">
          <SearchFilter
            label={t('dispatch.search')}
            value={filters.q ?? ''}
            onChange={(next) => setFilter('q', next)}
          />
          <Filter
            label={t('workorders.skill')}
            value={filters.skill ?? ''}
            options={skillCodes.map((value) => ({ value, label: skillName(value) }))}
            onChange={(next) => setFilter('skill', next)}
          />
          <Filter
            label={t('workorders.severity')}
            value={filters.severity ?? ''}
            options={(['major', 'normal'] as const).map((value) => ({ value, label: t(`status.severity.${value}`) }))}
            onChange={(next) => setFilter('severity', next)}
          />
          <span className="ad-row">
            <UnitSelect
              input={{
                id: 'board-unit',
                required: false,
                'aria-describedby': undefined,
                'aria-invalid': false,
                ...{ 'aria-label': t('workorders.unit') },
              }}
              value={unit ?? null}
              none={t('workorders.unit.all')}
              onChange={(id) => setFilter('unit', id ?? '')}
            />
          </span>
          {(strip || filters.q || filters.skill || filters.severity) && (
            <button type="button" className="ac-link" onClick={place.clearFilters}>
              {t('common.list.clear_filters')}
            </button>
          )}
        </span>
      </div>
      {query.error && !board ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <div className="ad-board-body">
          {board ? (
            <Unscheduled
              orders={unscheduled}
              total={board.unscheduled.length}
              more={board.more}
              agreed={strip === undefined || strip === 'unassigned' ? (agreed.data ?? []) : []}
              as_of={agreed.dataUpdatedAt ? now : 0}
              sort={sort}
              descending={descending}
              selected={selected}
              skillName={skillName}
              unitName={unitName}
              onSort={(by, down) => place.setSort(`${down ? '-' : ''}${by}`)}
              onSelect={onSelect}
            />
          ) : (
            <Loading rows={6} shape="card" />
          )}
          <section className="ac-panel ad-board-centre" aria-label={t(`dispatch.view.${view}`)}>
            {board?.more_engineers && (
              <p className="ac-hint">{t('dispatch.more.engineers', { n: board.engineers.length })}</p>
            )}
            {board?.more_visits && <p className="ac-hint">{t('dispatch.more.visits', { n: board.blocks.length })}</p>}
            {!board ? (
              <Loading rows={12} />
            ) : view === 'timeline' ? (
              <>
                <div className="ad-board-bar">
                  <Legend colour={colour} />
                  <span className="ad-board-options">
                    <select
                      className="ac-input"
                      aria-label={t('dispatch.span')}
                      value={span}
                      onChange={(event) => setFilter('span', event.target.value)}
                    >
                      {spans.map((each) => (
                        <option key={each} value={each}>
                          {t(`dispatch.span.${each}`)}
                        </option>
                      ))}
                    </select>
                    <select
                      className="ac-input"
                      aria-label={t('dispatch.colour')}
                      value={colour}
                      onChange={(event) => setFilter('colour', event.target.value)}
                    >
                      <option value="status">{t('dispatch.colour.status')}</option>
                      <option value="severity">{t('dispatch.colour.severity')}</option>
                    </select>
                  </span>
                </div>
                <BoardTimeline
                  rows={rows}
                  scale={scale}
                  zone={zone}
                  colour={colour}
                  selected={selected}
                  passing={passingIds}
                  leaving={plan.leaving}
                  skillName={skillName}
                  onSelect={onSelect}
                  onEngineer={onEngineer}
                  onDrop={onDrop}
                  empty={
                    board.engineers.length > 0 ? (
                      <Empty
                        title={t('common.list.no_match')}
                        action={<Button onClick={place.clearFilters}>{t('common.list.clear_filters')}</Button>}
                      />
                    ) : (
                      <Empty title={t('dispatch.no_engineers')} hint={t('dispatch.no_engineers.hint')} />
                    )
                  }
                />
              </>
            ) : view === 'list' ? (
              list
            ) : (
              <Suspense fallback={<Loading rows={8} />}>
                <BoardMap
                  unscheduled={unscheduled}
                  blocks={passing}
                  engineers={board.engineers}
                  selected={selected}
                  onSelect={onSelect}
                  fallback={list}
                />
              </Suspense>
            )}
            {query.error && board && (
              <p className="ad-warn" role="status">
                <Icon name="warning" size={14} />{' '}
                {t('dispatch.stale', { time: new Date(toMs(board.now)).toISOString().slice(11, 16) })}
              </p>
            )}
          </section>
          {who && (
            <EngineerPane
              key={who.engineer.id}
              row={who}
              zone={zone}
              today={day === today}
              skillName={skillName}
              onSelect={onSelect}
              onClose={() => go({ who: '' }, undefined)}
              onOff={(id, added) => {
                forgetPlan();
                setRecorded({ id, added });
                go({ plan: 'open', about: id, who: '' }, undefined);
              }}
            />
          )}
          {planView && !selected && !who && (
            <PlanPane
              of={plan}
              view={planView}
              unit={unit}
              version={filters.version || undefined}
              onView={(next) => go({ plan: next, version: '' }, undefined)}
              onUnit={(id) => go({ unit: id, plan: 'open' }, undefined)}
              onVersion={(of) => go({ plan: 'versions', version: of }, undefined)}
              about={filters.about || undefined}
              added={recorded?.id === filters.about ? (recorded?.added ?? []) : []}
              onBack={() => {
                setRecorded(undefined);
                go({ about: '' }, undefined);
              }}
              engineerName={engineerName}
              onOpen={onSelect}
              onClose={closePlan}
            />
          )}
          {selected && (
            <OrderPane
              key={selected}
              order_id={selected}
              preset={preset?.order_id === selected ? preset : undefined}
              onClose={() => select(undefined)}
              onAssigned={onAssigned}
            />
          )}
        </div>
      )}
    </div>
  );
}
