/** What of a plan is chosen and accepted, what has gone meanwhile, who is soonest; every code of a plan has words. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { acceptedOf, areasOn, type PlanningArea, type PlanningMode, standing } from '../src/dispatch/living.ts';
import { chosenAtFirst, counted, ghostsOf, goneFrom, keyOf, taken, withLine } from '../src/dispatch/plan.ts';
import type { PlanMove, PlanOption, PlanProposal } from '../src/dispatch/requests.ts';
import { acceptance, refusedOrder } from '../src/work-orders/accept.ts';
import { presetOf, promiseSearch, untilOf } from '../src/work-orders/promise.ts';
import type { OfferedWindow, Proposal } from '../src/work-orders/requests.ts';
import { soonest } from '../src/work-orders/soonest.ts';
import { promisedSpan } from '../src/work-orders/words.ts';

const at = (time: string) => `2026-10-09T${time}:00+08:00`;

const option = (engineer_id: string, arrive_at = at('10:00')): PlanOption => ({
  engineer_id,
  name: engineer_id,
  badge_number: engineer_id,
  arrive_at,
  late_s: 0,
  detour_s: 0,
  cost: 0,
  reasons: [],
});

const proposal = (id: string, needs: string[] = [], who = 'e1'): PlanProposal => ({
  work_order_id: id,
  number: id,
  version: 3,
  severity: 'normal',
  site_name: id,
  zone: 'Asia/Shanghai',
  due_at: null,
  window: { start: at('10:00'), end: at('11:00') },
  travel_s: 600,
  chosen: option(who),
  others: [],
  needs,
});

const moved = (id: string, needs: string[] = [], from = 'e1'): PlanMove => ({
  visit_id: id,
  visit_number: `${id}-1`,
  version: 7,
  work_order_id: `of-${id}`,
  severity: 'normal',
  site_name: id,
  zone: 'Asia/Shanghai',
  from_engineer_id: from,
  from_name: from,
  from_window: { start: at('10:00'), end: at('11:00') },
  window: { start: at('10:00'), end: at('11:00') },
  chosen: option('e2'),
  needs,
});

// a needs m1, m1 needs m2; b stands alone; m3 is somebody else's.
const plan = {
  proposals: [proposal('a', ['m1']), proposal('b')],
  moves: [moved('m2'), moved('m1', ['m2']), moved('m3', [], 'e9')],
};

test('what is taken in brings what it needs, and what is left out takes along what needs it', () => {
  const all = chosenAtFirst(plan);
  expect(all.size).toBe(5);
  expect([...withLine(plan, all, 'move.m2', false)].sort()).toEqual(['move.m3', 'order.b']);
  expect([...withLine(plan, new Set(), 'order.a', true)].sort()).toEqual(['move.m1', 'move.m2', 'order.a']);
  expect(withLine(plan, all, 'order.b', false).has('order.a')).toBe(true);
});

test('for somebody who is off their own visits are chosen at first, with what those need', () => {
  expect([...chosenAtFirst(plan, 'e9')]).toEqual(['move.m3']);
  expect([...chosenAtFirst(plan, 'e1')].sort()).toEqual(['move.m1', 'move.m2']);
});

test('what somebody else did meanwhile is no part of what is accepted, nor what needs it', () => {
  const order = { work_order_id: 'a' } as never;
  const block = { id: 'm2', version: 8 } as never;
  const gone = goneFrom(plan, { unscheduled: [order], blocks: [block], more: false });
  expect([...gone].sort()).toEqual(['move.m2', 'order.b']);
  const left = taken(plan, chosenAtFirst(plan), gone);
  expect(left.proposals).toEqual([]);
  expect(left.moves.map(keyOf)).toEqual(['move.m3']);
  // A list that is cut says nothing about who is missing on it.
  expect([...goneFrom(plan, { unscheduled: [], blocks: [], more: true })]).toEqual([]);
  expect([...goneFrom(plan, undefined)]).toEqual([]);
});

test('what is accepted names the versions that were seen, moves in their order', () => {
  const body = acceptance(plan.proposals, plan.moves, { reason: 'why', planned_as: 'dispatched' });
  expect(body.moves?.map(({ visit_id, version }) => [visit_id, version])).toEqual([
    ['m2', 7],
    ['m1', 7],
    ['m3', 7],
  ]);
  expect(body.visits?.[0]).toEqual({
    work_order_id: 'a',
    version: 3,
    engineer_id: 'e1',
    window_start: at('10:00'),
    window_end: at('11:00'),
  });
  expect(body.reason).toBe('why');
  expect(acceptance(plan.proposals, [], { reason: 'why', planned_as: 'proposed' })).not.toHaveProperty('reason');
});

test('a refusal names the order it is about', () => {
  expect(refusedOrder(['/visits/1'], plan.proposals, plan.moves)).toBe('b');
  expect(refusedOrder(['/moves/0/window_start'], plan.proposals, plan.moves)).toBe('of-m2');
  expect(refusedOrder(['/reason'], plan.proposals, plan.moves)).toBeUndefined();
  expect(refusedOrder(['/visits/9'], plan.proposals, plan.moves)).toBeUndefined();
});

test('the timeline draws what is chosen at whom it goes to', () => {
  const ghosts = ghostsOf({ proposals: plan.proposals, moves: plan.moves.slice(0, 1) });
  expect(ghosts.get('e1')?.map(({ key, moved }) => [key, moved])).toEqual([
    ['order.a', false],
    ['order.b', false],
  ]);
  expect(ghosts.get('e2')?.[0]?.moved).toBe(true);
});

test('the soonest three stand in order, everybody once', () => {
  const plain = (engineer_id: string, arrive_at: string) =>
    ({ engineer_id, arrive_at, window: { start: arrive_at, end: at('18:00') } }) as Proposal;
  const quicker = (who: string, arrive_at: string) => ({
    visit: { ...proposal('x'), chosen: option(who, arrive_at) },
    moves: [moved('m1')],
  });
  const list = soonest({
    quicker: [quicker('e1', at('09:00'))],
    proposals: [plain('e2', at('09:30')), plain('e1', at('12:00')), plain('e3', at('13:00')), plain('e4', at('14:00'))],
  });
  expect(list.map(({ quicker: q, plain: p }) => q?.visit.chosen.engineer_id ?? p?.engineer_id)).toEqual([
    'e1',
    'e2',
    'e3',
  ]);
  expect(list[0]?.quicker?.moves).toHaveLength(1);
});

test('every code of a plan has words in both languages', () => {
  const root = resolve(import.meta.dirname, '../..');
  const read = (path: string) => JSON.parse(readFileSync(resolve(root, path), 'utf8'));
  const { schemas } = read('docs/openapi.json').components;
  for (const language of ['zh-CN', 'en']) {
    const board = read(`texts/${language}/dispatch.json`);
    const reasons = read(`texts/${language}/reasons.json`);
    for (const term of schemas.PlanTermName.enum) expect(board[`plan.term.${term}`], term).toBeTruthy();
    for (const fixed of schemas.PlanFixed.enum) expect(board[`plan.fixed.${fixed}`], fixed).toBeTruthy();
    for (const code of schemas.ProposalReasonCode.enum) expect(reasons[`dispatch.${code}`], code).toBeTruthy();
    const plans = read(`texts/${language}/plans.json`);
    const said = {
      mode: schemas.PlanningMode,
      state: schemas.PlanVersionState,
      why: schemas.PlanWhy,
      waits: schemas.PlanWaits,
      change: schemas.PlanChangeKind,
      hindered: schemas.PlanHindrance,
    };
    for (const [area, { enum: codes }] of Object.entries(said))
      for (const code of codes) expect(plans[`${area}.${code}`], `${area}.${code}`).toBeTruthy();
  }
  for (const term of counted) expect(schemas.PlanTermName.enum).toContain(term);
});

test('p40: a proposal knows how it stands to what is published, and says which plan is accepted', () => {
  const latest = { number: 12, made_at: at('10:00'), state: 'published' } as const;
  expect(standing({ version: 12, now: at('10:05') }, latest)).toBe('published');
  expect(standing({ version: 11, now: at('09:50') }, latest)).toBe('older');
  expect(standing({ version: null, now: at('09:50') }, latest)).toBe('older');
  expect(standing({ version: null, now: at('10:05') }, latest)).toBe('own');
  expect(standing({ version: null, now: at('10:05') }, null)).toBe('own');
  expect(acceptedOf({ version: 12 }, 'u1')).toEqual({ of: { unit_id: 'u1', number: 12 } });
  expect(acceptedOf({ version: null }, 'u1')).toEqual({});
  expect(acceptedOf({ version: 12 }, undefined)).toEqual({});
  const area = (unit_id: string, mode: PlanningMode) => ({ unit_id, mode }) as PlanningArea;
  const areas = [area('u1', 'advise'), area('u2', 'off'), area('u3', 'automatic')];
  expect(areasOn(areas, undefined).map(({ unit_id }) => unit_id)).toEqual(['u1', 'u3']);
  expect(areasOn(areas, 'u3').map(({ unit_id }) => unit_id)).toEqual(['u3']);
  expect(areasOn(areas, 'u2')).toEqual([]);
  expect(areasOn(undefined, 'u2')).toEqual([]);
});

test('p08: a window that is promised goes along, and nothing is promised that leaves no time', () => {
  const offered = {
    engineer_id: 'e1',
    window: { start: at('10:00'), end: at('12:00') },
    visit: { start: at('10:20'), end: at('11:05') },
  } as OfferedWindow;
  expect(untilOf(offered)).toBe(at('12:00'));
  expect(untilOf({ ...offered, window: { start: at('08:20'), end: at('10:20') } })).toBeUndefined();
  const preset = presetOf(promiseSearch(offered));
  expect(preset).toEqual({
    engineer_id: 'e1',
    start_ms: Date.parse(at('10:20')),
    until_ms: Date.parse(at('12:00')),
  });
  expect(presetOf({})).toBeUndefined();
  expect(presetOf({ engineer: 'e1', start: 'soon', until: at('12:00') })).toBeUndefined();
  expect(presetOf({ engineer: 'e1', start: at('12:00'), until: at('10:00') })).toBeUndefined();
  // What the customer was told; of a visit that we moved behind it nothing is left to tell.
  expect(promisedSpan({ window: offered.visit, appointment_end: at('12:00') })).toEqual({
    start: at('10:20'),
    end: at('12:00'),
  });
  expect(promisedSpan({ window: offered.visit, appointment_end: at('10:00') })).toBeUndefined();
});

test("p44: the customer's wish goes along with a visit that others make room for", () => {
  const made = (at_customers_wish: boolean) =>
    acceptance([proposal('a')], [moved('m1')], { reason: 'x', planned_as: 'dispatched', at_customers_wish });
  expect(made(true).visits?.[0]?.at_customers_wish).toBe(true);
  expect(made(false).visits?.[0]).not.toHaveProperty('at_customers_wish');
  expect(made(true).moves?.[0]).not.toHaveProperty('at_customers_wish');
});
