import { describe, expect, test } from 'vitest';
import type { Op } from '../src/outbox/model.ts';
import { isUnsent, standsHere } from '../src/visits/offline/apply.ts';
import { canonical } from '../src/visits/offline/canonical.ts';
import { inCapitals, lineAmounts } from '../src/visits/offline/money.ts';
import { answerRefusal, openSteps, restanding } from '../src/visits/offline/standing.ts';
import type { Visit } from '../src/visits/requests.ts';

const text = (word: string) => ({ zh_cn: word, en: word });

function visit(over: Partial<Visit> = {}): Visit {
  return {
    id: 'v',
    number: 'FW20261009-0001-1',
    state: 'dispatched',
    stamps: [],
    answers: [],
    findings: [],
    evidence: [],
    old_parts: [],
    guidance: [],
    signatures: [],
    steps: ['accept', 'decline'],
    next: { step: 'accept', needs: [] },
    quote: null,
    self_checked_at: null,
    document_sha256: null,
    signed_at: null,
    charges: { items: [], totals: { total_minor: 0, waived_minor: 0 } },
    checklist: {
      title: text('x'),
      version: 1,
      items: [
        { key: 'badge', section: 'departure', text: text('badge'), safety: false },
        { key: 'power_off', section: 'work', text: text('power off'), safety: true },
        { key: 'cause_removed', section: 'work', text: text('cause removed'), safety: false },
        { key: 'runs', section: 'self_inspection', text: text('runs'), safety: false },
      ],
    },
    order: { id: 'w', number: 'FW20261009-0001', case_id: 'c', asset: null, coverage: null, site: { name: 's' } },
    ...over,
  } as unknown as Visit;
}

let order = 0;
function op(kind: string, body: unknown = {}): Op {
  order += 1;
  return {
    id: `id-${order}`,
    order,
    account_id: 'me',
    lane: 'v',
    kind,
    path: `/api/visits/v/${kind}`,
    body,
    files: [],
    made_at: `2026-10-09T08:${String(order % 60).padStart(2, '0')}:00Z`,
    offset_ms: 0,
    drift_s: 0,
    title: { number: 'n', place: 'p' },
    state: 'waiting',
    tries: 0,
    next_try_ms: 0,
  };
}
const packet = { card: undefined, prices: [], payers: undefined };

describe('a whole visit without a signal', () => {
  test('each step opens the next as on the server, and all of it is marked as not sent', () => {
    const steps: [Op, string | undefined][] = [
      [op('accept'), 'depart'],
      [op('depart', { answers: [{ item: 'badge', result: 'done', note: null }] }), 'arrive'],
      [op('arrive', { method: 'manual' }), 'start'],
      [op('start'), 'self_check'],
      [op('finding', { text: ' loose ', cause_code: 'wiring', action: 'fixed', fault_code: null }), 'self_check'],
      [op('evidence', { kind: 'after', sha256: 'a' }), 'self_check'],
      [op('answer', { item: 'power_off', result: 'done', note: null }), 'self_check'],
      [op('answer', { item: 'cause_removed', result: 'done', note: null }), 'self_check'],
      [op('answer', { item: 'runs', result: 'done', note: null }), 'self_check'],
      [op('self-check'), 'present'],
      [{ ...op('present'), seen: { shown: { sha256: 'd', document: {} } } }, 'sign'],
      [op('sign', { document_hash: 'd' }), 'done'],
      [op('done'), 'leave'],
      [op('leave'), undefined],
    ];
    const ops: Op[] = [];
    for (const [step, next] of steps) {
      ops.push(step);
      const now = standsHere(visit(), ops, packet);
      expect(now.next?.step, step.kind).toBe(next);
      if (next === 'present') expect(now.next?.needs).toEqual([]);
    }
    const left = standsHere(visit(), ops, packet);
    expect(left.state).toBe('left');
    expect([...left.stamps, ...left.findings, ...left.evidence, ...left.answers.slice(1)].every(isUnsent)).toBe(true);
    expect(left.findings[0]?.text).toBe('loose');
  });

  test('what the server shows already is not done twice', () => {
    const server = restanding(visit({ state: 'working' }));
    expect(standsHere(server, [op('accept'), op('start')], packet)).toMatchObject({ state: 'working', stamps: [] });
  });

  test('p24 a safety step comes first also without a signal, and a new answer takes the confirmation back', () => {
    const at = visit({ state: 'working' });
    expect(answerRefusal(at, 'cause_removed', 'done')?.code).toBe('checklist_safety_first');
    expect(answerRefusal(at, 'power_off', 'skipped')?.code).toBe('checklist_safety_not_skippable');
    expect(answerRefusal(at, 'power_off', 'done')).toBeUndefined();
    const checked = standsHere(visit({ state: 'working' }), [op('self-check')], packet);
    expect(checked.self_checked_at).not.toBeNull();
    const again = standsHere(checked, [op('answer', { item: 'runs', result: 'failed', note: 'no' })], packet);
    expect(again.self_checked_at).toBeNull();
  });

  test('p72 nothing but done is open once the customer has signed', () => {
    expect(
      openSteps({ id: 'v', state: 'working', self_checked_at: 'x', document_sha256: 'd', signed_at: 'x' }),
    ).toEqual(['done']);
  });
});

test('p70 sums and capitals are those of the server', () => {
  expect(lineAmounts(12_345, 1500, 130_000, true)).toEqual({ net_minor: 16_388, tax_minor: 2130, gross_minor: 18_518 });
  expect(lineAmounts(10_000, 1000, 130_000, false)).toEqual({
    net_minor: 10_000,
    tax_minor: 1300,
    gross_minor: 11_300,
  });
  for (const [minor, words] of [
    [0, '零元整'],
    [1, '壹分'],
    [53, '伍角叁分'],
    [1_000, '壹拾元整'],
    [123_450, '壹仟贰佰叁拾肆元伍角整'],
    [100_503, '壹仟零伍元零叁分'],
    [1_000_010_000, '壹仟万零壹佰元整'],
  ] as const)
    expect(inCapitals(minor), String(minor)).toBe(words);
});

test('canonical bytes sort their keys and leave out what is undefined', () => {
  expect(canonical({ b: [1, 'x"'], a: { d: null, c: undefined } })).toBe('{"a":{"d":null},"b":[1,"x\\""]}');
});
