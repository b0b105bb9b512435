/**
 * Which of two answers about a visit is the newer one: what a phone holds never goes back to an older state, in whichever order
 * answers arrive. Pure, apart from remembering when each read began and arrived.
 *
 * Every step raises the visit's version, so the higher version is newer. A read that began after what is held had arrived is newer
 * whatever its version says: a server restored from a backup counts from lower again, and the phone must follow it.
 */
import { replaceEqualDeep } from '@tanstack/react-query';
import type { DayCard, MyDay, Visit } from '../requests.ts';

interface Times {
  began_ms: number;
  arrived_ms: number;
}

const times = new WeakMap<object, Times>();

/** A read whose times are remembered with its answer. */
export async function timed<T extends object>(read: () => Promise<T>): Promise<T> {
  const began_ms = performance.now();
  const answer = await read();
  times.set(answer, { began_ms, arrived_ms: performance.now() });
  return answer;
}

/** Says that something was worked out at this moment from what stood here: reads under way are older. */
export function madeNow<T extends object>(made: T): T {
  const now_ms = performance.now();
  times.set(made, { began_ms: now_ms, arrived_ms: now_ms });
  return made;
}

/** The cards of a day, as old as the day itself. */
export function cardsOf(day: MyDay): readonly DayCard[] {
  const at = times.get(day);
  if (at) for (const card of day.visits) times.set(card, at);
  return day.visits;
}

/** Whether a read began before what is held had arrived, so that it may be the older of the two. */
function mayBeOlder(held: object, came: object): boolean {
  const [before, after] = [times.get(held), times.get(came)];
  // Without a time only the version speaks.
  if (!after) return true;
  return before !== undefined && after.began_ms <= before.arrived_ms;
}

/** What both share is kept as the same objects, so that only what changed is drawn again. */
function shared<T extends object>(held: T, taken: T): T {
  if (held === taken) return held;
  const result = replaceEqualDeep(held, taken) as T;
  const at = times.get(taken);
  if (at && (times.get(result)?.arrived_ms ?? 0) < at.arrived_ms) times.set(result, at);
  return result;
}

/**
 * The answer to a command, if it is the newer one: a repeated command is answered as the first time, so that its time says
 * nothing.
 */
export function answeredVisit(held: Visit | undefined, answer: Visit): Visit | undefined {
  return held && answer.version < held.version ? undefined : madeNow(answer);
}

/** The newer of a visit that is held and one that came. */
export function newestVisit<V extends Pick<Visit, 'version'>>(held: V | undefined, came: V): V {
  if (held === undefined) return came;
  return came.version < held.version && mayBeOlder(held, came) ? held : shared(held, came);
}

/**
 * The newer of two days. A day that was read while something was done here may show visits as they stood before, or again those that
 * were left meanwhile.
 */
export function newestDay(held: MyDay | undefined, came: MyDay): MyDay {
  if (held === undefined) return came;
  if (!mayBeOlder(held, came)) return shared(held, came);
  const before = new Map(held.visits.map((card) => [card.id, card]));
  const over = new Map(held.over.map((brief) => [brief.id, brief]));
  const visits = came.visits
    .filter((card) => card.version > (over.get(card.id)?.version ?? -1))
    .map((card) => {
      const known = before.get(card.id);
      return known && known.version > card.version ? known : card;
    });
  const held_ids = new Set(visits.map(({ id }) => id));
  const told = new Set(came.over.map(({ id }) => id));
  const merged: MyDay = {
    ...came,
    visits,
    over: [...came.over, ...held.over.filter(({ id }) => !told.has(id) && !held_ids.has(id))],
  };
  const at = times.get(came);
  if (at) times.set(merged, at);
  return shared(held, merged);
}

/** The day after a step was taken by the server: its card as answered, or among what is over. */
export function dayAfter(day: MyDay, visit: Visit): MyDay {
  const { id, number, state, engineer, window, appointment_end, arrived_at, version } = visit;
  const card = day.visits.find((each) => each.id === id);
  if (!card) return day;
  if (state === 'left' || state === 'declined' || state === 'cancelled') {
    const brief: MyDay['over'][number] = {
      id,
      number,
      state,
      engineer,
      window,
      appointment_end,
      version,
      ...(arrived_at === undefined ? {} : { arrived_at }),
    };
    return madeNow({
      ...day,
      visits: day.visits.filter((each) => each.id !== id),
      over: [...day.over.filter((each) => each.id !== id), brief],
    });
  }
  const next: DayCard = { ...card, ...visit };
  return madeNow({ ...day, visits: day.visits.map((each) => (each.id === id ? newestVisit(each, next) : each)) });
}

/** The same for whatever a query about visits holds: the structural sharing of those queries. */
export function newestAnswer(held: unknown, came: unknown): unknown {
  if (came === null || typeof came !== 'object') return came;
  return 'visits' in came
    ? newestDay(held as MyDay | undefined, came as MyDay)
    : newestVisit(held as Visit | undefined, came as Visit);
}
