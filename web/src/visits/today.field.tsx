/** Today and tomorrow of the signed-in engineer: enough on each card to know where to go without opening it. */
import './visit.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { serverNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { ofLane } from '../outbox/model.ts';
import { useQueue } from '../outbox/outbox.ts';
import { SeverityBadge, StatusBadge } from '../ui/badges.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { dayOf, formatInstant, toMs } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { Empty, Query } from '../ui/states.tsx';
import { Coverage } from './coverage-badge.tsx';
import { standsHere } from './offline/apply.ts';
import { type Position, usePosition } from './position.ts';
import { type MyDay, myDayQuery, type Visit } from './requests.ts';
import { useUnread } from './seen.ts';
import { distanceM, kilometres } from './steps.ts';

/** `14:00–15:00` in a zone. */
function windowText(window: { start: string; end: string }, zone: string): string {
  const time = (at: string) => formatInstant(at, zone, toMs(at));
  return `${time(window.start)}–${time(window.end)}`;
}

/** A visit as it stands on this phone. */
type HereCard = Visit & { unsent_count: number };

function Card(props: { card: HereCard; position: Position | undefined; mark: 'new' | 'changed' | undefined }) {
  const { card, position, mark } = props;
  const t = useT();
  const both = useBoth();
  const { order } = card;
  const { site, asset, contact } = order;
  const distance = position && site.point ? kilometres(distanceM(position, site.point)) : undefined;
  return (
    <li>
      <Link to="/visits/$visit_id" params={{ visit_id: card.id }} className="ac-panel af-visit-card">
        <p className="af-visit-time">
          <b className="ac-figure">{windowText(card.window, site.zone)}</b>
          <span className="af-badges">
            {mark && <span className="af-mark-unread">{t(`visits.today.${mark}`)}</span>}
            <StatusBadge kind="visit" state={card.state} />
          </span>
        </p>
        <p className="af-visit-site">{site.name}</p>
        <p>
          <Icon name="pin" size={14} /> {order.place}
        </p>
        <p className="ac-second">
          {site.address}
          {distance && ` · ${t('visits.today.distance', { km: distance })}`}
        </p>
        <p className="af-badges">
          <SeverityBadge severity={order.severity} />
          {order.coverage && <Coverage of={order.coverage} />}
          {card.unsent_count > 0 && (
            <span className="af-unsent">
              <Icon name="outbox" size={14} /> {t('visits.offline.waiting', { count: card.unsent_count })}
            </span>
          )}
        </p>
        <p>{order.symptom}</p>
        <p className="ac-second">
          {[
            asset && `${both(asset.product)} ${asset.model}`,
            contact && `${contact.name} ${contact.phone_masked ?? ''}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </Link>
    </li>
  );
}

function Day({ day }: { day: MyDay }) {
  const t = useT();
  const { position, askable, ask } = usePosition();
  const queue = useQueue();
  const marks = useUnread(day);
  const underWay = new Set(['travelling', 'arrived', 'working', 'paused', 'done', 'partly_done', 'no_access']);
  // What is under way belongs to today whatever its window says.
  const isToday = (card: Visit) => underWay.has(card.state) || dayOf(card.window.start, day.zone) <= day.today;
  const here = day.visits.map((card) => {
    const ops = ofLane(queue, card.id);
    return { ...standsHere(card, ops, { card, prices: day.prices, payers: undefined }), unsent_count: ops.length };
  });
  // What this phone has left or declined waits to be told to the server.
  const ended = new Set(['left', 'declined']);
  const cards = here
    .filter(({ state }) => !ended.has(state))
    .sort(
      (a, b) =>
        Number(underWay.has(b.state)) - Number(underWay.has(a.state)) || toMs(a.window.start) - toMs(b.window.start),
    );
  const today = cards.filter(isToday);
  const tomorrow = cards.filter((card) => !isToday(card));
  const list = (of: readonly HereCard[]) => (
    <ul className="af-cards">
      {of.map((card) => (
        <Card key={card.id} card={card} position={position} mark={marks.get(card.id)} />
      ))}
    </ul>
  );
  return (
    <>
      {today.length > 0 ? list(today) : <Empty title={t('visits.today.empty')} hint={t('visits.today.empty_hint')} />}
      {askable && cards.length > 0 && (
        <Button icon="pin" onClick={() => void ask()}>
          {t('visits.today.show_distance')}
        </Button>
      )}
      <h2>{t('visits.today.tomorrow')}</h2>
      {tomorrow.length > 0 ? list(tomorrow) : <p className="ac-second">{t('visits.today.tomorrow_empty')}</p>}
      {cards.length < here.length && (
        <>
          <h2>{t('visits.today.to_send')}</h2>
          <ul className="af-cards">
            {here
              .filter(({ state }) => ended.has(state))
              .map((visit) => (
                <li key={visit.id} className="af-over">
                  <span className="ac-figure">{visit.number}</span>
                  <StatusBadge kind="visit" state={visit.state} />
                  <Link to="/outbox">{t('visits.offline.waiting', { count: visit.unsent_count })}</Link>
                </li>
              ))}
          </ul>
        </>
      )}
      {day.over.length > 0 && (
        <>
          <h2>{t('visits.today.over')}</h2>
          <ul className="af-cards">
            {day.over.map((visit) => (
              <li key={visit.id} className="af-over">
                <span className="ac-figure">{windowText(visit.window, day.zone)}</span>
                <span className="ac-figure">{visit.number}</span>
                <StatusBadge kind="visit" state={visit.state} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

export default function TodayPage() {
  const t = useT();
  const day = useQuery({ ...myDayQuery, refetchOnMount: 'always' });
  return (
    <div className="af-page">
      <h1 className="af-title">
        {t('visits.today.title')} {day.data && <span className="ac-second ac-figure">{day.data.today}</span>}
      </h1>
      {day.data && day.isError && (
        <p className="ac-second" role="status">
          {t('visits.offline.kept_from', { time: formatInstant(day.data.now, day.data.zone, serverNow()) })}
        </p>
      )}
      <Query of={day} shape="card">
        {(data) => <Day day={data} />}
      </Query>
    </div>
  );
}
