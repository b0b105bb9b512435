/** The board's time scale: where an instant stands, which ticks are drawn, which blocks share a row. Pure. */
import { fromWall } from '../cases/wall-time.ts';
import { dayOf, formatInstant, toMs } from '../ui/format.ts';

/** How much of the calendar is shown. */
export const spans = ['day', 'three', 'week'] as const;
export type SpanKey = (typeof spans)[number];

const days: Record<SpanKey, number> = { day: 1, three: 3, week: 7 };
const hour_px: Record<SpanKey, number> = { day: 72, three: 30, week: 14 };
const hour_ms = 3_600_000;

/** A stretch of time on screen. */
export interface Scale {
  from_ms: number;
  to_ms: number;
  px_per_hour: number;
  width_px: number;
}

/** The day after, or before, as a calendar day. */
export function shiftDay(day: string, by: number): string {
  const noon = Date.parse(`${day}T12:00:00Z`) + by * 24 * hour_ms;
  return new Date(noon).toISOString().slice(0, 10);
}

/** The scale of `span` from a calendar day on, in a zone. */
export function scaleOf(day: string, span: SpanKey, zone: string): Scale {
  const from_ms = toMs(fromWall(`${day}T00:00`, zone) ?? 0);
  const to_ms = toMs(fromWall(`${shiftDay(day, days[span])}T00:00`, zone) ?? 0);
  const px_per_hour = hour_px[span];
  return { from_ms, to_ms, px_per_hour, width_px: ((to_ms - from_ms) / hour_ms) * px_per_hour };
}

/** Pixels from the scale's begin; before it 0, after it the whole width. */
export function xOf(scale: Scale, at_ms: number): number {
  const x = ((at_ms - scale.from_ms) / hour_ms) * scale.px_per_hour;
  return Math.min(scale.width_px, Math.max(0, x));
}

/** Left edge and width of a stretch; a short one keeps `least_px`, so that it can be read and hit (24 px, WCAG 2.5.8). */
export function boxOf(
  scale: Scale,
  span: { start: string; end: string },
  least_px = 28,
): { left: number; width: number } | undefined {
  const [start, end] = [toMs(span.start), toMs(span.end)];
  if (end <= scale.from_ms || start >= scale.to_ms) return undefined;
  const left = xOf(scale, start);
  return { left, width: Math.max(least_px, xOf(scale, end) - left) };
}

/** Hours, or every six hours where hours are narrow; a midnight carries its day. */
export function ticksOf(scale: Scale, zone: string): { x: number; label: string; day: string | undefined }[] {
  const step = scale.px_per_hour >= 60 ? 1 : scale.px_per_hour >= 24 ? 3 : 6;
  const ticks = [];
  for (let at = scale.from_ms; at < scale.to_ms; at += step * hour_ms) {
    const label = formatInstant(at, zone, at);
    ticks.push({ x: xOf(scale, at), label, day: label === '00:00' ? dayOf(at, zone).slice(5) : undefined });
  }
  return ticks;
}

/** The lane of each box of a row: boxes that overlap stand below one another. `count` lanes are needed. */
export function lanesOf(boxes: readonly { left: number; width: number }[]): { lane: number[]; count: number } {
  const ends: number[] = [];
  const order = boxes.map((_, index) => index).sort((a, b) => (boxes[a]?.left ?? 0) - (boxes[b]?.left ?? 0));
  const lane: number[] = new Array(boxes.length).fill(0);
  for (const index of order) {
    const box = boxes[index];
    if (!box) continue;
    const free = ends.findIndex((end) => end <= box.left);
    const at = free < 0 ? ends.length : free;
    ends[at] = box.left + box.width;
    lane[index] = at;
  }
  return { lane, count: Math.max(1, ends.length) };
}
