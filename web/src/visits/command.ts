/**
 * What an engineer does on a visit: kept on this phone first, then sent (outbox). With a signal the answer is waited for, so that
 * a refusal stands at its field; without one the visit goes on as if it had been taken, marked as not sent.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import { api, call } from '../api/client.ts';
import { within } from '../api/network.ts';
import { type Problem, toProblem } from '../api/problem.ts';
import { keys } from '../api/queries.ts';
import { t } from '../i18n/index.ts';
import { meQuery } from '../identity/me.ts';
import { type Op, ofLane } from '../outbox/model.ts';
import { newOpId, outbox, useQueue } from '../outbox/outbox.ts';
import type { KeptFile } from '../outbox/store.ts';
import { type Packet, payersNow, type Seen, standsHere } from './offline/apply.ts';
import { digestOf } from './offline/canonical.ts';
import { quoteDocument } from './offline/money.ts';
import { orderHere, shownHere } from './offline/paper.ts';
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
}

export type DeedKind = keyof Deeds;

/** How long a screen waits for the answer before it goes on as without a signal, in milliseconds. */
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

/** What of a visit waits on this phone. */
export function useWaitingOps(visit_id: string): Op[] {
  const queue = useQueue();
  return useMemo(() => ofLane(queue, visit_id), [queue, visit_id]);
}

/** A visit as it stands on this phone: the server's, with what waits to be sent on top. */
export function useVisitHere(visit_id: string) {
  const queries = useQueryClient();
  const query = useQuery({
    ...visitQuery(visit_id),
    // The day's card holds the whole visit: it is on screen at once, and then read again.
    placeholderData: () => queries.getQueryData(myDayQuery.queryKey)?.visits.find(({ id }) => id === visit_id),
  });
  const ops = useWaitingOps(visit_id);
  const packet = usePacket(query.data);
  const here = useMemo(() => query.data && standsHere(query.data, ops, packet), [query.data, ops, packet]);
  return { query: { ...query, data: here } as typeof query, ops, packet };
}

/** The service order as it stands on this phone. */
export function useServiceOrderHere(visit: Visit) {
  const query = useQuery(serviceOrderQuery(visit.order.id));
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

/**
 * Something done on a visit. `run` resolves to true once it is done as far as this phone can tell: taken by the server, or kept
 * to be sent. When it was refused it resolves to false, `problem` says why, and nothing of it stays in the outbox, because what was
 * typed still stands on the screen.
 */
export function useDeed<Kind extends DeedKind>(visit: Visit, kind: Kind) {
  const me = useQuery(meQuery).data;
  const packet = usePacket(visit);
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const running = useRef(false);
  const clear = useCallback(() => setProblem(undefined), []);

  const run = async (body: Deeds[Kind], files: readonly KeptFile[] = []): Promise<boolean> => {
    if (running.current || !me) return false;
    const refused = refusalHere(visit, kind, body);
    setProblem(refused);
    if (refused) return false;
    running.current = true;
    setBusy(true);
    try {
      const ops = ofLane(outbox().ops, visit.id);
      const id = newOpId();
      const sent = kind === 'charge-remove' || body === undefined ? {} : body;
      const path = pathOf(visit.id, kind, body);
      const draft = { id, kind, body: sent, path, made_at: new Date().toISOString() } as Op;
      const seen =
        kind === 'present'
          ? {
              shown: {
                document: (body as Deeds['present']).shown,
                sha256: await digestOf((body as Deeds['present']).shown),
              },
            }
          : await seenOf(visit, kind, draft, ops, packet);
      // Phones never decide who pays (decision 13): without a signal the day's packet has to say it.
      if (kind === 'charge' && !(seen as Seen).payer && (ops.length > 0 || !navigator.onLine)) {
        setProblem(localProblem('visit_coverage_undecided', {}));
        return false;
      }
      const answered = outbox().answer(id, patience_ms);
      await outbox().add({
        id,
        account_id: me.id,
        lane: visit.id,
        kind,
        path,
        body: sent,
        files,
        ...(seen ? { seen } : {}),
        title: { number: visit.number, place: visit.order.site.name },
      });
      if (ops.length > 0 || !navigator.onLine) return true;
      const outcome = await answered;
      if (outcome?.type !== 'refused') return true;
      setProblem(outcome.problem);
      await outbox().drop([id]);
      void queries.invalidateQueries({ queryKey: keys.one('visit', visit.id) });
      void queries.invalidateQueries({ queryKey: myDayQuery.queryKey });
      return false;
    } catch {
      setProblem(notKept());
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { run, busy, problem, clear };
}

// The phone refused to keep it (storage full, private window): nothing was lost, it still stands in the form.
function notKept(): Problem {
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
  const ops = useWaitingOps(visit.id);
  const deed = useDeed(visit, 'present');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const key = serviceOrderQuery(visit.order.id).queryKey;

  const run = async (): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setProblem(undefined);
    try {
      if (ops.length === 0 && navigator.onLine) {
        const shown = await presentNow(visit.id);
        if (!('problem' in shown)) {
          queries.setQueryData(key, shown.order);
          await queries.invalidateQueries({ queryKey: keys.one('visit', visit.id), exact: true });
          return true;
        }
        if (shown.problem.status > 0 && shown.problem.status < 500) {
          setProblem(shown.problem);
          void queries.invalidateQueries({ queryKey: keys.one('visit', visit.id) });
          return false;
        }
      }
      const draft = queries.getQueryData(key);
      if (!draft) {
        setProblem(noDraft());
        return false;
      }
      const { document } = await shownHere(draft.document, visit, ops);
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
