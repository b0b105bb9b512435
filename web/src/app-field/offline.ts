/** What the engineer's app does to work without a signal: the service worker, kept answers, the outbox, the day's packet. */
import { type QueryClient, QueryObserver } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { within } from '../api/network.ts';
import { keys } from '../api/queries.ts';
import { type Me, meQuery, welcome } from '../identity/me.ts';
import { deliver } from '../outbox/deliver.ts';
import { type Op, ofLane } from '../outbox/model.ts';
import { Outbox, outbox, setOutbox } from '../outbox/outbox.ts';
import { keepReads } from '../outbox/reads.ts';
import { forgetReads, keepOps, loadOps, saveOps } from '../outbox/store.ts';
import {
  coverageQuery,
  letterheadQuery,
  type MyDay,
  myDayQuery,
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
  await keepReads(queries);
  const kept = queries.getQueryData(meQuery.queryKey);
  if (kept) void welcome(kept);
  forgetWho();
  const whoIsIt = async (): Promise<string | undefined> => {
    if (sure.id && Date.now() < sure.until_ms) return sure.id;
    try {
      const me = await askWho();
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
      save: saveOps,
      whoIsIt,
      deliver,
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
      void forgetReads().catch(() => {});
    }
    last = data?.id ?? last;
  });
  const day = new QueryObserver(queries, { ...myDayQuery, enabled: false });
  day.subscribe(({ data, isSuccess }) => {
    if (isSuccess && data) void pack(queries, data);
  });
  void registerWorker();
}

async function askWho(): Promise<Me | undefined> {
  const { data, response } = await api.GET('/api/me', { signal: within(10_000) });
  return response.ok ? data : undefined;
}

/** The server has an operation: what it answered replaces what this phone thought. */
function taken(queries: QueryClient, op: Op, answer: unknown) {
  const visit_id = op.lane;
  const left = op.kind === 'leave' || op.kind === 'decline';
  // A read that began before must not put the older state back.
  void queries.cancelQueries({ queryKey: keys.one('visit', visit_id) });
  if (op.kind === 'present') {
    const order = answer as ServiceOrderView | undefined;
    const visit = queries.getQueryData(visitQuery(visit_id).queryKey);
    if (order && visit) {
      queries.setQueryData(serviceOrderQuery(visit.order.id).queryKey, order);
      queries.setQueryData(visitQuery(visit_id).queryKey, { ...visit, document_sha256: order.sha256 });
    }
  } else if (answer && !left) {
    queries.setQueryData(visitQuery(visit_id).queryKey, answer as Visit);
  }
  const last = ofLane(outbox().ops, visit_id).length === 0;
  if (left) forget(queries, answer as Visit | undefined, visit_id);
  else if (last || answer === undefined) {
    const visit = queries.getQueryData(visitQuery(visit_id).queryKey);
    void queries.invalidateQueries({ queryKey: keys.one('visit', visit_id), exact: true });
    if (visit) void queries.invalidateQueries({ queryKey: keys.part('work_order', visit.order.id, 'service_order') });
    if (visit && op.kind === 'exclusion')
      void queries.invalidateQueries({ queryKey: keys.part('case', visit.order.case_id, 'coverage') });
  }
  if (last || left) void queries.invalidateQueries({ queryKey: myDayQuery.queryKey });
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
}

/** Fetches what belongs to the day's visits, and forgets what belongs to no visit of it any more. */
async function pack(queries: QueryClient, day: MyDay) {
  const held = new Set(day.visits.map(({ id }) => id));
  for (const { queryKey, state } of queries.getQueryCache().findAll({ queryKey: ['visit'] })) {
    const [, id] = queryKey;
    if (typeof id !== 'string' || id === 'list' || held.has(id)) continue;
    if (ofLane(outbox().ops, id).length === 0) forget(queries, state.data as Visit | undefined, id);
  }
  const stale = { staleTime: 10 * 60_000 };
  await queries.prefetchQuery({ ...letterheadQuery });
  for (const card of day.visits) {
    const { queryKey } = visitQuery(card.id);
    if (queries.getQueryData(queryKey) === undefined) queries.setQueryData(queryKey, card);
    await queries.prefetchQuery({ ...serviceOrderQuery(card.order.id), ...stale });
    if (card.order.asset) await queries.prefetchQuery({ ...coverageQuery(card.order.case_id), ...stale });
  }
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
