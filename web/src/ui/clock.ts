/** What a service clock shows at an instant. Pure; the badge draws it. */
import { type Instant, toMs } from './format.ts';

/** A clock as the server tells it: its figures at `as_of`, and until when they can be carried on without asking again. */
export interface ClockView {
  /** respond, arrive, restore, answer_complaint, depot_turnaround */
  kind: string;
  /** Counts working time of a calendar, or every hour. */
  basis: 'working' | 'natural';
  state: 'running' | 'paused' | 'met' | 'missed';
  /** The whole target, seconds of its basis. */
  target_s: number;
  /** What was left at `as_of`, seconds of its basis; below zero when overdue. */
  remaining_s: number;
  as_of: Instant;
  due_at?: Instant | null;
  /** Whether it counts at `as_of`: false outside of working hours. */
  ticking?: boolean;
  /** When `ticking` changes next (start or end of working hours). */
  changes_at?: Instant | null;
  /** Why it is paused, in words. */
  pause_reason?: string | null;
  /** When it was met or stopped. */
  stopped_at?: Instant | null;
}

/** How the badge is drawn. */
export type ClockTone = 'running' | 'near' | 'missed' | 'paused' | 'met';

/** The seconds left at `now_ms`: a working-time clock stands still outside of its hours. */
export function remainingAt(clock: ClockView, now_ms: number): number {
  if (clock.state === 'paused' || clock.state === 'met' || (clock.state === 'missed' && clock.stopped_at)) {
    return clock.remaining_s;
  }
  const from = toMs(clock.as_of);
  const change = clock.changes_at ? toMs(clock.changes_at) : Number.POSITIVE_INFINITY;
  const ticking = clock.ticking ?? true;
  const counted_ms = ticking ? Math.min(now_ms, change) - from : Math.max(0, now_ms - change);
  return clock.remaining_s - Math.max(0, counted_ms) / 1000;
}

/** Tone and figure: neutral above 25 %, amber at 25 % or less, red once missed (look.md, experience 1.3). */
export function readClock(
  clock: ClockView,
  now_ms: number,
): { tone: ClockTone; remaining_s: number; standing: boolean } {
  const remaining_s = remainingAt(clock, now_ms);
  const change = clock.changes_at ? toMs(clock.changes_at) : Number.POSITIVE_INFINITY;
  const ticking = clock.ticking ?? true;
  const standing = clock.state === 'running' && (now_ms < change ? !ticking : ticking);
  if (clock.state === 'met') return { tone: 'met', remaining_s, standing: false };
  if (clock.state === 'missed' || (clock.state === 'running' && remaining_s < 0)) {
    return { tone: 'missed', remaining_s, standing };
  }
  if (clock.state === 'paused') return { tone: 'paused', remaining_s, standing: false };
  return { tone: remaining_s <= clock.target_s * 0.25 ? 'near' : 'running', remaining_s, standing };
}
