/**
 * Who is fastest: the three soonest arrivals, those by moving visits of theirs to others among them, each with what moves. One click or
 * digit does all of it in one command.
 */
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useCommand } from '../api/command.ts';
import type { Problem } from '../api/problem.ts';
import { useServerNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { formatHours, formatInstant, toMs } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { Empty, Query } from '../ui/states.tsx';
import { isShortcut, isTyping } from '../ui-desk/actions.ts';
import { acceptance, refusedOrder } from './accept.ts';
import { Refused } from './faster.tsx';
import { EngineerName, WindowText } from './parts.tsx';
import type { Choice, ToAssign } from './proposals.desk.tsx';
import { commands, fastestQuery, type Proposals, type Quicker, type Schemas, touched } from './requests.ts';
import { type Soon, soonest } from './soonest.ts';

export function Fastest(props: {
  order: ToAssign;
  planned_as: Schemas['PlannedAs'];
  /** The customer asked for a later time: that holds whoever goes. */
  at_customers_wish: boolean;
  /** The other way somebody is assigned: busy with it, and what it was refused for. */
  busy: boolean;
  problem: Problem | undefined;
  onDone: () => void;
  /** Somebody to whom nothing has to move. */
  onAssign: (choice: Choice) => void;
  /** Looked at anew: what was refused is forgotten. */
  onAgain: () => void;
}) {
  const query = useQuery(fastestQuery(props.order.id));
  const again = () => {
    props.onAgain();
    void query.refetch();
  };
  return (
    <Query of={query}>
      {(data) => <Soonest {...props} key={data.now} data={data} looking={query.isFetching} onAgain={again} />}
    </Query>
  );
}

function Soonest(props: Parameters<typeof Fastest>[0] & { data: Proposals; looking: boolean }) {
  const t = useT();
  const both = useBoth();
  const now = useServerNow(60_000);
  const root = useRef<HTMLDivElement>(null);
  // Whoever has begun to type elsewhere meanwhile goes on typing.
  useEffect(() => {
    if (!isTyping(document.activeElement)) root.current?.focus();
  }, []);
  const { order, planned_as, at_customers_wish, onDone, onAssign, data, looking, onAgain } = props;
  const list = soonest(data);
  const tried = useRef<Quicker>(undefined);
  const accept = useCommand(
    ({ quicker }: { quicker: Quicker }, options) =>
      commands.accept_plan(
        acceptance([quicker.visit], quicker.moves, {
          reason: t('workorders.reassign.why.emergency'),
          planned_as,
          at_customers_wish,
        }),
        options,
      ),
    { touches: touched(order.id) },
  );
  const busy = accept.busy || props.busy || looking;
  const problem = accept.problem ?? props.problem;
  const take = async ({ plain, quicker }: Soon) => {
    // What was refused was offered for what stood then: it is looked at anew first.
    if (busy || problem) return;
    if (!quicker) {
      tried.current = undefined;
      if (plain.window) onAssign({ engineer: plain, window: plain.window });
      return;
    }
    tried.current = quicker;
    if (!(await accept.run({ quicker }))) return;
    announce(
      t('workorders.fastest.done', {
        name: quicker.visit.chosen.name,
        number: quicker.visit.number,
        n: quicker.moves.length,
      }),
    );
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.repeat || !isShortcut(event.nativeEvent, isTyping(event.target))) return;
    const chosen = /^[1-9]$/.test(event.key) ? list[Number(event.key) - 1] : undefined;
    if (!chosen) return;
    event.preventDefault();
    void take(chosen);
  };
  const about =
    accept.problem &&
    refusedOrder(
      accept.problem.errors.map(({ pointer }) => pointer),
      tried.current ? [tried.current.visit] : [],
      tried.current?.moves ?? [],
    );

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the digits repeat what the buttons inside do
    <div ref={root} tabIndex={-1} className="ad-proposals" onKeyDown={onKeyDown}>
      {list.length === 0 ? (
        <Empty title={t('workorders.proposals.none')} hint={t('workorders.proposals.none.hint')} />
      ) : (
        <ol className="ad-proposal-list ad-fastest" aria-label={t('workorders.fastest')}>
          {list.map((each, index) => {
            const who = each.quicker ? each.quicker.visit.chosen : each.plain;
            const late_s = data.due_at ? (toMs(each.arrive_at) - toMs(data.due_at)) / 1000 : undefined;
            return (
              <li key={who.engineer_id} className="ad-proposal" data-moves={each.quicker?.moves.length ?? 0}>
                <span className="ad-proposal-rank ac-figure">{index + 1}</span>
                <div className="ad-proposal-main">
                  <p className="ad-proposal-who">
                    <EngineerName {...who} />
                    {late_s !== undefined && (
                      <span className={`ac-badge ${late_s > 0 ? 'ac-clock-missed' : 'ac-clock-met'}`}>
                        <Icon name={late_s > 0 ? 'warning' : 'check'} size={14} />
                        <span>
                          {t(late_s > 0 ? 'workorders.margin.late' : 'workorders.margin.left', {
                            time: formatHours(late_s),
                          })}
                        </span>
                      </span>
                    )}
                  </p>
                  <p className="ad-proposal-when">
                    <Icon name="pin" size={14} />{' '}
                    {t('workorders.arrives', { time: formatInstant(each.arrive_at, order.zone, now) })}
                  </p>
                  {each.quicker ? (
                    <ul className="ad-fastest-moves">
                      {each.quicker.moves.map((moved) => (
                        <li key={moved.visit_id}>
                          <Icon name="merge" size={14} />{' '}
                          {t('workorders.fastest.move', {
                            site: moved.site_name,
                            from: moved.from_name,
                            to: moved.chosen.name,
                          })}{' '}
                          <WindowText window={moved.window} zone={moved.zone} />{' '}
                          {moved.chosen.reasons
                            .filter(({ code }) => code === 'late' || code === 'delays')
                            .map(({ code, text }) => (
                              <b key={code} className="ad-away">
                                {both(text)}
                              </b>
                            ))}
                        </li>
                      ))}
                    </ul>
                  ) : (
                    <p className="ac-second">{t('workorders.fastest.nothing_moves')}</p>
                  )}
                </div>
                <Button
                  kind={index === 0 && !problem ? 'primary' : 'plain'}
                  busy={busy}
                  disabled={problem !== undefined}
                  reason={t('workorders.fastest.refused')}
                  onClick={() => void take(each)}
                >
                  {t(each.quicker ? 'workorders.fastest.take' : 'workorders.assign', { name: who.name })}{' '}
                  <kbd>{index + 1}</kbd>
                </Button>
              </li>
            );
          })}
        </ol>
      )}
      <Refused problem={problem} order_id={about ?? order.id} />
      {problem && (
        <div className="ad-steps">
          <Button
            icon="again"
            kind="primary"
            busy={looking}
            onClick={() => {
              accept.clear();
              onAgain();
            }}
          >
            {t('workorders.fastest.again')}
          </Button>
        </div>
      )}
    </div>
  );
}
