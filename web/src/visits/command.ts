/**
 * What an engineer does on a visit: kept on this phone first, then sent (outbox). The visit goes on as if it had been taken, marked
 * as not sent; nothing waits for the network. A refusal that comes while the screen still stands gives back what was typed.
 */
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { api, call } from '../api/client.ts';
import { within } from '../api/network.ts';
import { type Problem, ProblemError, toProblem } from '../api/problem.ts';
import { keys } from '../api/queries.ts';
import { t } from '../i18n/index.ts';
import { meQuery } from '../identity/me.ts';
import { type Op, type Outcome, ofLane } from '../outbox/model.ts';
import { newOpId, outbox, useQueue } from '../outbox/outbox.ts';
import type { KeptFile } from '../outbox/store.ts';
import { type Packet, payersNow, type Seen, standsHere } from './offline/apply.ts';
import { digestOf } from './offline/canonical.ts';
import { mayAsk } from './offline/held.ts';
import { quoteDocument } from './offline/money.ts';
import { orderHere, shownHere } from './offline/paper.ts';
import { shown } from './offline/shown.ts';
import { answerRefusal, quoteNeed } from './offline/standing.ts';
import {
  coverageQuery,
  myDayQuery,
  type Schemas,
  type ServiceOrderView,
  serviceOrderQuery,
  type Visit,
  visitQuery,
} from './requests.ts';

/** What can be done on a visit, with what it takes; the name is the route's. */
export interface Deeds {
  accept: undefined;
  start: undefined;
  resume: undefined;
  'self-check': undefined;
  done: undefined;
  leave: undefined;
  decline: { reason: string };
  'partly-done': { reason: string };
  'no-access': { reason: string };
  depart: Schemas['Depart'];
  arrive: Schemas['Arrive'];
  pause: Schemas['Pause'];
  finding: Schemas['NewFinding'];
  answer: Schemas['AnswerItem'];
  evidence: Schemas['NewEvidence'];
  'old-part': Schemas['NewOldPart'];
  guidance: Schemas['NewGuidance'];
  exclusion: Schemas['ExcludeOnSite'];
  charge: Schemas['NewCharge'];
  /** Takes a charge off again; its id stands in the path. */
  'charge-remove': { charge_id: string };
  acknowledge: Schemas['AcknowledgeQuote'];
  present: { shown: Schemas['ServiceOrder'] };
  sign: Schemas['SignOrder'];
  'refuse-signature': Schemas['RefuseSignature'];
  device: Schemas['CheckDevice'];
  /** The customer's score: for whoever calls afterwards, never shown here again. */
  rating: Schemas['RateVisit'];
}

export type DeedKind = keyof Deeds;

/** How long a screen listens for the answer, and waits for it where it has to, in milliseconds. */
const patience_ms = 8000;

/** The day's packet for a visit: its card, the prices, who pays. */
export function usePacket(visit: { id: string; order: { case_id: string; asset?: unknown } } | undefined): Packet {
  const day = useQuery(myDayQuery).data;
  const queries = useQueryClient();
  const card = day?.visits.find(({ id }) => id === visit?.id);
  const payers = visit
    ? queries.getQueryData(coverageQuery(visit.order.case_id).queryKey)?.decision?.charges
    : undefined;
  return useMemo(() => ({ card, prices: day?.prices ?? [], payers }), [card, day, payers]);
}

/** The packet as it stands at this moment. */
function packetNow(queries: QueryClient, visit: Visit): Packet {
  const day = queries.getQueryData(myDayQuery.queryKey);
  return {
    card: day?.visits.find(({ id }) => id === visit.id),
    prices: day?.prices ?? [],
    payers: queries.getQueryData(coverageQuery(visit.order.case_id).queryKey)?.decision?.charges,
  };
}

/** The visit as it stands at this moment, which a screen that was drawn before a quick second deed does not know. */
function visitNow(queries: QueryClient, visit: Visit): Visit {
  const told = queries.getQueryData(visitQuery(visit.id).queryKey);
  return told ? standsHere(told, ofLane(outbox().ops, visit.id), packetNow(queries, visit)) : visit;
}

/** What of a visit waits on this phone. */
export function useWaitingOps(visit_id: string): Op[] {
  const queue = useQueue();
  return useMemo(() => ofLane(queue, visit_id), [queue, visit_id]);
}

/** A visit as it stands on this phone: the server's, with what waits to be sent on top. */
export function useVisitHere(visit_id: string) {
  const day = useQuery({
    ...myDayQuery,
    // A visit that was given to them since the day was read.
    refetchOnMount: ({ state }) => (state.data?.visits.some(({ id }) => id === visit_id) ? true : 'always'),
  });
  // The day's card holds the whole visit; the last answer to a step may be newer.
  const told = useQuery(visitQuery(visit_id));
  const card = day.data?.visits.find(({ id }) => id === visit_id);
  const visit = told.data ?? card;
  const ops = useWaitingOps(visit_id);
  const packet = usePacket(visit);
  const here = useMemo(() => visit && standsHere(visit, ops, packet), [visit, ops, packet]);
  return {
    query: { data: here, error: day.error, isPending: day.isPending, refetch: day.refetch },
    ops,
    packet,
    read_ms: day.dataUpdatedAt,
    /** Whether the day, once it is known, no longer holds the visit. */
    gone: day.data !== undefined && card === undefined,
    /** What the day says of a visit that is over. */
    over: day.data?.over.find(({ id }) => id === visit_id),
    asked: !day.isFetching,
  };
}

/** Whether the app may ask the server about this visit now. */
export function useMayAsk(visit_id: string): boolean {
  const day = useQuery(myDayQuery).data;
  const queue = useQueue();
  return mayAsk(day, queue, visit_id);
}

/** The service order as it stands on this phone. */
export function useServiceOrderHere(visit: Visit) {
  const query = useQuery({ ...serviceOrderQuery(visit.order.id), enabled: useMayAsk(visit.id) });
  const ops = useWaitingOps(visit.id);
  return { ...query, data: orderHere(query.data, ops) } as typeof query;
}

function pathOf(visit_id: string, kind: DeedKind, body: unknown): string {
  const charge_id = kind === 'charge-remove' ? (body as Deeds['charge-remove']).charge_id : undefined;
  return charge_id ? `/api/visits/${visit_id}/charges/${charge_id}/remove` : `/api/visits/${visit_id}/${kind}`;
}

/** The server's own words for its refusals of visits, loaded with the screens. */
const refusalTexts = 'errors_visits';

/** A refusal that this phone can give by itself, in the words that the server has for it. */
function localProblem(code: string, values: Record<string, string>): Problem {
  const text = (part: string) => t(`${refusalTexts}.${code}.${part}`, values);
  return { status: 409, code, title: text('title'), detail: text('detail'), cure: text('cure'), errors: [] };
}

function refusalHere(visit: Visit, kind: DeedKind, body: unknown): Problem | undefined {
  if (kind === 'answer') {
    const { item, result } = body as { item: string; result: string };
    const need = answerRefusal(visit, item, result);
    return need && localProblem(need.code, need.values);
  }
  if (kind === 'evidence' && (body as Deeds['evidence']).kind === 'after') {
    const need = quoteNeed(visit);
    return need && localProblem(need.code, need.values);
  }
  return undefined;
}

/** What has to be worked out when a deed is kept: payer and quote, as long as digests can't be made while drawing. */
async function seenOf(
  visit: Visit,
  kind: DeedKind,
  op: Op,
  ops: readonly Op[],
  packet: Packet,
): Promise<Seen | undefined> {
  if (kind !== 'charge' && kind !== 'charge-remove' && kind !== 'exclusion') return undefined;
  const seen: Seen = {};
  if (kind === 'charge') {
    const line = packet.prices.find(({ id }) => id === (op.body as Deeds['charge']).price_line_id);
    const payer = line && payersNow(visit, ops, packet)(line.kind);
    if (payer) seen.payer = payer;
  }
  const after = standsHere(visit, [{ ...op, seen }], packet);
  if (after.charges.totals.total_minor > 0) {
    const document = quoteDocument(after.order.number, after.charges.items);
    seen.quote = { sha256: await digestOf(document), document };
  }
  return seen;
}

/** What a screen wants of a deed beside doing it. */
export interface Doing {
  files?: readonly KeptFile[];
  /** Called in the moment in which the deed comes on screen: the form is emptied, together with the line that appears. */
  kept?: () => void;
  /**
   * Called when the server refused it while the screen still stands: puts back what was typed. False if it can't, because
   * something else stands there now; then the deed stays in the outbox.
   */
  back?: () => boolean;
  /** Waits for the answer where there is a signal: somebody stands there who has to know. */
  hear?: boolean;
}

const turns = new Map<string, Promise<unknown>>();

/** One after the other per visit: what is done next is judged by what was done before. */
function inTurn<T>(visit_id: string, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(visit_id) ?? Promise.resolve()).then(work);
  const end: Promise<unknown> = turn
    .catch(() => {})
    .then(() => {
      if (turns.get(visit_id) === end) turns.delete(visit_id);
    });
  turns.set(visit_id, end);
  return turn;
}

/**
 * Something done on a visit. `run` resolves to true once it is kept on this phone, and false if it was refused here or could not be
 * kept; `problem` then says why. What the server refuses later stands in `problem` as well, as long as the screen does: if `back`
 * gives back what was typed and nothing was made on top of it, nothing of it stays in the outbox.
 */
export function useDeed<Kind extends DeedKind>(visit: Visit, kind: Kind) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const keeping = useRef<string>(undefined);
  const mounted = useRef(true);
  const clear = useCallback(() => setProblem(undefined), []);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  /** Keeps it and brings it on screen; resolves to the id, or undefined if that was refused. */
  const keep = async (body: Deeds[Kind], { files = [], kept }: Doing, heard: (id: string) => void) => {
    const me = queries.getQueryData(meQuery.queryKey) ?? (await queries.fetchQuery(meQuery));
    const refused = refusalHere(visitNow(queries, visit), kind, body);
    setProblem(refused);
    if (refused) return undefined;
    const id = newOpId();
    const sent = kind === 'charge-remove' || body === undefined ? {} : body;
    const path = pathOf(visit.id, kind, body);
    const draft = { id, kind, body: sent, path, made_at: new Date().toISOString() } as Op;
    const work = async () => {
      if (kind === 'present') {
        const document = (body as Deeds['present']).shown;
        return { shown: { document, sha256: await digestOf(document) } };
      }
      const ops = ofLane(outbox().ops, visit.id);
      return seenOf(visitNow(queries, visit), kind, draft, ops, packetNow(queries, visit));
    };
    let seen = await work();
    // Phones never decide who pays (decision 13): the day's packet says it, or the server when it has all that came before.
    if (kind === 'charge' && !(seen as Seen).payer) {
      const alone = navigator.onLine && (await outbox().drained(visit.id, patience_ms));
      seen = await work();
      if (!alone && !(seen as Seen).payer) {
        setProblem(localProblem('visit_coverage_undecided', {}));
        return undefined;
      }
    }
    heard(id);
    await outbox().add(
      {
        id,
        account_id: me.id,
        lane: visit.id,
        kind,
        path,
        body: sent,
        files,
        ...(seen ? { seen } : {}),
        title: { number: visit.number, place: visit.order.site.name },
      },
      (show) =>
        flushSync(() => {
          kept?.();
          show();
        }),
    );
    return id;
  };

  /** A refusal came: whether what was done stands on the screen again, and not in the outbox. */
  const takeBack = async (
    id: string,
    refused: Problem,
    whole_lane: boolean,
    back: (whole_lane: boolean) => boolean,
  ) => {
    if (mounted.current) setProblem(refused);
    // Somebody else's visit is not asked for again; the day says so.
    if (!whole_lane)
      void queries.invalidateQueries({ queryKey: keys.part('work_order', visit.order.id, 'service_order') });
    void queries.invalidateQueries({ queryKey: myDayQuery.queryKey });
    const lane = ofLane(outbox().ops, visit.id);
    if (!mounted.current || lane.at(-1)?.id !== id || !back(whole_lane)) return false;
    await outbox().drop([id]);
    return true;
  };

  const run = async (body: Deeds[Kind], doing: Doing = {}): Promise<boolean> => {
    const same = JSON.stringify(body) ?? '';
    // A double tap is one deed.
    if (keeping.current === same) return false;
    keeping.current = same;
    setBusy(true);
    const { hear = false } = doing;
    // What was typed for a visit that is gone belongs to the desk: it stays where it can be handed in.
    const back = (whole_lane: boolean) => (doing.back ? !whole_lane && doing.back() : true);
    const online = navigator.onLine;
    let answer: Promise<Outcome | undefined> = Promise.resolve(undefined);
    try {
      const id = await inTurn(visit.id, () =>
        keep(body, doing, (made) => {
          answer = outbox().answer(made, patience_ms);
        }),
      );
      if (id === undefined) return false;
      if (!online) return true;
      const told = answer.then((outcome) =>
        outcome?.type === 'refused' ? takeBack(id, outcome.problem, outcome.whole_lane, back) : false,
      );
      if (hear) return !(await told);
      // If even that can't be kept, it stays in the outbox.
      told.catch(() => {});
      return true;
    } catch (error) {
      if (mounted.current) setProblem(notKept(error));
      return false;
    } finally {
      if (keeping.current === same) keeping.current = undefined;
      setBusy(false);
    }
  };
  return { run, busy, problem, clear };
}

// The phone refused to keep it (storage full, private window): nothing was lost, it still stands in the form.
function notKept(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return {
    status: 507,
    code: 'not_kept',
    title: t('field.outbox.not_kept.title'),
    detail: t('field.outbox.not_kept.detail'),
    cure: t('field.outbox.not_kept.cure'),
    errors: [],
  };
}

function noDraft(): Problem {
  return {
    status: 409,
    code: 'no_draft',
    title: t('visits.offline.no_draft.title'),
    detail: t('visits.offline.no_draft.detail'),
    cure: t('visits.offline.no_draft.cure'),
    errors: [],
  };
}

/**
 * Freezes the service order and shows it. With a signal the server makes it; without one the phone shows what stands here, and the
 * server compares it later. `run` resolves to whether it is shown.
 */
export function usePresent(visit: Visit) {
  const queries = useQueryClient();
  const deed = useDeed(visit, 'present');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const key = serviceOrderQuery(visit.order.id).queryKey;

  const run = async (): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setProblem(undefined);
    try {
      // With a signal the server shows what stands there, once it has all that was done here.
      if (navigator.onLine && (await outbox().drained(visit.id, patience_ms))) {
        const made = await presentNow(visit.id);
        if (!('problem' in made)) {
          shown(queries, visitNow(queries, visit), made.order);
          void queries.invalidateQueries({ queryKey: myDayQuery.queryKey });
          return true;
        }
        if (made.problem.status > 0 && made.problem.status < 500) {
          setProblem(made.problem);
          void queries.invalidateQueries({ queryKey: myDayQuery.queryKey });
          return false;
        }
      }
      const draft = queries.getQueryData(key);
      if (!draft) {
        setProblem(noDraft());
        return false;
      }
      const ops = ofLane(outbox().ops, visit.id);
      const { document } = await shownHere(draft.document, visitNow(queries, visit), ops);
      return await deed.run({ shown: document });
    } finally {
      setBusy(false);
    }
  };
  return { run, busy: busy || deed.busy, problem: problem ?? deed.problem };
}

async function presentNow(id: string): Promise<{ order: ServiceOrderView } | { problem: Problem }> {
  try {
    return {
      order: await call(
        api.POST('/api/visits/{id}/present', { params: { path: { id } }, body: {}, signal: within(patience_ms) }),
      ),
    };
  } catch (error) {
    const problem = toProblem(error);
    return { problem: problem.code === 'page_fault' ? { ...problem, status: 0 } : problem };
  }
}
