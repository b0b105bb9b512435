/** Clocks, times and money as they are shown (look.md, experience 1.3 and 2.3). */
import { describe, expect, test } from 'vitest';
import { type ClockView, readClock, remainingAt } from '../src/ui/clock.ts';
import { formatHours, formatInstant, formatMoney, spanOf } from '../src/ui/format.ts';

const start = Date.parse('2026-10-09T16:40:00+08:00');
const minute = 60_000;
const clock = (over: Partial<ClockView>): ClockView => ({
  kind: 'arrive',
  basis: 'natural',
  state: 'running',
  target_s: 4 * 3600,
  remaining_s: 4 * 3600,
  as_of: start,
  ...over,
});

describe('a running clock', () => {
  test.each([
    ['is neutral above 25 %', 179, 'running'],
    ['is amber at 25 %', 180, 'near'],
    ['is amber at its last second', 240, 'near'],
    ['is missed after it', 241, 'missed'],
  ])('%s', (_, minutes, tone) => {
    expect(readClock(clock({}), start + minutes * minute).tone).toBe(tone);
  });

  test('of working time stands still after the end of the day', () => {
    const working = clock({ basis: 'working', ticking: true, changes_at: start + 50 * minute });
    expect(remainingAt(working, start + 50 * minute)).toBe(4 * 3600 - 50 * 60);
    expect(remainingAt(working, start + 500 * minute)).toBe(4 * 3600 - 50 * 60);
    expect(readClock(working, start + 500 * minute).standing).toBe(true);
  });

  test('of working time begins to count when the day begins', () => {
    const waiting = clock({ basis: 'working', ticking: false, changes_at: start + 60 * minute });
    expect(remainingAt(waiting, start + 59 * minute)).toBe(4 * 3600);
    expect(remainingAt(waiting, start + 90 * minute)).toBe(4 * 3600 - 30 * 60);
  });
});

test('a paused, met or stopped clock does not move', () => {
  const later = start + 1000 * minute;
  expect(readClock(clock({ state: 'paused' }), later)).toMatchObject({ tone: 'paused', remaining_s: 4 * 3600 });
  expect(readClock(clock({ state: 'met' }), later).tone).toBe('met');
  const stopped = clock({ state: 'missed', remaining_s: -2520, stopped_at: start });
  expect(readClock(stopped, later)).toMatchObject({ tone: 'missed', remaining_s: -2520 });
  expect(formatHours(-2520)).toBe('0:42');
});

test('today is a time, another day has its date, in the zone asked for', () => {
  const now = Date.parse('2026-11-22T10:00:00+08:00');
  expect(formatInstant('2026-11-22T06:05:00Z', 'Asia/Shanghai', now)).toBe('14:05');
  expect(formatInstant('2026-11-22T06:05:00Z', 'Asia/Shanghai', now, true)).toBe('2026-11-22 14:05');
  expect(formatInstant('2026-11-21T15:59:00Z', 'Asia/Shanghai', now)).toBe('2026-11-21 23:59');
  // The same instant is yesterday in one zone and today in the other.
  expect(formatInstant('2026-11-21T16:00:00Z', 'Asia/Shanghai', now)).toBe('00:00');
  expect(formatInstant('2026-11-21T16:00:00Z', 'UTC', now)).toBe('2026-11-21 16:00');
  expect(formatInstant('2026-11-21T16:00:00Z', 'Asia/Shanghai', now, true)).toBe('2026-11-22 00:00');
  expect(formatInstant('not a time', 'UTC', now)).toBe('\u2014');
});

test('money has the decimals of its currency', () => {
  expect(formatMoney(123_450, 'CNY', 'zh-CN')).toBe('\u00a51,234.50');
  expect(formatMoney(123_450, 'CNY', 'en')).toBe('\u00a51,234.50');
  expect(formatMoney(-5, 'CNY', 'en')).toBe('-\u00a50.05');
  expect(formatMoney(1500, 'JPY', 'en')).toBe('\u00a51,500');
  expect(formatMoney(1500, 'KWD', 'en')).toMatch(/1\.500$/);
});

test('up to 48 hours a clock shows hours and minutes, beyond them whole days, also when it is late', () => {
  const hour = 3600;
  expect(spanOf(48 * hour - 1)).toEqual({ time: '47:59' });
  expect(spanOf(48 * hour)).toEqual({ days: 2 });
  expect(spanOf(95 * hour)).toEqual({ days: 3 });
  expect(spanOf(-95 * hour)).toEqual({ days: 3 });
  expect(spanOf(-2520)).toEqual({ time: '0:42' });
  // A working day has eight hours: 144 of them are 18 days of work, never "6 days".
  expect(spanOf(-144 * hour, 'working')).toEqual({ hours: 144 });
  expect(spanOf(47 * hour, 'working')).toEqual({ time: '47:00' });
});
