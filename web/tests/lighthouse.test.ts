/** What the measurement by Lighthouse calls a missed budget. */
import { expect, test } from 'vitest';
import { BUDGETS, middleOf, missed } from '../lighthouse/budgets.mjs';

const held = {
  performance: 95,
  accessibility: 100,
  lcp_ms: 2_500,
  inp_ms: 200,
  cls: 0.1,
  tbt_ms: 200,
  kb: 60,
  first_s: 3.5,
  again_s: 1.5,
};

test('a figure at its budget holds, one beyond it is named', () => {
  expect(missed(BUDGETS.customer, held)).toEqual([]);
  expect(missed(BUDGETS.customer, { ...held, kb: 60.1, performance: 94, accessibility: 99 })).toEqual([
    'accessibility',
    'performance',
    'kb',
  ]);
  expect(missed(BUDGETS.dispatcher, { ...held, performance: 80, kb: 450 })).toEqual([]);
});

test('a figure that was not taken is missed', () => {
  expect(missed(BUDGETS.engineer, held)).toEqual(['data_kb', 'again_s']);
  expect(missed(BUDGETS.customer, { ...held, lcp_ms: Number.NaN })).toEqual(['lcp_ms']);
});

test('of several measurements each figure has its own middle', () => {
  const all = [
    { lcp_ms: 900, kb: 3 },
    { lcp_ms: 1_100, kb: 2 },
    { lcp_ms: 1_000, kb: 1 },
  ];
  expect(middleOf(all)).toEqual({ lcp_ms: 1_000, kb: 2 });
});
