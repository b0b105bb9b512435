/** The server's clocks as the badges draw them. Pure. */
import type { ClockView } from '../ui/clock.ts';
import type { Schemas } from './requests.ts';

export type CaseClock = Schemas['ClockView'];
export type Hours = Schemas['CalendarHours'];

/** The reasons for which a clock stands still, whose words are `cases.pause.<reason>`. */
export const pauseReasons = ['waiting_customer', 'later_window', 'waiting_parts'] as const;

/**
 * One clock for a badge; none for one that was stopped because its promise fell away. `hours` are the calendars as they
 * run now, so that a working-time clock stands still outside of its hours; `reason` says a pause in words.
 */
export function badgeClock(
  clock: CaseClock,
  as_of: number,
  hours: readonly Hours[],
  reason: (code: string) => string,
): ClockView | undefined {
  if (clock.status === 'stopped') return undefined;
  const calendar = clock.working_time ? hours.find((each) => each.calendar === 'five_by_eight') : undefined;
  return {
    kind: clock.promise,
    basis: clock.working_time ? 'working' : 'natural',
    state: clock.status,
    target_s: clock.target_s,
    remaining_s: clock.remaining_s,
    as_of,
    due_at: clock.due_at ?? null,
    ticking: calendar ? calendar.open : true,
    changes_at: calendar?.changes_at ?? null,
    pause_reason: clock.paused_reason ? reason(clock.paused_reason) : null,
    stopped_at: clock.stopped_at ?? null,
  };
}

/** The clock that matters most now: one that runs before one that is paused, then by the due instant. */
export function leadingClock(clocks: readonly CaseClock[]): CaseClock | undefined {
  const rank = (clock: CaseClock) => (clock.stopped_at ? 2 : clock.status === 'paused' ? 1 : 0);
  return [...clocks]
    .filter((clock) => clock.status !== 'stopped')
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        Date.parse(a.due_at ?? '9999-12-31T00:00:00Z') - Date.parse(b.due_at ?? '9999-12-31T00:00:00Z'),
    )[0];
}
