/** What the engineer's app does to work without a signal: the service worker, kept answers, the outbox, the day's packet. */
import { type QueryClient, QueryObserver } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { invalidate, type LiveEvent, type Subject } from '../api/live.ts';
import { within } from '../api/network.ts';
import { keys } from '../api/queries.ts';
import { type Me, meQuery, welcome } from '../identity/me.ts';
import { deliver } from '../outbox/deliver.ts';
import { type Op, ofLane } from '../outbox/model.ts';
import { Outbox, outbox, setOutbox } from '../outbox/outbox.ts';
import { forgetKept, keepReads } from '../outbox/reads.ts';
import { dropSentFiles, forgetReads, keepOps, loadOps, updateOps } from '../outbox/store.ts';
import { endsSight, mayAsk } from '../visits/offline/held.ts';
import { answeredVisit, cardsOf, dayAfter, newestAnswer, newestVisit } from '../visits/offline/newest.ts';
import { shown } from '../visits/offline/shown.ts';
import {
  coverageQuery,
  letterheadQuery,
  type MyDay,
  myDayQuery,
  myDevicesQuery,
  type ServiceOrderView,
  serviceOrderQuery,
  type Visit,
  visitQuery,
} from '../visits/requests.ts';

/** For how long the server's word on whose session it is holds, in milliseconds. */
const sureFor_ms = 60_000;

const sure = { id: undefined as string | undefined, until_ms: 0 };

/** Somebody signed in or out in another tab: whose session it is has to be asked again before anything is sent. */
export function forgetWho(): void {
  sure.id = undefined;
}

/** Sets everything up; the app is drawn once what is kept stands on screen. */
export async function startOffline(queries: QueryClient): Promise<void> {
  queries.setQueryDefaults(['visit'], { structuralSharing: newestAnswer });
  await keepReads(queries);
  const kept = queries.getQueryData(meQuery.queryKey);
  if (kept) void welcome(kept);
  forgetWho();
  const whoIsIt = async (signal: AbortSignal): Promise<string | undefined> => {
    if (sure.id && Date.now() < sure.until_ms) return sure.id;
    try {
      const me = await askWho(signal);
      if (!me) return undefined;
      queries.setQueryData(meQuery.queryKey, me);
      sure.id = me.id;
      sure.until_ms = Date.now() + sureFor_ms;
      return me.id;
    } catch {
      return undefined;
    }
  };
  setOutbox(
    new Outbox({
      load: loadOps,
      keep: keepOps,
      update: updateOps,
      whoIsIt,
      deliver: async (op, signal) => {
        // An answer that is still on its way would come too late to be ours.
        if (endsSight(op)) await stopAsking(queries, op.lane);
        return deliver(op, signal);
      },
      taken: (op, answer) => taken(queries, op, answer),
      now_ms: Date.now,
      random: Math.random,
    }),
  );
  await outbox().open();
  let last = kept?.id;
  new QueryObserver(queries, { ...meQuery, enabled: false }).subscribe(({ data }) => {
    // Somebody else uses this phone now: what was read for the one before is not theirs to see.
    if (data && last && data.id !== last) {
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
      void forgetKept();
    }
    last = data?.id ?? last;
  });
  const day = new QueryObserver(queries, { ...myDayQuery, enabled: false });
  let packed: MyDay | undefined;
  day.subscribe(({ data, isSuccess }) => {
    if (!isSuccess || data === packed) return;
    packed = data;
    void pack(queries, data);
  });
  void registerWorker();
}

async function askWho(signal: AbortSignal): Promise<Me | undefined> {
  const { data, response } = await api.GET('/api/me', { signal: within(10_000, signal) });
  return response.ok ? data : undefined;
}

/** The server has an operation: what it answered replaces what this phone thought. */
function taken(queries: QueryClient, op: Op, answer: unknown) {
  const visit_id = op.lane;
  const ended = endsSight(op);
  const known = queries.getQueryData(visitQuery(visit_id).queryKey);
  if (op.kind === 'rating' || op.kind === 'positions') {
    // Neither changes the visit, and neither answer is one.
  } else if (op.kind === 'present') {
    const order = answer as ServiceOrderView | undefined;
    if (order && known) shown(queries, known, order);
  } else if (answer) {
    const visit = answer as Visit;
    queries.setQueryData(myDayQuery.queryKey, (day) => day && dayAfter(day, visit));
    const newer = ended ? undefined : answeredVisit(known, visit);
    if (newer) queries.setQueryData(visitQuery(visit_id).queryKey, newer);
  }
  const last = ofLane(outbox().ops, visit_id).length === 0;
  // A point of the way is no news to this phone.
  if (op.kind === 'positions' && !last) return;
  if (ended) forget(queries, known ?? (answer as Visit | undefined), visit_id);
  else if (known && (last || answer === undefined)) {
    void queries.invalidateQueries({ queryKey: keys.part('work_order', known.order.id, 'service_order') });
    if (op.kind === 'exclusion')
      void queries.invalidateQueries({ queryKey: keys.part('case', known.order.case_id, 'coverage') });
  }
  if (last || ended || answer === undefined) void queries.invalidateQueries({ queryKey: myDayQuery.queryKey });
}

/** Whether the app may ask about a visit, by what the phone knows at this moment. */
function maySee(queries: QueryClient, visit_id: string): boolean {
  return mayAsk(queries.getQueryData(myDayQuery.queryKey), outbox().ops, visit_id);
}

/** Breaks off what is being read about a visit. */
async function stopAsking(queries: QueryClient, visit_id: string): Promise<void> {
  const order = queries.getQueryData(visitQuery(visit_id).queryKey)?.order;
  if (!order) return;
  await Promise.all(
    [serviceOrderQuery(order.id).queryKey, coverageQuery(order.case_id).queryKey].map((queryKey) =>
      queries.cancelQueries({ queryKey }),
    ),
  );
}

/**
 * What happened elsewhere: the day is read first, because it says which visits are still this engineer's; then what else of them
 * is on screen.
 */
export function hear(queries: QueryClient, events: readonly LiveEvent[]): void {
  const ofVisit = ({ type }: Subject) => type === 'work_order' || type === 'case';
  const sees = ({ type, id }: Subject): boolean => {
    if (!ofVisit({ type, id })) return type !== 'visit';
    const cards = queries.getQueryData(myDayQuery.queryKey)?.visits ?? [];
    return cards.some(
      (card) => (type === 'case' ? card.order.case_id : card.order.id) === id && maySee(queries, card.id),
    );
  };
  const subjects = events.flatMap((event) => [event.subject, ...(event.touches ?? [])]);
  const ofTheDay = subjects.some((subject) => subject.type === 'visit' || (ofVisit(subject) && sees(subject)));
  const rest = () =>
    invalidate(
      queries,
      events.flatMap((event) => {
        const [subject, ...touches] = [event.subject, ...(event.touches ?? [])].filter(sees);
        return subject ? [{ ...event, subject, touches }] : [];
      }),
    );
  if (ofTheDay) void queries.invalidateQueries({ queryKey: myDayQuery.queryKey }).then(rest);
  else rest();
}

/** The customer's data belong to the engineer only while the visit lasts: nothing of it stays here. */
function forget(queries: QueryClient, visit: Visit | undefined, visit_id: string) {
  const order = visit?.order ?? queries.getQueryData(visitQuery(visit_id).queryKey)?.order;
  const gone = [
    visitQuery(visit_id).queryKey,
    ...(order ? [serviceOrderQuery(order.id).queryKey, coverageQuery(order.case_id).queryKey] : []),
  ];
  for (const queryKey of gone) queries.removeQueries({ queryKey, exact: true });
  void forgetReads(gone.map((key) => JSON.stringify(key))).catch(() => {});
  void dropSentFiles((lane) => lane !== visit_id).catch(() => {});
}

/** Fetches what belongs to the day's visits, and forgets what belongs to no visit of it any more. */
async function pack(queries: QueryClient, day: MyDay) {
  const held = new Set(day.visits.map(({ id }) => id));
  for (const { queryKey, state } of queries.getQueryCache().findAll({ queryKey: ['visit'] })) {
    const [, id] = queryKey;
    if (typeof id !== 'string' || id === 'list' || held.has(id)) continue;
    if (ofLane(outbox().ops, id).length === 0) forget(queries, state.data as Visit | undefined, id);
  }
  void dropSentFiles((lane) => held.has(lane)).catch(() => {});
  for (const card of cardsOf(day)) {
    const { queryKey } = visitQuery(card.id);
    const known = queries.getQueryData(queryKey);
    if (newestVisit(known, card) !== known) queries.setQueryData(queryKey, card);
  }
  const stale = { staleTime: 10 * 60_000 };
  await queries.prefetchQuery({ ...letterheadQuery });
  await packDevices(queries, day);
  for (const card of day.visits) {
    if (maySee(queries, card.id)) await queries.prefetchQuery({ ...serviceOrderQuery(card.order.id), ...stale });
    if (card.order.asset && maySee(queries, card.id))
      await queries.prefetchQuery({ ...coverageQuery(card.order.case_id), ...stale });
  }
}

/** The devices of the day's sites: read anew when a site came or went, so that nothing stays of a site that nobody goes to any more. */
async function packDevices(queries: QueryClient, day: MyDay) {
  const { queryKey } = myDevicesQuery;
  const sites = new Set(day.visits.map(({ order }) => order.site.id));
  const known = queries.getQueryData(queryKey);
  const there = new Set(known?.map(({ site_id }) => site_id));
  const stays = known?.filter(({ site_id }) => sites.has(site_id)) ?? [];
  if (known && stays.length < known.length) queries.setQueryData(queryKey, stays);
  const missing = [...sites].some((site) => !there.has(site));
  if (sites.size > 0) await queries.prefetchQuery({ ...myDevicesQuery, staleTime: missing ? 0 : 10 * 60_000 });
}

/** The shell from the cache: without a network the app still opens. */
async function registerWorker() {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  try {
    await navigator.serviceWorker.register('/field/worker.js', { scope: '/field/' });
  } catch {
    // The app works, but doesn't open without a signal; the outbox page says so.
  }
}
