/** What the engineer's phone decides by itself: which device a code means, points of the way, what is new on the day. */
import { describe, expect, it } from 'vitest';
import type { Op } from '../src/outbox/model.ts';
import { typed } from '../src/outbox/words.ts';
import { newsOf, seenOf, unread } from '../src/visits/news.ts';
import { openSteps } from '../src/visits/offline/standing.ts';
import type { MyDay } from '../src/visits/requests.ts';
import { codeIn, deviceOf, type SiteDevice, serialIn } from '../src/visits/scan.ts';
import { due, gathered, type WayPoint, within } from '../src/visits/way.ts';

const device = (id: string, serial: string, more: Partial<SiteDevice> = {}): SiteDevice => ({
  id,
  site_id: 's',
  serial,
  label: `L-${id}`,
  model: 'DZ-3',
  product: { zh_cn: '道闸', en: 'Barrier' },
  code: null,
  ...more,
});

describe('a scanned or typed device', () => {
  const all = [device('a', 'BG-0001', { code: '0k2m' }), device('b', 'BG-0002'), device('c', 'BG-0002')];
  it('is known by the code of its label, its plate or its number', () => {
    expect(codeIn(' https://service.example/q/0K2M ')).toBe('0k2m');
    expect(deviceOf('https://service.example/q/0k2m', all)?.id).toBe('a');
    expect(deviceOf('l-b', all)?.id).toBe('b');
    expect(deviceOf('bg 0001', all)?.id).toBe('a');
  });
  it('is nobody’s when the number stands twice, or nowhere', () => {
    for (const said of ['BG-0002', 'BG-9', '', 'https://service.example/q/zzzz'])
      expect(deviceOf(said, all)).toBeUndefined();
  });
  it('says a part’s number without what stands around it', () => {
    expect(serialIn('https://id.example/01/09506000134352/21/SN%2F7?x=1')).toBe('SN/7');
    expect(serialIn('(01)09506000134352(21)ABC9(10)L1')).toBe('ABC9');
    expect(serialIn('  ZB-77 ')).toBe('ZB-77');
  });
  it('is checked after arriving, and no more after signing', () => {
    const at = (state: 'arrived' | 'working' | 'travelling', signed_at: string | null = null) =>
      openSteps({ id: 'v', state, self_checked_at: null, document_sha256: null, signed_at });
    expect(at('travelling')).not.toContain('device');
    expect(at('arrived')).toContain('device');
    expect(at('working')).toContain('device');
    expect(at('working', '2026-10-09T02:00:00Z')).not.toContain('device');
  });
});

describe('the way to a visit', () => {
  const point = (minute: number): WayPoint => ({
    at: new Date(Date.UTC(2026, 9, 9, 2, minute)).toISOString().replace('.000Z', 'Z'),
    lon: 108.9,
    lat: 34.2,
    accuracy_m: 10,
  });
  it('has one point a minute at most, and forgets the oldest', () => {
    let points: WayPoint[] = [];
    for (let minute = 0; minute < 300; minute += 1) {
      points = gathered(points, point(minute));
      points = gathered(points, { ...point(minute), at: point(minute).at.replace(':00Z', ':30Z') });
    }
    expect(points).toHaveLength(240);
    expect(points[0]?.at).toBe(point(60).at);
    expect(within([...points, point(301)])).toHaveLength(240);
  });
  it('goes out at once, then every two minutes, and never without a signal', () => {
    expect(due([], 0, 1e9, true)).toBe(false);
    expect(due([point(0)], 0, 1e9, true)).toBe(true);
    expect(due([point(0)], 1e9 - 119_000, 1e9, true)).toBe(false);
    expect(due([point(0)], 1e9 - 120_000, 1e9, true)).toBe(true);
    expect(due([point(0)], 0, 1e9, false)).toBe(false);
  });
});

describe('news of the day', () => {
  const card = (id: string, start = '09:00', place = 'B2') =>
    ({
      id,
      number: `FW-${id}`,
      window: { start: `2026-10-09T${start}:00Z`, end: '2026-10-09T11:00:00Z' },
      order: { site: { id: 's', name: 'Spruce Plaza', zone: 'Asia/Shanghai' }, place, symptom: 'x', asset: null },
    }) as unknown as MyDay['visits'][number];
  const day = (...visits: MyDay['visits']) => ({ visits, over: [] }) as unknown as MyDay;
  it('is what came, what is elsewhere or at another time, and what others took away', () => {
    const before = day(card('a'), card('b'), card('c'), card('d'));
    const now = day(card('a'), card('b', '10:00'), card('e'));
    expect(newsOf(before, now, (id) => id === 'd').map(({ id, what }) => [id, what])).toEqual([
      ['b', 'changed'],
      ['e', 'new'],
      ['c', 'gone'],
    ]);
    expect(newsOf(undefined, now, () => false)).toEqual([]);
    expect(newsOf(before, before, () => false)).toEqual([]);
  });
  it('marks what was not opened since, and nothing on the first look', () => {
    const seen = seenOf(day(card('a'), card('b')));
    const marks = unread(seen, day(card('a'), card('b', '09:00', 'B3'), card('c')));
    expect([...marks]).toEqual([
      ['b', 'changed'],
      ['c', 'new'],
    ]);
    expect(unread(undefined, day(card('a'))).size).toBe(0);
  });
});

describe('the customer’s score in the outbox', () => {
  it('P7 is not told to who did the work', () => {
    const op = { kind: 'rating', lane: 'v', files: [], body: { rating: 2, comment: 'a long wait' } } as unknown as Op;
    expect(
      typed(
        (key) => key,
        op,
        () => undefined,
      ),
    ).toEqual([]);
  });
});
