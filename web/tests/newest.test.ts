/** What a phone holds never goes back to an older state, in whichever order answers arrive. */
import { QueryClient } from '@tanstack/react-query';
import { describe, expect, test } from 'vitest';
import type { Op } from '../src/outbox/model.ts';
import { nameIn } from '../src/outbox/names.ts';
import { typed } from '../src/outbox/words.ts';
import { mayAsk } from '../src/visits/offline/held.ts';
import { answeredVisit, dayAfter, newestAnswer, newestDay, newestVisit, timed } from '../src/visits/offline/newest.ts';
import { type DayCard, type MyDay, myDayQuery, type Visit, visitQuery } from '../src/visits/requests.ts';

const card = (id: string, version: number, over: Partial<DayCard> = {}) =>
  ({
    id,
    version,
    number: `n-${id}`,
    state: 'accepted',
    history: [],
    order: { id: `w-${id}` },
    ...over,
  }) as unknown as DayCard;
const day = (visits: DayCard[], over: MyDay['over'] = []) =>
  ({ now: `${Math.random()}`, visits, over, prices: [], fault_codes: [] }) as unknown as MyDay;

/** A read that begins now and is answered later. */
function reading<T extends object>() {
  let arrive: (answer: T) => void = () => {};
  const answer = timed(
    () =>
      new Promise<T>((done) => {
        arrive = done;
      }),
  );
  return {
    arrives: async (with_: T) => {
      await new Promise((done) => setTimeout(done, 2));
      arrive(with_);
      return answer;
    },
  };
}
const read = <T extends object>(answer: T) => reading<T>().arrives(answer);
const states = (of: MyDay) => of.visits.map(({ id, version }) => `${id}${version}`);

describe('visits', () => {
  test('p21 an answer to a step is never undone by an older one', () => {
    const [travelling, accepted] = [card('v', 3), card('v', 2)];
    expect(newestVisit(travelling, accepted)).toBe(travelling);
    expect(newestVisit(accepted, travelling).version).toBe(3);
    expect(newestVisit(undefined, accepted)).toBe(accepted);
  });

  test('a read that began before what is held arrived loses by its version, one that began after it wins', async () => {
    const slow = reading<DayCard>();
    const held = await read(card('v', 3));
    expect(newestVisit(held, await slow.arrives(card('v', 2)))).toBe(held);
    // The server was restored from a backup: it counts from lower again, and is right.
    expect(newestVisit(held, await read(card('v', 2))).version).toBe(2);
  });

  test('p21 a step’s answer holds against a read that was on its way, and a repeated answer against what came since', async () => {
    const slow = reading<DayCard>();
    const answered = answeredVisit(card('v', 2) as Visit, card('v', 3) as Visit);
    if (!answered) throw new Error('it is newer');
    expect(newestVisit(answered, (await slow.arrives(card('v', 2))) as Visit)).toBe(answered);
    expect(answeredVisit(card('v', 4) as Visit, card('v', 3) as Visit)).toBeUndefined();
  });

  test('what a query holds is guarded wherever it is set', async () => {
    const queries = new QueryClient();
    queries.setQueryDefaults(['visit'], { structuralSharing: newestAnswer });
    const { queryKey } = visitQuery('v');
    queries.setQueryData(queryKey, card('v', 3) as Visit);
    queries.setQueryData(queryKey, card('v', 2) as Visit);
    expect(queries.getQueryData(queryKey)?.version).toBe(3);
    const slow = reading<MyDay>();
    queries.setQueryData(myDayQuery.queryKey, await read(day([card('v', 2)])));
    queries.setQueryData(myDayQuery.queryKey, (now) => now && dayAfter(now, card('v', 3)));
    queries.setQueryData(myDayQuery.queryKey, await slow.arrives(day([card('v', 2)])));
    expect(queries.getQueryData(myDayQuery.queryKey)?.visits[0]?.version).toBe(3);
  });
});

describe('the day', () => {
  test('a day read while a step was taken keeps the step, and takes everything else', async () => {
    const before = await read(day([card('a', 1), card('b', 1)]));
    const slow = reading<MyDay>();
    const after = dayAfter(before, card('a', 2, { state: 'travelling' }));
    const merged = newestDay(after, await slow.arrives(day([card('a', 1), card('b', 2), card('c', 1)])));
    expect(states(merged)).toEqual(['a2', 'b2', 'c1']);
    expect(states(newestDay(merged, await read(day([card('b', 2)]))))).toEqual(['b2']);
  });

  test('a visit that was left does not come back with a day that was read before', async () => {
    const before = await read(day([card('a', 5)]));
    const slow = reading<MyDay>();
    const left = dayAfter(before, card('a', 6, { state: 'left' }));
    expect(states(left)).toEqual([]);
    expect(left.over.map(({ id, state }) => [id, state])).toEqual([['a', 'left']]);
    const merged = newestDay(left, await slow.arrives(day([card('a', 5)])));
    expect(states(merged)).toEqual([]);
    expect(merged.over.map(({ id }) => id)).toEqual(['a']);
    // Given to the same engineer once more.
    expect(states(newestDay(left, await read(day([card('a', 7)]))))).toEqual(['a7']);
  });

  test('in any order of arrival the day ends at the newest state', async () => {
    for (let seed = 1; seed < 60; seed += 1) {
      let held: MyDay | undefined;
      const slow = [1, 2, 3, 4].map((version) => ({ version, of: reading<MyDay>() }));
      held = newestDay(held, await read(day([card('a', 4)])));
      const order = slow.sort((a, b) => ((a.version * seed * 7) % 5) - ((b.version * seed * 7) % 5));
      for (const { version, of } of order) held = newestDay(held, await of.arrives(day([card('a', version)])));
      expect(states(held), `seed ${seed}`).toEqual(['a4']);
    }
  });
});

describe('asking', () => {
  const op = (kind: string, over: Partial<Op> = {}) => ({ lane: 'v', kind, state: 'waiting', ...over }) as Op;

  test('decision 2: only visits of the day are asked about, and none that was left or declined here', () => {
    const held = day([card('v', 1)]);
    expect(mayAsk(held, [], 'v')).toBe(true);
    expect(mayAsk(held, [op('finding')], 'v')).toBe(true);
    expect(mayAsk(held, [op('leave')], 'v')).toBe(false);
    expect(mayAsk(held, [op('decline')], 'v')).toBe(false);
    expect(mayAsk(held, [op('decline', { state: 'refused' })], 'v')).toBe(true);
    expect(mayAsk(held, [], 'other')).toBe(false);
    expect(mayAsk(undefined, [], 'v')).toBe(false);
  });
});

test('the queue says codes in words: faults, causes, steps, prices, exclusions', () => {
  const both = (word: string) => ({ zh_cn: word, en: word });
  const known = {
    ...day([
      card('v', 1, {
        checklist: { items: [{ key: 'power_off', text: both('Power off') }] },
        exclusions: [{ code: 'self_repaired', name: both('Repaired by themselves') }],
      } as unknown as Partial<DayCard>),
    ]),
    fault_codes: [
      { kind: 'fault', code: 'F12', name: both('Motor') },
      { kind: 'cause', code: 'component', name: both('Component') },
    ],
    prices: [{ id: 'p-1', description: both('Labour') }],
  } as unknown as MyDay;
  const says = (kind: string, body: unknown) => {
    const op = { kind, lane: 'v', body, files: [], path: '' } as unknown as Op;
    const say = (key: string, values?: Record<string, unknown>) => (values ? Object.values(values).join('=') : key);
    return typed(say, op, (of, name, code) => nameIn(known, undefined, of, name, code)?.zh_cn);
  };
  expect(says('finding', { text: 'loose', fault_code: 'F12', cause_code: 'component', action: 'fixed' })).toEqual([
    'field.said.text=loose',
    'field.said.fault_code=Motor',
    'field.said.cause_code=Component',
    'field.said.action=fixed',
  ]);
  expect(says('answer', { item: 'power_off', result: 'done', note: null })[0]).toBe('field.said.item=Power off');
  expect(says('charge', { price_line_id: 'p-1', quantity_milli: 1500 })).toEqual([
    'field.said.price_line_id=Labour',
    'field.said.quantity_milli=1.5',
  ]);
  expect(says('charge', { price_line_id: 'unheard-of', quantity_milli: 1000 })).toEqual([
    'field.said.quantity_milli=1',
  ]);
  expect(says('exclusion', { code: 'self_repaired', text: 't' })[0]).toBe('field.said.code=Repaired by themselves');
  expect(says('depart', { answers: [{}, {}] })).toEqual(['2']);
});
