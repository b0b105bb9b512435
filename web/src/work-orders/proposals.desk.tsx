/**
 * Who goes: engineers ranked with reasons, earliest arrival against the promise, and why the others can't. One click or one
 * digit assigns; another person or time can be chosen by hand, with what that breaks said before.
 */
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useCommand } from '../api/command.ts';
import { useServerNow } from '../api/server-clock.ts';
import { fromWall, toWall } from '../cases/wall-time.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/form.tsx';
import { formatHours, formatInstant, toMs } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { Empty, ErrorState, Loading, Query } from '../ui/states.tsx';
import { isShortcut, isTyping, useActions } from '../ui-desk/actions.ts';
import { Refused } from './faster.tsx';
import { Fastest } from './fastest.desk.tsx';
import { LockedBy } from './lock.desk.tsx';
import { EngineerName, PromisedText, WindowText } from './parts.tsx';
import { untilOf } from './promise.ts';
import { PromiseAnswer, unanswered } from './promise-answer.desk.tsx';
import {
  commands,
  effectQuery,
  type Proposal,
  type Proposals,
  proposalsQuery,
  type Schemas,
  type SeenVisit,
  touched,
  windowsQuery,
} from './requests.ts';
import { WindowsToPromise } from './windows.desk.tsx';
import { formatDistance, formatMinutes, type Span } from './words.ts';
import './work-orders.css';

/** What the panel has to know of a work order. */
export interface ToAssign {
  id: string;
  zone: string;
  duration_min: number;
  wish: Span;
}

const plannedAs = ['dispatched', 'confirmed', 'proposed'] as const satisfies readonly Schemas['PlannedAs'][];
const reasons = ['engineer_unavailable', 'closer', 'customer_time', 'skill', 'emergency'] as const;

/** Where an order was dropped: taken into the choice by hand, to be confirmed there. */
export interface Preset {
  engineer_id: string;
  start_ms: number;
  /** By when the customer was promised somebody, if a window was chosen with them. */
  until_ms?: number | undefined;
}

interface PanelProps {
  order: ToAssign;
  move?: SeenVisit | undefined;
  preset?: Preset | undefined;
  /** Takes the focus once it is drawn, so that the digits work at once. */
  focus?: boolean;
  onDone: () => void;
}

/** `move` names the visit that is given to somebody else; without it a new visit is planned. */
export function ProposalsPanel(props: PanelProps) {
  const { order } = props;
  const query = useQuery(proposalsQuery(order.id));
  return <Query of={query}>{(data) => <Ranked {...props} data={data} />}</Query>;
}

type Answer = Schemas['OutsidePromise'] | undefined;

/** Somebody and when. */
export interface Choice {
  engineer: Pick<Proposal, 'engineer_id' | 'name'>;
  window: Span;
  /** By when the customer is promised that somebody is there (P8), if that is another time than the window's end. */
  until?: string | undefined;
}

function Ranked(props: PanelProps & { data: Proposals }) {
  const t = useT();
  const { order, move, preset, focus = false, onDone, data } = props;
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus) root.current?.focus();
  }, [focus]);
  const [all, setAll] = useState(false);
  const [as, setAs] = useState<Schemas['PlannedAs']>('dispatched');
  const [reason, setReason] = useState('');
  const [wish, setWish] = useState(false);
  const [asked, setAsked] = useState(false);
  // What was refused until somebody says what the customer answered.
  const [tried, setTried] = useState<Choice>();
  // Said once, it goes for every try: the same move may have to be answered for the customer too.
  const [unlock, setUnlock] = useState(false);
  const command = useCommand(
    (
      {
        engineer,
        window,
        until,
        note,
        state,
        answer,
        unlocked,
      }: Choice & { note: string; state: Schemas['PlannedAs']; answer: Answer; unlocked: boolean },
      options,
    ) => {
      const body = {
        engineer_id: engineer.engineer_id,
        window_start: window.start,
        window_end: window.end,
        ...(until ? { appointment_end: until } : {}),
        ...(answer ? { outside_promise: answer } : {}),
      };
      return move
        ? commands.reassign(move, { ...body, reason: note, at_customers_wish: wish, unlock: unlocked }, options)
        : commands.plan(order.id, { ...body, planned_as: state, at_customers_wish: wish }, options);
    },
    { touches: touched(order.id) },
  );

  // A window that was promised before stands for whoever begins within it.
  const standing = ({ window, until }: Choice) => {
    if (until || !preset?.until_ms) return until;
    const start = toMs(window.start);
    return start >= preset.start_ms && start < preset.until_ms ? new Date(preset.until_ms).toISOString() : undefined;
  };
  const assign = async (choice: Choice, answer?: Answer, unlocked = unlock) => {
    const { engineer, window } = choice;
    const until = standing(choice);
    if (move && !reason.trim()) {
      setAsked(true);
      return;
    }
    setTried(choice);
    const visit = await command.run({ engineer, window, until, note: reason.trim(), state: as, answer, unlocked });
    if (!visit) return;
    announce(t('workorders.assigned', { name: engineer.name, number: visit.number }));
    onDone();
  };

  const [fastest, setFastest] = useState(false);
  useActions(
    move
      ? []
      : [
          {
            id: 'workorders.fastest',
            label: t('workorders.fastest'),
            icon: 'clock',
            key: 'f',
            run: () => setFastest(true),
          },
        ],
  );

  const shown = all ? data.proposals : data.proposals.slice(0, 3);
  // A digit takes the proposal of that rank, once; never while something is typed, also by an input method, nor where a window was
  // promised that a slip would break.
  const onKeyDown = (event: KeyboardEvent) => {
    if (
      fastest ||
      preset?.until_ms ||
      event.repeat ||
      command.busy ||
      !isShortcut(event.nativeEvent, isTyping(event.target))
    )
      return;
    const chosen = /^[1-9]$/.test(event.key) ? shown[Number(event.key) - 1] : undefined;
    if (!chosen?.window) return;
    event.preventDefault();
    void assign({ engineer: chosen, window: chosen.window });
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the digits repeat what the buttons inside do
    <div ref={root} tabIndex={-1} className="ad-proposals" onKeyDown={onKeyDown}>
      <LockedBy lock={move?.lock} zone={order.zone} moving />
      <label className="ad-check">
        <input type="checkbox" checked={wish} onChange={(event) => setWish(event.target.checked)} />
        {t(move ? 'workorders.reassign.wish' : 'workorders.plan.wish')}
      </label>
      {move ? (
        <Field
          label={t('workorders.reassign.reason')}
          required
          error={asked && !reason.trim() ? t('workorders.reassign.reason.missing') : undefined}
        >
          {(input) => (
            <>
              <input {...input} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
              <span className="ac-chips">
                {reasons.map((each) => (
                  <button
                    key={each}
                    type="button"
                    className="ac-chip"
                    aria-pressed={reason === t(`workorders.reassign.why.${each}`)}
                    onClick={() => setReason(t(`workorders.reassign.why.${each}`))}
                  >
                    {t(`workorders.reassign.why.${each}`)}
                  </button>
                ))}
              </span>
            </>
          )}
        </Field>
      ) : (
        <div className="ad-planned-as">
          <label htmlFor={`as-${order.id}`}>{t('workorders.planned_as')}</label>
          <select
            id={`as-${order.id}`}
            className="ac-input"
            value={as}
            onChange={(event) => setAs(event.target.value as Schemas['PlannedAs'])}
          >
            {plannedAs.map((each) => (
              <option key={each} value={each}>
                {t(`workorders.planned_as.${each}`)}
              </option>
            ))}
          </select>
        </div>
      )}
      {!move && (
        <Button icon="clock" onClick={() => setFastest(!fastest)} pressed={fastest}>
          {t('workorders.fastest')} <kbd>F</kbd>
        </Button>
      )}
      {fastest ? (
        <Fastest
          order={order}
          planned_as={as}
          at_customers_wish={wish}
          busy={command.busy}
          problem={command.problem}
          onDone={onDone}
          onAssign={(choice) => void assign(choice)}
          onAgain={command.clear}
        />
      ) : data.proposals.length === 0 ? (
        <Empty title={t('workorders.proposals.none')} hint={t('workorders.proposals.none.hint')} />
      ) : (
        <ol className="ad-proposal-list" aria-label={t('workorders.proposals.title')}>
          {shown.map((each, index) => (
            <ProposalRow
              key={each.engineer_id}
              rank={index + 1}
              proposal={each}
              zone={order.zone}
              busy={command.busy}
              onAssign={() => each.window && void assign({ engineer: each, window: each.window })}
            />
          ))}
        </ol>
      )}
      {!fastest && <Refused problem={command.problem} order_id={order.id} />}
      {tried && unanswered(command.problem) && (
        <PromiseAnswer busy={command.busy} onAnswer={(answer) => void assign(tried, answer)} />
      )}
      {tried && command.problem?.code === 'visit_locked' && (
        <div className="ad-steps">
          <Button
            icon="lock"
            busy={command.busy}
            onClick={() => {
              setUnlock(true);
              void assign(tried, undefined, true);
            }}
          >
            {t('workorders.do.unlock_and_reassign')}
          </Button>
        </div>
      )}
      <div className="ad-row">
        {!fastest && data.proposals.length > 3 && (
          <button type="button" className="ac-link" onClick={() => setAll(!all)} aria-expanded={all}>
            {all ? t('workorders.proposals.fewer') : t('workorders.proposals.all', { count: data.proposals.length })}
          </button>
        )}
      </div>
      <WindowsToPromise
        of={windowsQuery({ order_id: order.id })}
        verb={t('workorders.windows.promise')}
        busy={command.busy}
        promised={({ window, visit }) => ({ start: visit.start, end: window.end })}
        // It is chosen with the customer: that is their answer.
        onChoose={(offered) =>
          void assign({ engineer: offered, window: offered.visit, until: untilOf(offered) }, 'agreed')
        }
      />
      <ByHand
        order={order}
        data={data}
        preset={preset}
        busy={command.busy}
        onAssign={(choice) => void assign(choice)}
      />
      {data.refused.length > 0 && (
        <details className="ad-refused">
          <summary>{t('workorders.proposals.refused', { count: data.refused.length })}</summary>
          <ul>
            {data.refused.map((each) => (
              <li key={each.engineer_id}>
                <EngineerName {...each} />
                <Reasons of={each} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

export function Reasons({ of, without = [] }: { of: Proposal; without?: readonly string[] }) {
  const t = useT();
  const both = useBoth();
  const shown = of.reasons.filter(({ code }) => !without.includes(code));
  return (
    <ul className="ad-reasons">
      {without.includes('skill') && of.skill_level > 0 && (
        <li data-code="skill">
          {t('workorders.skill_level')} {t(`organisation.skill.level.${of.skill_level}`)}
        </li>
      )}
      {shown.map(({ code, text }) => (
        <li key={code} data-code={code}>
          {both(text)}
        </li>
      ))}
    </ul>
  );
}

function ProposalRow(props: { rank: number; proposal: Proposal; zone: string; busy: boolean; onAssign: () => void }) {
  const t = useT();
  const now = useServerNow(60_000);
  const { rank, proposal, zone, busy, onAssign } = props;
  const { arrive_at, margin_s, on_time, travel_s, distance_m } = proposal;
  const margin =
    margin_s === null || margin_s === undefined
      ? undefined
      : margin_s < 0
        ? t('workorders.margin.late', { time: formatHours(margin_s) })
        : t('workorders.margin.left', { time: formatHours(margin_s) });
  return (
    <li className="ad-proposal" data-on-time={on_time}>
      <span className="ad-proposal-rank ac-figure">{rank}</span>
      <div className="ad-proposal-main">
        <p className="ad-proposal-who">
          <EngineerName {...proposal} />
          {margin && (
            <span className={`ac-badge ${on_time ? 'ac-clock-met' : 'ac-clock-missed'}`}>
              <Icon name={on_time ? 'check' : 'warning'} size={14} />
              <span>{margin}</span>
            </span>
          )}
        </p>
        <p className="ad-proposal-when">
          <Icon name="pin" size={14} />{' '}
          {t('workorders.arrives', { time: arrive_at ? formatInstant(arrive_at, zone, now) : '—' })}
          {travel_s !== null && travel_s !== undefined && (
            <span className="ac-second">
              {' '}
              {t('workorders.travel', {
                time: formatHours(travel_s),
                distance: distance_m === null || distance_m === undefined ? '—' : formatDistance(distance_m),
              })}
            </span>
          )}
          <span className="ac-second"> {t('workorders.load', { time: formatMinutes(proposal.load_min) })}</span>
        </p>
        <Reasons of={proposal} without={['arrival', 'margin', 'late', 'travel', 'load', 'skill']} />
      </div>
      <Button kind={rank === 1 ? 'primary' : 'plain'} busy={busy} onClick={onAssign}>
        {t('workorders.assign', { name: proposal.name })} <kbd>{rank}</kbd>
      </Button>
    </li>
  );
}

/** What it does to the clock and to their day; what speaks against it stands first. */
function EffectText({ order, of }: { order: ToAssign; of: { engineer: string; start: string; duration_min: number } }) {
  const t = useT();
  const both = useBoth();
  const now = useServerNow(60_000);
  const query = useQuery(effectQuery(order.id, of));
  const effect = query.data;
  if (query.error) return <ErrorState error={query.error} inline onRetry={() => void query.refetch()} />;
  if (!effect) return <Loading rows={1} />;
  const { arrive_at, against, besides } = effect;
  return (
    <div className="ad-effect" role="status">
      {against.length > 0 && (
        <ul className="ad-warn">
          {against.map(({ code, text }) => (
            <li key={both(text)} data-code={code}>
              <Icon name="warning" size={14} /> {both(text)}
            </li>
          ))}
        </ul>
      )}
      <p className="ac-second">
        {[
          arrive_at && t('workorders.arrives', { time: formatInstant(arrive_at, order.zone, now) }),
          ...besides.map(({ text }) => both(text)),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </div>
  );
}

/** Another person or time, by hand; what speaks against it stands below before it is done. */
function ByHand(props: {
  order: ToAssign;
  data: Proposals;
  preset: Preset | undefined;
  busy: boolean;
  onAssign: (choice: Choice) => void;
}) {
  const t = useT();
  const { order, data, preset, busy, onAssign } = props;
  const everybody = [...data.proposals, ...data.refused];
  const usual = data.proposals[0]?.window ?? order.wish;
  const [open, setOpen] = useState(preset !== undefined);
  const [who, setWho] = useState(preset?.engineer_id ?? '');
  const [from, setFrom] = useState(() => toWall(preset?.start_ms ?? toMs(usual.start), order.zone));
  const [minutes, setMinutes] = useState(String(order.duration_min));
  const engineer = everybody.find(({ engineer_id }) => engineer_id === who);
  const start = fromWall(from, order.zone);
  const lasts = Number(minutes);
  const window =
    start && lasts >= 15 ? { start, end: new Date(toMs(start) + lasts * 60_000).toISOString() } : undefined;
  const until =
    preset?.until_ms && window && preset.until_ms > toMs(window.start)
      ? new Date(preset.until_ms).toISOString()
      : undefined;
  return (
    <details className="ad-by-hand" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('workorders.by_hand')}</summary>
      <div className="ad-two">
        <Field label={t('workorders.engineer')} required>
          {(input) => (
            <select {...input} value={who} onChange={(event) => setWho(event.target.value)}>
              <option value="">{t('common.choose')}</option>
              {everybody.map((each) => (
                <option key={each.engineer_id} value={each.engineer_id}>
                  {each.name} {each.badge_number}
                  {each.feasible ? '' : ` · ${t('workorders.cannot')}`}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('workorders.window_start')} required>
          {(input) => (
            <input {...input} type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} />
          )}
        </Field>
        <Field label={t('workorders.duration')} required>
          {(input) => (
            <input
              {...input}
              type="number"
              min={15}
              max={1440}
              step={15}
              value={minutes}
              onChange={(event) => setMinutes(event.target.value)}
            />
          )}
        </Field>
      </div>
      {engineer && window && lasts <= 1440 && (
        <EffectText order={order} of={{ engineer: engineer.engineer_id, start: window.start, duration_min: lasts }} />
      )}
      <div className="ad-steps">
        {window && <WindowText window={window} zone={order.zone} />}
        {window && until && <PromisedText visit={{ window, appointment_end: until }} zone={order.zone} />}
        <Button
          busy={busy}
          disabled={!engineer || !window}
          reason={t('workorders.by_hand.missing')}
          onClick={() => engineer && window && onAssign({ engineer, window, until })}
        >
          {engineer ? t('workorders.assign', { name: engineer.name }) : t('workorders.assign.somebody')}
        </Button>
      </div>
    </details>
  );
}
