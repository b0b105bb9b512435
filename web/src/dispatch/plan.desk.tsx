/**
 * "Let it plan": what the optimiser proposes beside the plan that stands. Who goes to each order that has nobody, which visits move,
 * what is left out, what stays; each with its reasons. All of it or a part is accepted in one command.
 */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useCommand } from '../api/command.ts';
import type { components } from '../api/schema.d.ts';
import { useServerNow } from '../api/server-clock.ts';
import { hasText, useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { announce } from '../ui/announce.tsx';
import { SeverityBadge } from '../ui/badges.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Field, useSaveKey } from '../ui/form.tsx';
import { formatHours, formatInstant, toMs } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { Empty, ErrorState, Query } from '../ui/states.tsx';
import { useZone } from '../ui/zone.ts';
import { acceptance, refusedOrder } from '../work-orders/accept.ts';
import { overtaken, WhoWasFaster } from '../work-orders/faster.tsx';
import { EngineerName, RoadsText, WindowText } from '../work-orders/parts.tsx';
import { commands } from '../work-orders/requests.ts';
import { TakeBack } from './absence.desk.tsx';
import { acceptedOf } from './living.ts';
import { counted, keyOf } from './plan.ts';
import { Areas } from './plan-areas.desk.tsx';
import { Living } from './plan-living.desk.tsx';
import { Versions } from './plan-versions.desk.tsx';
import type { AbsenceSpan, DayPlan, PlanMove, PlanOption, PlanProposal } from './requests.ts';
import type { OpenPlan } from './use-plan.ts';

type PlannedAs = components['schemas']['PlannedAs'];
type Accept = components['schemas']['AcceptPlan'];
const plannedAs = ['dispatched', 'confirmed', 'proposed'] as const satisfies readonly PlannedAs[];
/** A plan that is older was made of what may have changed. */
const old_ms = 5 * 60_000;

/** What the pane shows: the proposal, what was published before, or what goes on by itself. */
export const planViews = ['open', 'versions', 'areas'] as const;
type PlanView = (typeof planViews)[number];

interface PaneProps {
  of: OpenPlan;
  view: PlanView;
  /** The unit for which it is planned; all within reach without one. */
  unit: string | undefined;
  /** The published plan that is shown: its unit and number. */
  version: string | undefined;
  onView: (view: PlanView) => void;
  onUnit: (id: string) => void;
  onVersion: (of: string) => void;
  /** Somebody who is off: named on top. */
  about: string | undefined;
  /** What has just been recorded about them, to be taken back where it was a mistake. */
  added: readonly AbsenceSpan[];
  onBack: () => void;
  engineerName: (id: string) => string;
  onOpen: (order_id: string) => void;
  onClose: () => void;
}

const tabs = { open: 'plans.now', versions: 'plans.versions', areas: 'plans.areas' } as const;

export function PlanPane(props: PaneProps) {
  const t = useT();
  const { of, view, unit, version, onView, onVersion, onOpen, onClose } = props;
  const head = useRef<HTMLHeadingElement>(null);
  // Whoever opened it by a key reads on from its head.
  useEffect(() => head.current?.focus(), []);
  return (
    <aside className="ac-panel ad-board-pane ad-plan" aria-label={t('dispatch.plan.title')}>
      <div className="ad-pane-head">
        <h2 ref={head} tabIndex={-1}>
          {t('dispatch.plan.title')}
        </h2>
        <Button icon="cross" onClick={onClose}>
          {t('common.close')}
        </Button>
      </div>
      <div role="tablist" aria-label={t('dispatch.plan.title')} className="ad-tabs">
        {planViews.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={each === view}
            className="ad-tab"
            onClick={() => onView(each)}
          >
            {t(tabs[each])}
          </button>
        ))}
      </div>
      {view === 'areas' ? (
        <Areas unit={unit} onShow={onVersion} />
      ) : view === 'versions' ? (
        <Versions unit={unit} shown={version} onShow={onVersion} onOpen={onOpen} />
      ) : (
        <Query of={of.query} shape="list">
          {(plan) => <Proposed {...props} plan={plan} />}
        </Query>
      )}
    </aside>
  );
}

function Proposed(props: PaneProps & { plan: DayPlan }) {
  const t = useT();
  const may = useMay();
  const zone = useZone();
  const now = useServerNow(30_000);
  const { of, unit, about, added, onBack, engineerName, onUnit, onVersion, onOpen, plan } = props;
  const { accepted, gone, query } = of;
  const [as, setAs] = useState<PlannedAs>('dispatched');
  const [reason, setReason] = useState(() =>
    t(about ? 'workorders.reassign.why.engineer_unavailable' : 'dispatch.plan.move_reason'),
  );
  const [asked, setAsked] = useState(false);
  const tried = useRef(accepted);
  const command = useCommand((body: Accept, options) => commands.accept_plan(body, options), {
    touches: [['work_order'], ['case', 'list'], ['visit'], ['planning_area']],
  });
  const n = accepted.proposals.length + accepted.moves.length;
  const again = () => {
    command.clear();
    void query.refetch();
  };
  const accept = async (lines = accepted) => {
    if (lines.proposals.length + lines.moves.length === 0 || !may('visits.plan')) return;
    if (lines.moves.length > 0 && !reason.trim()) {
      setAsked(true);
      return;
    }
    tried.current = lines;
    const done = await command.run({
      ...acceptance(lines.proposals, lines.moves, { reason: reason.trim(), planned_as: as }),
      ...acceptedOf(plan, unit),
    });
    if (!done) return;
    announce(t('dispatch.plan.accepted', { planned: done.planned.length, moved: done.moved.length }));
    again();
  };
  const onKeyDown = useSaveKey(() => void accept());
  const { problem } = command;
  const about_order =
    problem &&
    refusedOrder(
      problem.errors.map(({ pointer }) => pointer),
      tried.current.proposals,
      tried.current.moves,
    );
  const refused = [...tried.current.proposals, ...tried.current.moves].find(
    ({ work_order_id }) => work_order_id === about_order,
  );
  const aged = now - toMs(plan.now) > old_ms;
  const empty = plan.proposals.length + plan.moves.length === 0;
  const line = (each: PlanProposal | PlanMove, more: ReactNode) => (
    <Line
      key={keyOf(each)}
      line={each}
      chosen={of.chosen.has(keyOf(each)) && !gone.has(keyOf(each))}
      gone={gone.has(keyOf(each))}
      readOnly={!may('visits.plan')}
      onChoose={(on) => of.choose(keyOf(each), on)}
      onOpen={onOpen}
    >
      {more}
    </Line>
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl-Enter does what the button inside does
    <div className="ad-plan-body" onKeyDown={onKeyDown}>
      <p className="ac-second ad-plan-when">
        {t('dispatch.plan.when', {
          now: formatInstant(plan.now, zone, now),
          until: formatInstant(plan.until, zone, now),
        })}{' '}
        <RoadsText roads={plan.roads} />{' '}
        <Button icon="again" busy={query.isFetching} onClick={again}>
          {t('dispatch.plan.again')}
        </Button>
      </p>
      <Living unit={unit} plan={plan} onUnit={onUnit} onVersion={onVersion} onAgain={again} />
      {about && (
        <div className="ad-plan-about">
          <p>
            {t(
              accepted.moves.some(({ from_engineer_id }) => from_engineer_id === about)
                ? 'dispatch.plan.about'
                : 'dispatch.plan.about.nobody',
              {
                name: engineerName(about),
              },
            )}
          </p>
          {added.length > 0 && may('organisation.absence') && (
            <TakeBack
              engineer={{ id: about, name: engineerName(about) }}
              spans={added}
              zone={zone}
              onDone={() => {
                onBack();
                again();
              }}
            />
          )}
        </div>
      )}
      {aged && (
        <p className="ad-warn" role="status">
          <Icon name="clock" size={14} /> {t('dispatch.plan.aged')}
        </p>
      )}
      {query.error && <ErrorState error={query.error} inline onRetry={() => void query.refetch()} />}
      {plan.more && <p className="ac-hint">{t('dispatch.plan.more')}</p>}
      <Totals plan={plan} />
      {empty && (
        <Empty
          title={t('dispatch.plan.empty')}
          hint={t(plan.left_out.length > 0 ? 'dispatch.plan.empty.left_out' : 'dispatch.plan.empty.hint')}
        />
      )}
      {!empty && may('visits.plan') && (
        <p className="ad-row">
          <button type="button" className="ac-link" onClick={() => of.chooseAll(true)}>
            {t('dispatch.plan.all')}
          </button>
          <button type="button" className="ac-link" onClick={() => of.chooseAll(false)}>
            {t('dispatch.plan.none')}
          </button>
        </p>
      )}
      {plan.moves.length > 0 && (
        <section aria-labelledby="plan-moves">
          <h3 id="plan-moves">{t('dispatch.plan.moves', { n: plan.moves.length })}</h3>
          <ul className="ad-plan-lines">{plan.moves.map((each) => line(each, <MoveText move={each} />))}</ul>
        </section>
      )}
      {plan.proposals.length > 0 && (
        <section aria-labelledby="plan-proposals">
          <h3 id="plan-proposals">{t('dispatch.plan.proposals', { n: plan.proposals.length })}</h3>
          <ul className="ad-plan-lines">
            {plan.proposals.map((each) => line(each, <ProposalText plan={plan} proposal={each} />))}
          </ul>
        </section>
      )}
      {plan.left_out.length > 0 && <LeftOut plan={plan} onOpen={onOpen} />}
      {plan.kept.length > 0 && <Kept plan={plan} engineerName={engineerName} />}
      {problem && (
        <div className="ad-plan-refused">
          {refused && <p className="ad-plan-refused-what">{t('dispatch.plan.refused', { site: refused.site_name })}</p>}
          <ErrorState error={problem} inline />
          {about_order && overtaken.has(problem.code) && <WhoWasFaster order_id={about_order} />}
          <div className="ad-steps">
            <Button icon="again" kind="primary" onClick={again}>
              {t('dispatch.plan.again')}
            </Button>
          </div>
        </div>
      )}
      {!empty && may('visits.plan') && (
        <div className="ad-plan-foot">
          {accepted.moves.length > 0 && (
            <Field
              label={t('workorders.reassign.reason')}
              required
              error={asked && !reason.trim() ? t('workorders.reassign.reason.missing') : undefined}
            >
              {(input) => (
                <input {...input} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
              )}
            </Field>
          )}
          <div className="ad-planned-as">
            <label htmlFor="plan-as">{t('workorders.planned_as')}</label>
            <select
              id="plan-as"
              className="ac-input"
              value={as}
              onChange={(event) => setAs(event.target.value as PlannedAs)}
            >
              {plannedAs.map((each) => (
                <option key={each} value={each}>
                  {t(`workorders.planned_as.${each}`)}
                </option>
              ))}
            </select>
          </div>
          <Button
            kind={problem ? 'plain' : 'primary'}
            icon="check"
            busy={command.busy}
            disabled={n === 0}
            reason={t('dispatch.plan.accept.none')}
            onClick={() => void accept()}
          >
            {t('dispatch.plan.accept', { n })}
          </Button>
        </div>
      )}
    </div>
  );
}

function Line(props: {
  line: PlanProposal | PlanMove;
  chosen: boolean;
  gone: boolean;
  readOnly: boolean;
  onChoose: (on: boolean) => void;
  onOpen: (order_id: string) => void;
  children: ReactNode;
}) {
  const t = useT();
  const { line, chosen, gone, readOnly, onChoose, onOpen, children } = props;
  const number = 'visit_id' in line ? line.visit_number : line.number;
  return (
    <li className="ad-plan-line" data-key={keyOf(line)} data-chosen={chosen} data-gone={gone}>
      {!readOnly && (
        <input
          type="checkbox"
          aria-label={t('dispatch.plan.take', { number, site: line.site_name })}
          checked={chosen}
          disabled={gone}
          onChange={(event) => onChoose(event.target.checked)}
        />
      )}
      <div>
        <p className="ad-plan-what">
          <SeverityBadge severity={line.severity} />{' '}
          <button type="button" className="ac-link ad-plan-site" onClick={() => onOpen(line.work_order_id)}>
            {line.site_name}
          </button>{' '}
          <span className="ac-second ac-figure">{number}</span>
        </p>
        {children}
        {gone && (
          <p className="ad-plan-gone">
            <Icon name="merge" size={14} /> {t('dispatch.plan.gone')}
          </p>
        )}
      </div>
    </li>
  );
}

const hidden = new Set(['arrival', 'skill']);

function OptionReasons({ option }: { option: PlanOption }) {
  const both = useBoth();
  return (
    <ul className="ad-reasons">
      {option.reasons
        .filter(({ code }) => !hidden.has(code))
        .map(({ code, text }) => (
          <li key={code} data-code={code}>
            {both(text)}
          </li>
        ))}
    </ul>
  );
}

function ProposalText({ plan, proposal }: { plan: DayPlan; proposal: PlanProposal }) {
  const t = useT();
  const now = useServerNow(60_000);
  const { chosen, others, window, zone, needs } = proposal;
  const first = plan.moves.filter(({ visit_id }) => needs.includes(visit_id));
  return (
    <>
      <p className="ad-plan-who">
        <EngineerName {...chosen} /> <WindowText window={window} zone={zone} />
      </p>
      <OptionReasons option={chosen} />
      {first.length > 0 && (
        <p className="ac-second">
          {t('dispatch.plan.needs', { visits: first.map(({ site_name }) => site_name).join(' · ') })}
        </p>
      )}
      {others.length > 0 && (
        <details>
          <summary>{t('dispatch.plan.others', { n: others.length })}</summary>
          <ul className="ad-plan-others">
            {others.map((other) => (
              <li key={other.engineer_id}>
                <EngineerName {...other} />{' '}
                <span className="ac-figure">
                  {t('workorders.arrives', { time: formatInstant(other.arrive_at, zone, now) })}
                </span>
                <OptionReasons option={other} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function MoveText({ move }: { move: PlanMove }) {
  const t = useT();
  const same = toMs(move.window.start) === toMs(move.from_window.start);
  return (
    <>
      <p className="ad-plan-who">
        <span className="ad-plan-from">{move.from_name}</span>{' '}
        <Icon name="right" size={14} title={t('dispatch.plan.to')} /> <EngineerName {...move.chosen} />
      </p>
      <p className="ad-plan-when">
        {same ? (
          <>
            <WindowText window={move.window} zone={move.zone} />{' '}
            <span className="ac-second">{t('dispatch.plan.same_window')}</span>
          </>
        ) : (
          <>
            <s>
              <WindowText window={move.from_window} zone={move.zone} />
            </s>{' '}
            <Icon name="right" size={14} title={t('dispatch.plan.to')} />{' '}
            <WindowText window={move.window} zone={move.zone} />
          </>
        )}
      </p>
      <OptionReasons option={move.chosen} />
    </>
  );
}

function Totals({ plan }: { plan: DayPlan }) {
  const t = useT();
  if (plan.terms.length === 0) return null;
  const amount = (term: string, value: number) => (counted.has(term) ? String(value) : formatHours(value));
  return (
    <table className="ad-plan-terms">
      <caption className="ac-hidden">{t('dispatch.plan.totals')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('dispatch.plan.totals')}</th>
          <th scope="col">{t('dispatch.plan.before')}</th>
          <th scope="col">{t('dispatch.plan.after')}</th>
        </tr>
      </thead>
      <tbody>
        {plan.terms.map(({ term, amount_before, amount_after }) => (
          <tr key={term} data-term={term}>
            <th scope="row">{t(`dispatch.plan.term.${term}`)}</th>
            <td className="ac-figure">{amount(term, amount_before)}</td>
            <td className="ac-figure" data-better={amount_after < amount_before}>
              {amount(term, amount_after)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const promised = ({ reasons }: DayPlan['left_out'][number]) =>
  reasons.some(({ code }) => code === 'engineer_off' || code === 'locked');

function LeftOut({ plan, onOpen }: { plan: DayPlan; onOpen: (order_id: string) => void }) {
  const t = useT();
  const both = useBoth();
  const now = useServerNow(60_000);
  // Visits that nobody will make come first: somebody was promised them.
  const list = [...plan.left_out].sort((a, b) => Number(promised(b)) - Number(promised(a)));
  return (
    <section aria-labelledby="plan-left-out">
      <h3 id="plan-left-out">{t('dispatch.plan.left_out', { n: plan.left_out.length })}</h3>
      <ul className="ad-plan-lines">
        {list.map((each) => (
          <li key={each.work_order_id} className="ad-plan-line ad-plan-left-out">
            <div>
              <p className="ad-plan-what">
                <SeverityBadge severity={each.severity} />{' '}
                <button type="button" className="ac-link ad-plan-site" onClick={() => onOpen(each.work_order_id)}>
                  {each.site_name}
                </button>{' '}
                <span className="ac-second ac-figure">{each.number}</span>
              </p>
              <p>
                {each.reasons.map(({ code, text }) => (
                  <span key={code} data-code={code}>
                    {both(text)}{' '}
                  </span>
                ))}
                {each.due_at && (
                  <span className="ac-second">
                    {t('dispatch.plan.due', { time: formatInstant(each.due_at, each.zone, now) })}
                  </span>
                )}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Kept({ plan, engineerName }: { plan: DayPlan; engineerName: (id: string) => string }) {
  const t = useT();
  const late = plan.kept.filter(({ late_s }) => late_s > 0).length;
  return (
    <details className="ad-plan-kept">
      <summary>
        {t('dispatch.plan.kept', { n: plan.kept.length })}
        {late > 0 && <b className="ad-away"> {t('dispatch.plan.kept.late', { n: late })}</b>}
      </summary>
      <ul>
        {plan.kept.map(({ visit_id, visit_number, engineer_id, window, late_s, fixed }) => (
          <li key={visit_id}>
            <span className="ac-figure">{visit_number}</span> {engineerName(engineer_id)} <WindowText window={window} />{' '}
            {late_s > 0 && <b className="ad-away">{t('workorders.margin.late', { time: formatHours(late_s) })}</b>}{' '}
            {fixed && (
              <span className="ac-second">
                {hasText(`dispatch.plan.fixed.${fixed}`) ? t(`dispatch.plan.fixed.${fixed}`) : fixed}
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
