/**
 * The service order that a phone shows without a signal: the last draft of the server with what was done here. The server
 * compares it with what it finds before it freezes it (`present`), so nothing here decides.
 */
import type { Op } from '../../outbox/model.ts';
import type { Schemas, ServiceOrder, ServiceOrderView, Visit } from '../requests.ts';
import type { Seen } from './apply.ts';
import { digestOf } from './canonical.ts';
import { documentLine, documentTotals } from './money.ts';

/** The document of a visit as it stands on this phone. `draft` is the server's last one of the same work order. */
export function documentHere(draft: ServiceOrder, visit: Visit, ops: readonly Op[]): ServiceOrder {
  const answers = new Map(visit.answers.map((answer) => [answer.item, answer]));
  const shown = visit.checklist.items.filter(({ section }) => section !== 'departure');
  const lines = visit.charges.items.map((charge) => {
    const before = draft.lines.find(({ id }) => id === charge.id);
    const line = documentLine(charge);
    return before?.covered_until ? { ...line, covered_until: before.covered_until } : line;
  });
  const excluded = ops
    .filter(({ kind, body }) => kind === 'exclusion' && (body as Schemas['ExcludeOnSite']).decision)
    .map(({ body }) => (body as Schemas['ExcludeOnSite']).code);
  const stampOf = (step: string) => {
    const stamp = visit.stamps.find((each) => each.step === step);
    return stamp ? (stamp.device_at ?? stamp.at) : null;
  };
  const agreed = ops.findLast(({ kind }) => kind === 'acknowledge');
  const coverage = draft.coverage && {
    ...draft.coverage,
    verdict: visit.order.coverage?.verdict ?? draft.coverage.verdict,
    exclusions: [...new Set([...draft.coverage.exclusions, ...excluded])],
  };
  const guidance = visit.guidance.map(({ who, topic, minutes }) => ({ who, topic, minutes }));
  const { guidance: _, ...rest } = draft;
  return {
    ...rest,
    findings: visit.findings.map(({ text, fault_code, cause_code, action }) => ({
      text,
      fault_code: fault_code ?? null,
      cause_code,
      action,
    })),
    checklist: {
      ...draft.checklist,
      items: shown.map(({ section, text, key }) => ({ section, text, answer: bare(answers.get(key)) })),
    },
    ...(guidance.length > 0 ? { guidance } : {}),
    old_parts: visit.old_parts.map(({ name, serial, quantity, fate }) => ({
      name,
      serial: serial ?? null,
      quantity,
      fate,
    })),
    photos: visit.evidence.map(({ kind, sha256 }) => ({ kind, sha256 })),
    coverage,
    lines,
    totals: documentTotals(lines, visit.charges.items[0]?.currency ?? draft.totals.currency),
    times: {
      ...draft.times,
      departed_at: stampOf('depart'),
      arrived_at: visit.arrived_at ?? null,
      started_at: stampOf('start'),
      self_checked_at: visit.self_checked_at ?? null,
    },
    quote: agreed ? quotePart(agreed) : (draft.quote ?? null),
  };
}

// Only what the document shows of an answer: no key, no mark of this phone.
function bare(answer: Visit['answers'][number] | undefined): Schemas['Answer'] | null {
  if (!answer) return null;
  if (answer.result === 'skipped') return { result: 'skipped', reason: answer.reason.trim() };
  if (answer.result === 'failed') return { result: 'failed', note: answer.note.trim() };
  return { result: 'done', note: answer.note?.trim() || null };
}

function quotePart(op: Op): Schemas['QuotePart'] {
  const body = op.body as Schemas['AcknowledgeQuote'];
  return {
    sha256: body.quote_hash,
    signer_name: body.signer_name.trim(),
    // Not known here, and not compared by the server: it makes the digest of the strokes.
    strokes_sha256: '',
    signed_at: op.made_at,
  };
}

/** The document with its digest, as it is shown and kept. */
export async function shownHere(draft: ServiceOrder, visit: Visit, ops: readonly Op[]) {
  const document = documentHere(draft, visit, ops);
  return { document, sha256: await digestOf(document) };
}

/** The service order on screen: what this phone showed and still has to send, else the server's. */
export function orderHere(order: ServiceOrderView | undefined, ops: readonly Op[]): ServiceOrderView | undefined {
  const shown = ops.findLast(({ kind }) => kind === 'present');
  const seen = shown && (shown.seen as Seen | undefined)?.shown;
  if (!shown || !seen) return order;
  return {
    ...(order ?? {}),
    document: seen.document,
    sha256: seen.sha256,
    shown_at: shown.made_at,
    signature: null,
  };
}
