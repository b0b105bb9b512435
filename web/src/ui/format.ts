/** Money, time and numbers as people read them. Pure: language, zone and "now" are passed in. */
import type { Language, Translate } from '../i18n/index.ts';

/** An instant: RFC 3339 text as the API writes it, or milliseconds since 1970. */
export type Instant = string | number;

/** Milliseconds since 1970; NaN when the text is no instant. */
export const toMs = (instant: Instant): number => (typeof instant === 'number' ? instant : Date.parse(instant));

const formatters = new Map<string, Intl.DateTimeFormat>();

function parts(ms: number, zone: string): Record<string, string> {
  let format = formatters.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    formatters.set(zone, format);
  }
  return Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
}

/** The calendar day of an instant in a zone, as 2026-11-22. */
export function dayOf(instant: Instant, zone: string): string {
  const { year, month, day } = parts(toMs(instant), zone);
  return `${year}-${month}-${day}`;
}

/** `2026-11-22 14:05`, or `14:05` when it is the day of `now_ms` in that zone. `full` always writes the day, `seconds` 14:05:09. */
export function formatInstant(instant: Instant, zone: string, now_ms: number, full = false, seconds = false): string {
  const ms = toMs(instant);
  if (Number.isNaN(ms)) return '—';
  const { hour, minute, second } = parts(ms, zone);
  const time = `${hour}:${minute}${seconds ? `:${second}` : ''}`;
  const day = dayOf(ms, zone);
  return !full && day === dayOf(now_ms, zone) ? time : `${day} ${time}`;
}

/** The zone's short name at that instant, such as GMT+8. */
export function zoneName(instant: Instant, zone: string, language: Language): string {
  const format = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'short' });
  return format.formatToParts(toMs(instant)).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

/** Minor units as money: 123450 fen → ¥1,234.50. The number of decimals is the currency's. */
export function formatMoney(amount_minor: number, currency: string, language: Language): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount_minor / 10 ** decimals);
}

/**
 * How long something lasts: hours and minutes up to 48 hours, whole days from then on (a clock of 71 hours says 2 days).
 * Working time stays in hours: its day has eight of them, and "2 days" would be read as two days of the calendar.
 */
export function spanOf(
  duration_s: number,
  basis: 'working' | 'natural' = 'natural',
): { days: number } | { hours: number } | { time: string } {
  const hours = Math.floor(Math.abs(duration_s) / 3600);
  if (hours < 48) return { time: formatHours(duration_s) };
  return basis === 'working' ? { hours } : { days: Math.floor(hours / 24) };
}

/** `spanOf` in words. */
export function spanText(t: Translate, duration_s: number, basis: 'working' | 'natural' = 'natural'): string {
  const span = spanOf(duration_s, basis);
  if ('days' in span) return t('status.clock.days', span);
  return 'hours' in span ? t('status.clock.hours', span) : span.time;
}

/** Hours and minutes, as 2:05; seconds are cut off. Below zero is written without a sign: the words around it say "over". */
export function formatHours(duration_s: number): string {
  const minutes = Math.floor(Math.abs(duration_s) / 60);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
