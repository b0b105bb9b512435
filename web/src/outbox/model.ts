/**
 * The outbox of a phone: what was done and not yet taken by the server. Pure: queue and answer in, queue out.
 *
 * Each operation carries the id that the server knows it by (its Idempotency-Key), so that sending it again changes nothing
 * twice. The operations of a lane (a visit) go one after the other; a refused one holds those behind it until a person
 * decides, because they were made on top of it. Lanes don't wait for each other.
 */
import { isTransient, type Problem } from '../api/problem.ts';

/** Something done on the phone. */
export interface Op {
  /** UUIDv7: the command's id on the server. */
  id: string;
  /** The place in this phone's queue; rises. */
  order: number;
  /** Whose it is: nobody else's session sends it. */
  account_id: string;
  /** What it has to keep its order within: the visit's id. */
  lane: string;
  /** Which step it is: `finding`, `depart`, … */
  kind: string;
  path: string;
  body: unknown;
  /** Digests of files that have to be on the server before. */
  files: readonly string[];
  /** What was worked out when it was made: what the customer was shown, the prices. Never sent. */
  seen?: unknown;
  /** When it was done, by the device's clock as corrected by the server's last answer (RFC 3339, whole seconds). */
  made_at: string;
  /** The correction at that moment, in milliseconds: server minus device. */
  offset_ms: number;
  /** Seconds by which the device's clock was ahead when it was last measured. */
  drift_s: number;
  /** What to call it on the screen. */
  title: { number: string; place: string };
  state: 'waiting' | 'refused';
  /** How often it was sent without a definite answer. */
  tries: number;
  /** Not before this, by the device's clock. */
  next_try_ms: number;
  /** The last answer that was no success. */
  problem?: Problem;
}

export type Queue = readonly Op[];

/** What an answer means for an operation. */
export type Outcome =
  /** The server has it: now, or since an earlier delivery. */
  | { type: 'done' }
  /** No definite answer: the same again, later. */
  | { type: 'again'; problem: Problem }
  /** Nobody is signed in, or not yet with the second factor that the role asks for: the whole queue waits for that. */
  | { type: 'signed_out'; problem: Problem }
  /** Refused: it stays as it is until a person decides. `whole_lane` when nothing of the visit can be taken any more. */
  | { type: 'refused'; problem: Problem; whole_lane: boolean };

/** Answers after which nothing more of the visit can be taken from this phone. */
const gone = new Set(['visit_unknown', 'visit_cancelled', 'visit_declined', 'visit_left', 'permission_missing']);

/** What the answer means; no problem is success. */
export function outcomeOf(problem: Problem | undefined): Outcome {
  if (!problem) return { type: 'done' };
  // The id is known: an earlier delivery was taken, and its answer is no longer kept.
  if (problem.code === 'already_applied') return { type: 'done' };
  // The step stands already, by another phone or the desk: what was wanted is so.
  if (problem.code === 'visit_step_done') return { type: 'done' };
  // The second factor comes first: what waits goes on after that, as after signing in.
  if (problem.status === 401 || problem.code === 'second_factor_required') return { type: 'signed_out', problem };
  if (isTransient(problem) || problem.status === 408) return { type: 'again', problem };
  return { type: 'refused', problem, whole_lane: problem.status === 403 || gone.has(problem.code) };
}

/** The first pause, in milliseconds: where only an answer was lost, the next try gets it. Each further one is four times as long. */
const firstPause_ms = 60;
/** The longest pause where nothing answers: a phone often isn't told that its signal is back. */
const longestSilence_ms = 6000;
/** The longest pause where the server answers that it can't: it has to be left alone. */
const longestPause_ms = 60_000;

/** How long to wait after the `tries`-th failure; `random` in 0…1 keeps phones of one dead zone from coming all at once. */
export function pause_ms(tries: number, random: number, retry_after_s = 0, answered = true): number {
  const longest = answered ? longestPause_ms : longestSilence_ms;
  const grown = Math.min(longest, firstPause_ms * 4 ** Math.min(tries, 8));
  return Math.max(retry_after_s * 1000, grown * (0.75 + random / 2));
}

const byOrder = (a: Op, b: Op) => a.order - b.order;

/** The operations of an account that can be sent now: the first of each lane, unless it is refused or pauses. */
export function due(queue: Queue, account_id: string, now_ms: number): Op[] {
  return heads(queue, account_id).filter((op) => op.state === 'waiting' && op.next_try_ms <= now_ms);
}

/** When the next one may be sent; undefined when none waits for time alone. */
export function nextWake(queue: Queue, account_id: string): number | undefined {
  const times = heads(queue, account_id)
    .filter((op) => op.state === 'waiting')
    .map((op) => op.next_try_ms);
  return times.length > 0 ? Math.min(...times) : undefined;
}

/** The first operation of each lane of an account. */
function heads(queue: Queue, account_id: string): Op[] {
  const lanes = new Map<string, Op>();
  for (const op of [...queue].sort(byOrder))
    if (op.account_id === account_id && !lanes.has(op.lane)) lanes.set(op.lane, op);
  return [...lanes.values()];
}

/** What a lane still holds, in order. */
export const ofLane = (queue: Queue, lane: string): Op[] => queue.filter((op) => op.lane === lane).sort(byOrder);

/** Whether an operation waits for one before it that was refused. */
export function isHeld(queue: Queue, op: Op): boolean {
  return ofLane(queue, op.lane).some(({ order, state }) => order < op.order && state === 'refused');
}

/** The queue after an answer. */
export function settle(queue: Queue, id: string, outcome: Outcome, now_ms: number, random: number): Queue {
  const op = queue.find((each) => each.id === id);
  if (!op) return queue;
  switch (outcome.type) {
    case 'done':
      return queue.filter((each) => each.id !== id);
    case 'signed_out':
      return change(queue, id, { problem: outcome.problem });
    case 'again': {
      const tries = op.tries + 1;
      const { status, retry_after_s } = outcome.problem;
      const next_try_ms = now_ms + pause_ms(op.tries, random, retry_after_s, status > 0);
      return change(queue, id, { tries, next_try_ms, problem: outcome.problem });
    }
    case 'refused':
      return queue.map((each) =>
        each.id === id || (outcome.whole_lane && each.lane === op.lane && each.account_id === op.account_id)
          ? { ...each, state: 'refused', problem: outcome.problem }
          : each,
      );
  }
}

function change(queue: Queue, id: string, by: Partial<Op>): Queue {
  return queue.map((op) => (op.id === id ? { ...op, ...by } : op));
}

/** Everything that only pauses may be sent at once: the network is back, or a person asked for it. */
export function hurry(queue: Queue): Queue {
  return queue.map((op) => (op.state === 'waiting' && op.next_try_ms > 0 ? { ...op, next_try_ms: 0 } : op));
}

/** A refused one, and with it what else of its lane was refused for the same reason, is to be tried again. */
export function retry(queue: Queue, id: string): Queue {
  const op = queue.find((each) => each.id === id);
  if (!op) return queue;
  return queue.map((each) => {
    const same = each.id === id || (each.lane === op.lane && each.problem?.code === op.problem?.code);
    if (!same || each.state !== 'refused') return each;
    const { problem: _, ...rest } = each;
    return { ...rest, state: 'waiting', tries: 0, next_try_ms: 0 };
  });
}

/** Takes operations out: a person said so, or handed them in otherwise. */
export function drop(queue: Queue, ids: readonly string[]): Queue {
  return queue.filter(({ id }) => !ids.includes(id));
}

/** The seconds to tell with an operation: how wrong its time may be. A clock that was set meanwhile counts as well. */
export function driftToTell(op: Op, offset_now_ms: number): number {
  const moved_s = Math.round((op.offset_ms - offset_now_ms) / 1000);
  return Math.abs(moved_s) > Math.abs(op.drift_s) ? moved_s : op.drift_s;
}

/** A UUIDv7 (RFC 9562): milliseconds, then 74 random bits. */
export function uuidv7(now_ms: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  bytes.set(random.subarray(0, 16));
  let left = now_ms;
  for (let at = 5; at >= 0; at -= 1) {
    bytes[at] = left % 256;
    left = Math.floor(left / 256);
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
