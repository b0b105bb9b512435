import { describe, expect, test } from 'vitest';
import type { Problem } from '../src/api/problem.ts';
import * as model from '../src/outbox/model.ts';
import { type Ground, Outbox } from '../src/outbox/outbox.ts';

const problem = (status: number, code: string): Problem => ({ status, code, title: code, detail: '', errors: [] });

/** Numbers that look random and are the same for the same seed. */
function dice(seed: number) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 15), z | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296;
  };
}

let made = 0;
function op(lane: string, over: Partial<model.Op> = {}): model.Op {
  made += 1;
  return {
    id: model.uuidv7(1_760_000_000_000 + made, crypto.getRandomValues(new Uint8Array(16))),
    order: made,
    account_id: 'me',
    lane,
    kind: 'finding',
    path: `/api/visits/${lane}/finding`,
    body: { text: String(made) },
    files: [],
    made_at: '2026-10-09T08:00:00Z',
    offset_ms: 0,
    drift_s: 0,
    title: { number: 'FW20261009-0001-1', place: 'x' },
    state: 'waiting',
    tries: 0,
    next_try_ms: 0,
    ...over,
  };
}

describe('the rules', () => {
  test('an id says when it was made and rises with time', () => {
    const id = model.uuidv7(0x0199c4a1b2c3, new Uint8Array(16).fill(255));
    expect(id).toBe('0199c4a1-b2c3-7fff-bfff-ffffffffffff');
    expect(model.uuidv7(2, new Uint8Array(16)) > model.uuidv7(1, new Uint8Array(16).fill(255))).toBe(true);
  });

  test('one lane waits for its first, another goes on; somebody else’s are never due', () => {
    const [a1, a2, b1] = [op('a', { next_try_ms: 500 }), op('a'), op('b')];
    const other = op('c', { account_id: 'you' });
    const queue = [a1, a2, b1, other];
    expect(model.due(queue, 'me', 100)).toEqual([b1]);
    expect(model.due(queue, 'me', 500)).toEqual([a1, b1]);
    expect(model.nextWake([a1, a2], 'me')).toBe(500);
    expect(model.due(queue, 'you', 0)).toEqual([other]);
  });

  test('every kind of answer has its fate', () => {
    const fate = (status: number, code: string) => model.outcomeOf(problem(status, code)).type;
    expect(model.outcomeOf(undefined).type).toBe('done');
    expect(fate(409, 'already_applied')).toBe('done');
    expect(fate(409, 'visit_step_done')).toBe('done');
    for (const [status, code] of [
      [0, 'no_answer'],
      [408, 'x'],
      [429, 'busy'],
      [500, 'x'],
      [503, 'overloaded'],
      [409, 'command_in_flight'],
    ] as const)
      expect(fate(status, code), code).toBe('again');
    expect(fate(401, 'not_signed_in')).toBe('signed_out');
    for (const [status, code] of [
      [400, 'x'],
      [409, 'visit_not_arrived'],
      [410, 'file_lost'],
      [412, 'version_changed'],
      [413, 'x'],
      [422, 'field_invalid'],
    ] as const)
      expect(model.outcomeOf(problem(status, code)), code).toMatchObject({ type: 'refused', whole_lane: false });
    for (const [status, code] of [
      [404, 'visit_unknown'],
      [409, 'visit_cancelled'],
      [403, 'forbidden'],
    ] as const)
      expect(model.outcomeOf(problem(status, code)), code).toMatchObject({ type: 'refused', whole_lane: true });
  });

  test('pauses grow to a minute, keep apart, and respect Retry-After', () => {
    expect(model.pause_ms(0, 0.5)).toBe(60);
    expect(model.pause_ms(3, 0)).toBe(2880);
    expect(model.pause_ms(40, 0.5)).toBe(60_000);
    // Where nothing answers, the signal may be back at any moment, and everything has to be sent within 10 s of it (J6).
    expect(model.pause_ms(40, 1, 0, false)).toBe(7500);
    expect(model.pause_ms(0, 0.5, 20)).toBe(20_000);
  });

  test('a refused one holds those behind it, and comes free by retry or drop', () => {
    const [first, second] = [op('a'), op('a')];
    const outcome = model.outcomeOf(problem(422, 'field_invalid'));
    const queue = model.settle([first, second], first.id, outcome, 0, 0);
    expect(model.due(queue, 'me', 0)).toEqual([]);
    expect(model.isHeld(queue, second)).toBe(true);
    expect(model.due(model.retry(queue, first.id), 'me', 0)[0]?.id).toBe(first.id);
    expect(model.due(model.drop(queue, [first.id]), 'me', 0)[0]?.id).toBe(second.id);
  });

  test('a visit that is gone refuses all that waits for it, and nothing is lost', () => {
    const [first, second, other] = [op('a'), op('a'), op('b')];
    const queue = model.settle([first, second, other], first.id, model.outcomeOf(problem(404, 'visit_unknown')), 0, 0);
    expect(queue.map(({ state }) => state)).toEqual(['refused', 'refused', 'waiting']);
    expect(model.retry(queue, second.id).map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting']);
  });

  test('a clock that was set after the deed is told, also when it was right before', () => {
    expect(model.driftToTell(op('a', { offset_ms: 0, drift_s: 3 }), 0)).toBe(3);
    expect(model.driftToTell(op('a', { offset_ms: 0, drift_s: 3 }), -1_200_000)).toBe(1200);
    expect(model.driftToTell(op('a', { offset_ms: 0, drift_s: -1300 }), 1_200_000)).toBe(-1300);
  });
});

/** A server that keeps what it took and answers a known id as before; it may die between keeping and answering. */
class FakeServer {
  readonly applied: string[] = [];
  private readonly throwDice: () => number;

  constructor(throwDice: () => number) {
    this.throwDice = throwDice;
  }

  deliver(sent: model.Op): { answer: unknown } | { problem: Problem } {
    const luck = this.throwDice();
    if (luck < 0.2) return { problem: problem(0, 'no_answer') };
    if (luck < 0.25) return { problem: problem(503, 'overloaded') };
    if (!this.applied.includes(sent.id)) {
      if (luck < 0.3) return { problem: problem(422, 'field_invalid') };
      this.applied.push(sent.id);
    }
    // Kept, and the answer is lost.
    if (luck < 0.5) return { problem: problem(0, 'no_answer') };
    return { answer: {} };
  }
}

describe('phones that lose answers and die', () => {
  test.each([1, 7, 20_261_009, 424_242])(
    'seed %i: every operation has its one fate, in order per visit',
    async (seed) => {
      const throwDice = dice(seed);
      const disk = new Map<string, model.Op>();
      let order = 0;
      let now_ms = 0;
      const server = new FakeServer(throwDice);
      const took: string[] = [];
      const ground: Ground = {
        load: async () => [...disk.values()].sort((a, b) => a.order - b.order),
        keep: async (ops) => {
          for (const each of ops) {
            order += 1;
            disk.set(each.id, { ...each, order });
          }
        },
        update: async (by) => {
          const after = by([...disk.values()].sort((a, b) => a.order - b.order));
          disk.clear();
          for (const each of after) disk.set(each.id, each);
          return after;
        },
        whoIsIt: async () => (throwDice() < 0.1 ? undefined : 'me'),
        deliver: async (sent) => server.deliver(sent),
        taken: (sent) => took.push(sent.id),
        now_ms: () => now_ms,
        random: throwDice,
      };
      const all: { id: string; lane: string }[] = [];
      const dropped = new Set<string>();
      let phone = new Outbox(ground);
      const settled = () => new Promise((done) => setTimeout(done, 0));
      for (let turn = 0; turn < 200; turn += 1) {
        const lane = `visit-${Math.floor(throwDice() * 3)}`;
        const id = await phone.add({
          account_id: 'me',
          lane,
          kind: 'finding',
          path: `/api/visits/${lane}/finding`,
          body: { text: String(turn) },
          title: { number: lane, place: 'x' },
        });
        all.push({ id, lane });
        now_ms += Math.floor(throwDice() * 4000);
        // The browser is killed: a new life of the page begins with what is on the disk.
        if (throwDice() < 0.05) phone = new Outbox(ground);
        if (throwDice() < 0.1) {
          const stuck = [...disk.values()].find(({ state }) => state === 'refused');
          if (stuck && throwDice() < 0.5) await phone.retry(stuck.id);
          else if (stuck) {
            dropped.add(stuck.id);
            await phone.drop([stuck.id]);
          }
        }
        if (turn % 8 === 0) await settled();
      }
      for (let turn = 0; turn < 4000 && disk.size > 0; turn += 1) {
        now_ms += 70_000;
        const stuck = [...disk.values()].find(({ state }) => state === 'refused');
        if (stuck) await phone.retry(stuck.id);
        phone.flush();
        await settled();
      }
      expect(disk.size, `seed ${seed}`).toBe(0);
      expect(new Set(server.applied).size).toBe(server.applied.length);
      expect([...server.applied].sort()).toEqual(
        all
          .map(({ id }) => id)
          .filter((id) => !dropped.has(id) || server.applied.includes(id))
          .sort(),
      );
      for (const lane of ['visit-0', 'visit-1', 'visit-2']) {
        const asked = all.filter((each) => each.lane === lane && server.applied.includes(each.id)).map(({ id }) => id);
        expect(server.applied.filter((id) => asked.includes(id))).toEqual(asked);
      }
      expect(took.every((id) => server.applied.includes(id))).toBe(true);
    },
    60_000,
  );
});
