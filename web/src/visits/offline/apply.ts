/**
 * A visit as it stands on this phone: what the server told last, and on top of it what was done here and is not sent yet.
 * Pure. An operation whose effect the server's visit shows already changes nothing.
 */
import type { Op } from '../../outbox/model.ts';
import type { Answer, DayCard, PriceLine, Schemas, ServiceOrder, Visit, VisitStep } from '../requests.ts';
import { chargeOf, chargesView, type PayerOf, quoteDocument, repaid } from './money.ts';
import { restanding } from './standing.ts';

/** What of the day's packet prices and payers are taken from. */
export interface Packet {
  card: DayCard | undefined;
  prices: readonly PriceLine[];
  /** Who pays each kind of charge by the decision in force. */
  payers: readonly { kind: string; payer?: Schemas['Payer'] | null }[] | undefined;
}

/** What was worked out when an operation was made, because digests can't be made while drawing. */
export interface Seen {
  /** The quote after it. */
  quote?: { sha256: string; document: Schemas['QuoteDocument'] };
  /** What the customer was shown. */
  shown?: { sha256: string; document: ServiceOrder };
  /** Who pays a charge, by the packet. */
  payer?: Schemas['Payer'];
}

const seenOf = (op: Op): Seen => (op.seen ?? {}) as Seen;

/** A mark on what is not sent yet. */
export interface Unsent {
  unsent: true;
}

/** Whether something on a visit is not sent yet. */
export const isUnsent = (of: object): boolean => 'unsent' in of;

/** Steps that a later state includes: an operation behind it has had its effect. */
const stateAfter: Partial<Record<string, { from: readonly Visit['state'][]; to: Visit['state']; step: VisitStep }>> = {
  accept: { from: ['dispatched'], to: 'accepted', step: 'accept' },
  depart: { from: ['accepted'], to: 'travelling', step: 'depart' },
  arrive: { from: ['travelling'], to: 'arrived', step: 'arrive' },
  start: { from: ['arrived'], to: 'working', step: 'start' },
  resume: { from: ['paused'], to: 'working', step: 'resume' },
  pause: { from: ['working'], to: 'paused', step: 'pause' },
  done: { from: ['working'], to: 'done', step: 'done' },
  'partly-done': { from: ['working', 'paused'], to: 'partly_done', step: 'partly_done' },
  'no-access': { from: ['travelling', 'arrived'], to: 'no_access', step: 'no_access' },
  leave: { from: ['done', 'partly_done', 'no_access'], to: 'left', step: 'leave' },
  decline: { from: ['dispatched', 'accepted'], to: 'declined', step: 'decline' },
};

/** The visit with everything on top that waits in the outbox, refused or not. */
export function standsHere(visit: Visit, ops: readonly Op[], packet: Packet): Visit {
  if (ops.length === 0) return visit;
  return ops.reduce((now, op) => restanding(applied(now, op, packet)), visit);
}

/** Who pays by the packet: the decision in force, or the verdict if the exclusion recorded last were decided. */
export function payersNow(visit: Visit, ops: readonly Op[], packet: Packet): PayerOf {
  const decided = ops.findLast(({ kind, body }) => kind === 'exclusion' && (body as Schemas['ExcludeOnSite']).decision);
  const code = decided && (decided.body as Schemas['ExcludeOnSite']).code;
  const charges = code ? packet.card?.exclusions.find((each) => each.code === code)?.charges : packet.payers;
  return (kind) => {
    // Without a device there is nothing to be covered: the customer pays.
    if (!visit.order.asset) return 'customer';
    return charges?.find((charge) => charge.kind === kind)?.payer ?? undefined;
  };
}

function stamped(visit: Visit, step: VisitStep, op: Op, more: Partial<Visit['stamps'][number]> = {}): Visit {
  const stamp: Visit['stamps'][number] & Unsent = {
    step,
    at: op.made_at,
    device_at: op.made_at,
    ...more,
    unsent: true,
  };
  return { ...visit, stamps: [...visit.stamps, stamp] };
}

function applied(visit: Visit, op: Op, packet: Packet): Visit {
  const moved = stateAfter[op.kind];
  if (moved) {
    if (!moved.from.includes(visit.state)) return visit;
    const body = op.body as {
      reason?: string;
      note?: string | null;
      late_reason?: string | null;
      answers?: Answered[];
    };
    const next = stamped({ ...visit, state: moved.to, state_code: null, state_note: null }, moved.step, op);
    switch (op.kind) {
      case 'depart':
        return { ...next, answers: [...next.answers, ...(body.answers ?? [])] };
      case 'arrive':
        return { ...next, arrived_at: op.made_at };
      case 'pause':
        return { ...next, state_code: body.reason ?? null, state_note: body.note ?? null };
      case 'leave':
        return { ...next, left_at: op.made_at };
      default:
        return body.reason ? { ...next, state_note: body.reason } : next;
    }
  }
  switch (op.kind) {
    case 'finding':
      return { ...visit, findings: [...visit.findings, finding(visit, op)] };
    case 'answer': {
      const answer = op.body as Answered;
      const answers = [...visit.answers.filter(({ item }) => item !== answer.item), { ...answer, unsent: true }];
      return { ...visit, answers, self_checked_at: null };
    }
    case 'evidence': {
      const { kind, sha256 } = op.body as Schemas['NewEvidence'];
      return { ...visit, evidence: withPhoto(visit, op, kind, sha256) };
    }
    case 'old-part': {
      const body = op.body as Schemas['NewOldPart'];
      const part: Visit['old_parts'][number] & Unsent = {
        id: op.id,
        visit_id: visit.id,
        name: body.name.trim(),
        serial: body.serial?.trim() || null,
        quantity: body.quantity ?? 1,
        fate: body.fate,
        at: op.made_at,
        unsent: true,
      };
      return { ...visit, old_parts: [...visit.old_parts, part] };
    }
    case 'guidance': {
      const { who, topic, minutes } = op.body as Schemas['NewGuidance'];
      const one: Visit['guidance'][number] & Unsent = {
        id: op.id,
        visit_id: visit.id,
        who: who.trim(),
        topic: topic.trim(),
        minutes,
        at: op.made_at,
        unsent: true,
      };
      return { ...visit, guidance: [...visit.guidance, one] };
    }
    case 'device': {
      const body = op.body as Schemas['CheckDevice'];
      const one: Visit['devices'][number] & Unsent = {
        id: op.id,
        visit_id: visit.id,
        said: body.said,
        asset_id: body.asset_id ?? null,
        method: body.method,
        matches: body.asset_id != null && body.asset_id === visit.order.asset?.id,
        reason: body.reason ?? null,
        at: op.made_at,
        unsent: true,
      };
      return { ...visit, devices: [...(visit.devices ?? []), one] };
    }
    case 'exclusion':
      return excluded(visit, op, packet);
    case 'charge':
      return charged(visit, op, packet);
    case 'charge-remove': {
      const id = op.path.split('/').at(-2);
      const items = visit.charges.items.filter((charge) => charge.id !== id);
      return quoted({ ...visit, charges: chargesView(items) }, op);
    }
    case 'acknowledge':
      return visit.quote ? { ...visit, quote: { ...visit.quote, acknowledged: true } } : visit;
    case 'self-check':
      return stamped({ ...visit, self_checked_at: op.made_at }, 'self_check', op);
    case 'present':
      return stamped({ ...visit, document_sha256: seenOf(op).shown?.sha256 ?? visit.document_sha256 }, 'present', op);
    case 'sign':
      return stamped({ ...visit, signed_at: op.made_at }, 'sign', op);
    case 'refuse-signature':
      return stamped({ ...visit, signed_at: op.made_at }, 'refuse_signature', op);
    default:
      return visit;
  }
}

type Answered = Answer & { item: string };

function finding(visit: Visit, op: Op): Visit['findings'][number] & Unsent {
  const body = op.body as Schemas['NewFinding'];
  return {
    visit_id: visit.id,
    text: body.text.trim(),
    fault_code: body.fault_code?.trim() || null,
    cause_code: body.cause_code.trim(),
    action: body.action.trim(),
    at: op.made_at,
    unsent: true,
  };
}

function withPhoto(visit: Visit, op: Op, kind: Schemas['VisitEvidenceKind'], sha256: string): Visit['evidence'] {
  if (visit.evidence.some((photo) => photo.kind === kind && photo.sha256 === sha256)) return visit.evidence;
  const photo: Visit['evidence'][number] & Unsent = {
    id: op.id,
    visit_id: visit.id,
    kind,
    sha256,
    at: op.made_at,
    device_at: op.made_at,
    unsent: true,
  };
  return [...visit.evidence, photo];
}

function excluded(visit: Visit, op: Op, packet: Packet): Visit {
  const body = op.body as Schemas['ExcludeOnSite'];
  const preview = packet.card?.exclusions.find(({ code }) => code === body.code);
  if (!preview || !visit.order.coverage) return visit;
  const verdict = body.decision ? preview.verdict : 'undecided';
  const coverage = { ...visit.order.coverage, verdict, layer: null, until: null };
  const payerOf: PayerOf = (kind) => preview.charges.find((charge) => charge.kind === kind)?.payer ?? undefined;
  const items = body.decision ? repaid(visit.charges.items, payerOf) : visit.charges.items;
  return quoted({ ...visit, order: { ...visit.order, coverage }, charges: chargesView(items) }, op);
}

function charged(visit: Visit, op: Op, packet: Packet): Visit {
  const body = op.body as Schemas['NewCharge'];
  const line = packet.prices.find(({ id }) => id === body.price_line_id);
  if (!line || visit.charges.items.some(({ id }) => id === op.id)) return visit;
  const payer = seenOf(op).payer ?? 'customer';
  const made = {
    ...chargeOf(
      op.id,
      op.made_at,
      visit,
      packet.card,
      line,
      body.quantity_milli,
      body.part_serial?.trim() || null,
      payer,
    ),
    unsent: true,
  };
  return quoted({ ...visit, charges: chargesView([...visit.charges.items, made]) }, op);
}

/** The quote after a change of charges, as it was worked out when the change was made. */
function quoted(visit: Visit, op: Op): Visit {
  const document = quoteDocument(visit.order.number, visit.charges.items);
  if (document.totals.customer_minor === 0) return { ...visit, quote: null };
  const known = seenOf(op).quote;
  const sha256 = known?.sha256 ?? '';
  // Agreed lines stay agreed only as long as they are exactly these.
  return {
    ...visit,
    quote: { acknowledged: visit.quote?.acknowledged === true && visit.quote.sha256 === sha256, sha256, document },
  };
}
