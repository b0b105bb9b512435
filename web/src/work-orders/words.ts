/** How work orders are written: windows, durations, margins. Pure. */
import { dayOf, formatHours, formatInstant, toMs } from '../ui/format.ts';

/** A window of time, RFC 3339. */
export interface Span {
  start: string;
  end: string;
}

/** The window in which the customer was promised somebody: from the visit's start; none where we moved the visit behind it. Pure. */
export const promisedSpan = (visit: { window: Span; appointment_end: string }): Span | undefined =>
  toMs(visit.appointment_end) > toMs(visit.window.start)
    ? { start: visit.window.start, end: visit.appointment_end }
    : undefined;

/** `14:00–16:00` today, else `2026-11-23 14:00–16:00`; a window over midnight names both days. */
export function formatWindow(window: Span, zone: string, now_ms: number): string {
  const sameDay = dayOf(window.start, zone) === dayOf(window.end, zone);
  const start = formatInstant(window.start, zone, now_ms);
  const end = sameDay
    ? formatInstant(window.end, zone, toMs(window.end))
    : formatInstant(window.end, zone, now_ms, true);
  return `${start}–${end}`;
}

/** Minutes as `1:30`. */
export const formatMinutes = (minutes: number): string => formatHours(minutes * 60);

/** Metres as `850 m` or `12.4 km`. */
export function formatDistance(distance_m: number): string {
  return distance_m < 1000 ? `${Math.round(distance_m)} m` : `${(distance_m / 1000).toFixed(1)} km`;
}

/** Quantity in thousandths: 1500 → 1.5. */
export const formatQuantity = (quantity_milli: number): string => String(quantity_milli / 1000);

/** Tax in parts per million: 130000 → 13%. */
export const formatTax = (tax_ppm: number): string => `${tax_ppm / 10_000}%`;

/** An amount as typed (`1234.5`) in minor units; undefined when it is no amount with at most two decimals. */
export function parseAmount(text: string): number | undefined {
  const clean = text.trim().replaceAll(',', '');
  return /^\d{1,9}(\.\d{1,2})?$/.test(clean) ? Math.round(Number(clean) * 100) : undefined;
}
