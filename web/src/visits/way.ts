/** Points of the way to a visit: how many are gathered and when they go. Pure. */
import type { Schemas } from './requests.ts';

export type WayPoint = Schemas['WayPoint'];

/** One point a minute at most; closer ones say nothing more. */
const apart_ms = 60_000;
/** How long points gather while there is a signal. */
const gather_ms = 120_000;
/** What the phone keeps of a way without a signal; the oldest go first. */
const most = 240;

/** The points with a new one, unless it comes too soon after the last. */
export function gathered(points: readonly WayPoint[], point: WayPoint): WayPoint[] {
  const last = points.at(-1);
  if (last && Date.parse(point.at) - Date.parse(last.at) < apart_ms) return [...points];
  return [...points, point].slice(-most);
}

/** Whether gathered points are to go now: the first at once, then every two minutes, and none while there is no signal. */
export function due(points: readonly WayPoint[], sent_ms: number, now_ms: number, online: boolean): boolean {
  return online && points.length > 0 && now_ms - sent_ms >= gather_ms;
}

/** What one request takes. */
export const within = (points: readonly WayPoint[]): WayPoint[] => points.slice(0, most);
