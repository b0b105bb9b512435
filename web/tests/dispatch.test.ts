/** The board's scale, its filters, and how work orders are written. */
import { expect, test } from 'vitest';
import { atQuarter, dropEffect, heldOrder, hold } from '../src/dispatch/drop.ts';
import { blockPasses, orderPasses, sorted } from '../src/dispatch/filter.ts';
import type { BoardBlock, BoardOrder } from '../src/dispatch/requests.ts';
import { boxOf, lanesOf, scaleOf, shiftDay, ticksOf, xOf } from '../src/dispatch/scale.ts';
import { formatDistance, formatTax, formatWindow, parseAmount } from '../src/work-orders/words.ts';

const zone = 'Asia/Shanghai';
const at = (time: string) => `2026-10-09T${time}:00+08:00`;
const now = Date.parse(at('10:00'));
const open = { strip: undefined, skill: '', severity: '', text: '' } as const;

function order(id: string, more: Partial<BoardOrder> = {}): BoardOrder {
  return {
    work_order_id: id,
    number: `FW20261009-${id}`,
    kind: 'repair',
    state: 'ready',
    case_id: `case-${id}`,
    case_number: `SQ20261009-${id}`,
    severity: 'normal',
    coverage: 'covered',
    due_at: at('12:00'),
    unit_id: 'unit',
    site_name: 'Gate',
    zone,
    point: null,
    skill: 'barrier',
    duration_min: 60,
    wish: { start: at('11:00'), end: at('12:00') },
    ...more,
  };
}

function block(id: string, more: Partial<BoardBlock> = {}): BoardBlock {
  return {
    id: `visit-${id}`,
    visit_number: `${id}-1`,
    engineer_id: 'engineer',
    window: { start: at('11:00'), end: at('12:00') },
    visit_state: 'dispatched',
    arrived_at: null,
    movable: true,
    behind: false,
    version: 1,
    order: order(id),
    ...more,
  };
}

test('a day begins at midnight of the zone and an hour is as wide as the next', () => {
  const scale = scaleOf('2026-10-09', 'day', zone);
  expect(new Date(scale.from_ms).toISOString()).toBe('2026-10-08T16:00:00.000Z');
  expect(scale.width_px).toBe(24 * scale.px_per_hour);
  expect(xOf(scale, Date.parse(at('06:00')))).toBe(6 * scale.px_per_hour);
  expect(xOf(scale, 0)).toBe(0);
  expect(scaleOf('2026-10-09', 'week', zone).to_ms - scale.from_ms).toBe(7 * 86_400_000);
});

test('a day with a clock change has its own number of hours', () => {
  const scale = scaleOf('2026-03-29', 'day', 'Europe/Berlin');
  expect((scale.to_ms - scale.from_ms) / 3_600_000).toBe(23);
});

test('short and cut blocks stay wide enough to hit; blocks outside are left out', () => {
  const scale = scaleOf('2026-10-09', 'week', zone);
  expect(boxOf(scale, { start: at('10:00'), end: at('10:05') })?.width).toBe(28);
  expect(boxOf(scale, { start: '2026-10-08T10:00:00Z', end: at('02:00') })).toEqual({ left: 0, width: 28 });
  expect(boxOf(scale, { start: '2026-10-07T00:00:00Z', end: '2026-10-08T16:00:00Z' })).toBeUndefined();
});

test('overlapping blocks get lanes of their own, touching ones share one', () => {
  const boxes = [
    { left: 0, width: 50 },
    { left: 40, width: 20 },
    { left: 50, width: 30 },
  ];
  expect(lanesOf(boxes)).toEqual({ lane: [0, 1, 0], count: 2 });
  expect(lanesOf([])).toEqual({ lane: [], count: 1 });
});

test('ticks name the hours and the day at midnight', () => {
  const ticks = ticksOf(scaleOf('2026-10-09', 'three', zone), zone);
  expect(ticks).toHaveLength(24);
  expect(ticks[0]).toEqual({ x: 0, label: '00:00', day: '10-09' });
  expect(ticks[1]?.label).toBe('03:00');
  expect(shiftDay('2026-12-31', 1)).toBe('2027-01-01');
});

test('the strip filters by due time, plan and whether somebody is there', () => {
  const soon = order('1', { due_at: at('10:30') });
  const over = order('2', { due_at: at('09:30') });
  expect(orderPasses(soon, { ...open, strip: 'due_soon' }, now)).toBe(true);
  expect(orderPasses(soon, { ...open, strip: 'breached' }, now)).toBe(false);
  expect(orderPasses(over, { ...open, strip: 'breached' }, now)).toBe(true);
  expect(orderPasses(over, { ...open, strip: 'behind_plan' }, now)).toBe(false);
  const visit = block('2', { order: over });
  expect(blockPasses(visit, { ...open, strip: 'breached' }, 'Li', now)).toBe(true);
  expect(blockPasses({ ...visit, arrived_at: at('09:00') }, { ...open, strip: 'breached' }, 'Li', now)).toBe(false);
  expect(blockPasses(visit, { ...open, strip: 'unassigned' }, 'Li', now)).toBe(false);
  expect(blockPasses({ ...visit, behind: true }, { ...open, strip: 'behind_plan' }, 'Li', now)).toBe(true);
  expect(blockPasses(visit, { ...open, text: ' LI' }, 'Li', now)).toBe(true);
  expect(blockPasses(visit, { ...open, skill: 'network' }, 'Li', now)).toBe(false);
});

test('the list is sorted by what was asked, equals by due time, without one last', () => {
  const orders = [
    order('a', { due_at: null }),
    order('b', { due_at: at('13:00'), severity: 'major' }),
    order('c', { due_at: at('11:00'), duration_min: 120 }),
  ];
  const ids = (by: Parameters<typeof sorted>[1], down = false) =>
    sorted(orders, by, down).map(({ work_order_id }) => work_order_id);
  expect(ids('due')).toEqual(['c', 'b', 'a']);
  expect(ids('severity')).toEqual(['b', 'c', 'a']);
  expect(ids('duration', true)).toEqual(['c', 'b', 'a']);
});

test('windows, distances, tax and amounts are written and read', () => {
  expect(formatWindow({ start: at('14:00'), end: at('16:00') }, zone, now)).toBe('14:00–16:00');
  expect(formatWindow({ start: at('23:00'), end: '2026-10-09T17:00:00Z' }, zone, now)).toBe('23:00–2026-10-10 01:00');
  expect(formatDistance(850)).toBe('850 m');
  expect(formatDistance(12_440)).toBe('12.4 km');
  expect(formatTax(130_000)).toBe('13%');
  expect(parseAmount(' 1,234.5 ')).toBe(123_450);
  expect(parseAmount('12.345')).toBeUndefined();
  expect(parseAmount('')).toBeUndefined();
});

test('p44: what is dragged says what becomes of the clock, what stands there, and whether anybody is at work', () => {
  const block = (id: string, from: string, to: string, visit_state = 'dispatched') =>
    ({
      visit_state,
      window: { start: at(from), end: at(to) },
      order: { work_order_id: id, site_name: id },
    }) as BoardBlock;
  const dragged = { work_order_id: 'o', site_name: 'S', duration_min: 60, due_at: at('11:00') };
  const row = {
    engineer: { shifts: [{ start: at('08:00'), end: at('12:00') }] },
    blocks: [block('left', '08:00', '09:00', 'left'), block('o', '09:00', '10:00'), block('x', '10:00', '10:30')],
  };
  const effect = (time: string) => dropEffect(dragged, Date.parse(at(time)), row);
  expect(effect('08:30')).toMatchObject({ margin_s: 9000, overlaps: undefined, at_work: true });
  expect(effect('08:30').window.end).toBe(new Date(at('09:30')).toISOString());
  expect(effect('09:15').overlaps?.order.work_order_id).toBe('x');
  expect(effect('09:00').overlaps, 'one ends where the next begins').toBeUndefined();
  expect(effect('11:30')).toMatchObject({ margin_s: -1800, at_work: false });
  expect(dropEffect({ ...dragged, due_at: null }, Date.parse(at('08:30')), row).margin_s).toBeUndefined();
  expect(atQuarter(Date.parse(at('08:37')))).toBe(Date.parse(at('08:30')));
  expect(atQuarter(Date.parse(at('08:38')))).toBe(Date.parse(at('08:45')));
  hold(dragged);
  expect(heldOrder()).toBe(dragged);
  hold(undefined);
  expect(heldOrder()).toBeUndefined();
});
