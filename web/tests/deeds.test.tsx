/** What an engineer does on a visit, quick or slow, with a signal or without: nothing typed is lost, nothing waits for the network. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, renderHook, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { loadTexts, setLanguage } from '../src/i18n/index.ts';
import { type Me, meQuery } from '../src/identity/me.ts';
import { deliver } from '../src/outbox/deliver.ts';
import type { Op, Queue } from '../src/outbox/model.ts';
import { type Ground, Outbox, outbox, setOutbox } from '../src/outbox/outbox.ts';
import { keptFile } from '../src/outbox/store.ts';
import { noteOf } from '../src/outbox/words.ts';
import { readDraft } from '../src/ui/draft.ts';
import { Field, useForm } from '../src/ui/form.tsx';
import { useDeed, useVisitHere } from '../src/visits/command.ts';
import { restanding } from '../src/visits/offline/standing.ts';
import { type MyDay, myDayQuery, type Visit, visitQuery } from '../src/visits/requests.ts';

vi.mock('../src/outbox/store.ts', () => ({ keptFile: vi.fn(async () => undefined) }));

const text = (word: string) => ({ zh_cn: word, en: word });
const visit = (over: Partial<Visit> = {}) =>
  restanding({
    id: 'v',
    number: 'FW20261009-0001-1',
    version: 1,
    state: 'dispatched',
    stamps: [],
    answers: [],
    findings: [],
    evidence: [],
    old_parts: [],
    guidance: [],
    quote: null,
    self_checked_at: null,
    document_sha256: null,
    signed_at: null,
    charges: { items: [], totals: { total_minor: 0, waived_minor: 0 } },
    checklist: { title: text('x'), version: 1, items: [] },
    order: { id: 'w', number: 'FW20261009-0001', case_id: 'c', asset: null, coverage: null, site: { name: 's' } },
    ...over,
  } as unknown as Visit);

const answers = vi.fn<(request: Request) => Promise<Response>>();
let queries: QueryClient;
beforeEach(async () => {
  answers.mockReset();
  vi.stubGlobal('fetch', answers);
  queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } } });
  await setLanguage('en', false);
  await loadTexts(['common', 'status', 'visits']);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});
const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
  });
/** A network that gives no answer as long as one waits. */
const never = () => new Promise<Response>(() => {});

function Wrapper({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
}

/** An outbox whose disk is a list and whose server is the stubbed fetch. */
function phone(over: Partial<Ground> = {}): Map<string, Op> {
  const disk = new Map<string, Op>();
  const inOrder = () => [...disk.values()].sort((a, b) => a.order - b.order);
  setOutbox(
    new Outbox({
      load: async () => inOrder(),
      keep: async (ops) => {
        for (const op of ops) disk.set(op.id, { ...op, order: disk.size + 1 });
      },
      update: async (by) => {
        const after: Queue = by(inOrder());
        disk.clear();
        for (const op of after) disk.set(op.id, op);
        return after;
      },
      whoIsIt: async () => 'me',
      deliver,
      taken: (op, answer) => queries.setQueryData(visitQuery(op.lane).queryKey, answer as Visit),
      now_ms: Date.now,
      random: () => 0,
      ...over,
    }),
  );
  queries.setQueryData(meQuery.queryKey, { id: 'me' } as Me);
  queries.setQueryData(myDayQuery.queryKey, { visits: [visit()], prices: [], over: [] } as unknown as MyDay);
  return disk;
}
const kinds = (disk: Map<string, Op>) => [...disk.values()].map(({ kind }) => kind);

describe('keeping and sending', () => {
  test('a step keeps its id and its time over a lost answer, and its answer replaces the visit', async () => {
    const disk = phone();
    const { result } = renderHook(() => useDeed(visit(), 'accept'), { wrapper: Wrapper });
    answers.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    let done: boolean | undefined;
    await act(async () => {
      done = await result.current.run(undefined);
    });
    // The screen goes on as if it had been taken; it is kept until the server has it.
    expect(done).toBe(true);
    expect(result.current.problem).toBeUndefined();
    expect(disk.size).toBe(1);
    await waitFor(() => expect(answers).toHaveBeenCalledTimes(1));
    answers.mockResolvedValueOnce(json(200, visit({ state: 'accepted', version: 2 })));
    outbox().hurry();
    await waitFor(() => expect(disk.size).toBe(0));
    const [first, second] = answers.mock.calls.map(([request]) => request.headers);
    expect(second?.get('idempotency-key')).toBe(first?.get('idempotency-key'));
    expect(second?.get('device-time')).toBe(first?.get('device-time'));
    expect(first?.get('device-time')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(first?.get('device-drift')).toMatch(/^-?\d+$/);
    expect(queries.getQueryData(visitQuery('v').queryKey)).toMatchObject({ state: 'accepted' });
  });

  test('p21 a step is taken while the one before it still waits for its answer', async () => {
    const disk = phone();
    answers.mockImplementation(never);
    const { result } = renderHook(
      () => {
        const here = useVisitHere('v').query.data ?? visit();
        return {
          here,
          accept: useDeed(here, 'accept'),
          depart: useDeed(here, 'depart'),
          arrive: useDeed(here, 'arrive'),
        };
      },
      { wrapper: Wrapper },
    );
    await act(async () => void (await result.current.accept.run(undefined)));
    expect(result.current.here.next?.step).toBe('depart');
    await act(async () => void (await result.current.depart.run({ answers: [] })));
    expect(result.current.here.next?.step).toBe('arrive');
    await act(async () => void (await result.current.arrive.run({ method: 'manual', late_reason: null })));
    expect(result.current.here.next?.step).toBe('start');
    expect(kinds(disk)).toEqual(['accept', 'depart', 'arrive']);
  });

  test('p23 photos taken one after the other are all kept, however slow the first one is', async () => {
    const disk = phone();
    answers.mockImplementation(never);
    const { result } = renderHook(() => useDeed(visit({ state: 'working' }), 'evidence'), { wrapper: Wrapper });
    const take = (sha256: string) =>
      result.current.run(
        { kind: 'before', sha256 },
        { files: [{ sha256, bytes: new ArrayBuffer(1) }], back: () => false },
      );
    await act(async () => void (await Promise.all([take('a'), take('b'), take('c')])));
    expect([...disk.values()].map(({ files }) => files)).toEqual([['a'], ['b'], ['c']]);
  });

  test('p26 a double tap on one charge is one charge', async () => {
    const disk = phone();
    answers.mockImplementation(never);
    queries.setQueryData(myDayQuery.queryKey, {
      visits: [visit({ state: 'working' })],
      prices: [
        {
          id: 'p',
          kind: 'labour',
          description: text('l'),
          unit: text('h'),
          price_minor: 1,
          tax_ppm: 0,
          currency: 'CNY',
        },
      ],
      over: [],
    } as unknown as MyDay);
    const { result } = renderHook(() => useDeed(visit({ state: 'working' }), 'charge'), { wrapper: Wrapper });
    const body = { price_line_id: 'p', quantity_milli: 1000, part_serial: null };
    await act(async () => void (await Promise.all([result.current.run(body), result.current.run({ ...body })])));
    expect(kinds(disk)).toEqual(['charge']);
  });

  test('a refusal with a signal stands at the form, reads the day again and leaves nothing in the queue', async () => {
    const disk = phone();
    const stale = vi.spyOn(queries, 'invalidateQueries');
    const { result } = renderHook(() => useDeed(visit(), 'start'), { wrapper: Wrapper });
    answers.mockResolvedValueOnce(
      json(409, { status: 409, code: 'visit_not_arrived', title: 'Not there', current: { state: 'dispatched' } }),
    );
    await act(async () => void (await result.current.run(undefined)));
    await waitFor(() => expect(result.current.problem?.code).toBe('visit_not_arrived'));
    await waitFor(() => expect(disk.size).toBe(0));
    expect(stale).toHaveBeenCalledWith({ queryKey: myDayQuery.queryKey });
  });

  test('g3 a refused deed on which another was made stays in the queue with what it says', async () => {
    const disk = phone();
    const back = vi.fn(() => true);
    let refuse: (answer: Response) => void = () => {};
    answers.mockImplementationOnce(
      () =>
        new Promise((done) => {
          refuse = done;
        }),
    );
    const { result } = renderHook(() => useDeed(visit({ state: 'working' }), 'guidance'), { wrapper: Wrapper });
    await act(async () => void (await result.current.run({ who: 'a', topic: 'x', minutes: 0 }, { back })));
    await act(async () => void (await result.current.run({ who: 'b', topic: 'y', minutes: 5 })));
    await act(async () => refuse(json(422, { status: 422, code: 'visit_guidance_invalid', title: 'No minutes' })));
    await waitFor(() => expect(result.current.problem?.code).toBe('visit_guidance_invalid'));
    expect(back).not.toHaveBeenCalled();
    expect([...disk.values()].map(({ state, body }) => [state, (body as { who: string }).who])).toEqual([
      ['refused', 'a'],
      ['waiting', 'b'],
    ]);
  });

  test('g3 without a signal a refusal that comes later is kept with both versions', async () => {
    const disk = phone();
    const { result } = renderHook(() => useDeed(visit(), 'decline'), { wrapper: Wrapper });
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    answers.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await act(async () => void (await result.current.run({ reason: 'ill' })));
    await waitFor(() => expect([...disk.values()][0]?.tries).toBe(1));
    answers.mockResolvedValueOnce(
      json(409, { status: 409, code: 'visit_cancelled', title: 'Cancelled', current: { state: 'cancelled' } }),
    );
    outbox().hurry();
    await waitFor(() => expect([...disk.values()][0]?.state).toBe('refused'));
    const [kept] = disk.values();
    expect(kept).toMatchObject({ body: { reason: 'ill' }, problem: { current: { state: 'cancelled' } } });
    const said = noteOf(
      (key, values) => [key, ...Object.values(values ?? {})].join(' '),
      kept ? [kept] : [],
      () => undefined,
    );
    expect(said).toContain('field.said.reason ill');
  });

  test('a phone that can keep nothing says so, and the form keeps what was typed', async () => {
    phone({ keep: () => Promise.reject(new DOMException('full', 'QuotaExceededError')) });
    const { result } = renderHook(() => useDeed(visit({ state: 'working' }), 'guidance'), { wrapper: Wrapper });
    const kept = vi.fn();
    let done: boolean | undefined;
    await act(async () => {
      done = await result.current.run({ who: 'a', topic: 'x', minutes: 5 }, { kept });
    });
    expect(done).toBe(false);
    expect(kept).not.toHaveBeenCalled();
    expect(result.current.problem?.code).toBe('not_kept');
  });
});

/** A form like those of the visit page, with the lines that it makes. */
function Guidance() {
  const here = useVisitHere('v').query.data ?? visit();
  const command = useDeed(here, 'guidance');
  const form = useForm({ initial: { who: '', topic: '' }, draft_key: 'test.guidance', problem: command.problem });
  lines.push(`${here.guidance.length}:${form.values.who}`);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const sent = form.values;
        void command.run({ ...sent, minutes: 1 }, { kept: () => form.spend(sent), back: () => form.giveBack(sent) });
      }}
    >
      {here.guidance.map((one) => (
        <p key={one.id}>{one.who}</p>
      ))}
      <Field label="Who" error={form.errorAt('/who')}>
        {(input) => <input {...input} {...form.text('who')} />}
      </Field>
      <Field label="Topic">{(input) => <input {...input} {...form.text('topic')} />}</Field>
      <button type="submit">Save</button>
    </form>
  );
}
const lines: string[] = [];
const who = () => screen.getByLabelText<HTMLInputElement>(/Who/);
const topic = () => screen.getByLabelText<HTMLInputElement>(/Topic/);
const type = (input: HTMLInputElement, value: string) => fireEvent.change(input, { target: { value } });

test('p23 a photo gets through where every second answer is lost: what the server has is not sent again', async () => {
  const bytes = new ArrayBuffer(8);
  vi.mocked(keptFile).mockResolvedValue(bytes);
  const disk = phone();
  const { result } = renderHook(() => useDeed(visit({ state: 'working' }), 'evidence'), { wrapper: Wrapper });
  let turn = 0;
  answers.mockImplementation(async (request) => {
    turn += 1;
    if (turn % 2 === 0) throw new TypeError('Failed to fetch');
    return request.method === 'PUT' ? json(200, { complete: true, received: 8 }) : json(200, visit({ version: 2 }));
  });
  const sha256 = 'e'.repeat(64);
  await act(async () => void (await result.current.run({ kind: 'before', sha256 }, { files: [{ sha256, bytes }] })));
  await waitFor(() => expect(disk.size).toBe(0), { timeout: 3000 });
  expect(answers.mock.calls.map(([{ method }]) => method)).toEqual(['PUT', 'POST', 'POST']);
});

describe('p25 forms of a visit', () => {
  beforeEach(() => {
    lines.length = 0;
  });

  function opened(keep?: Ground['keep']) {
    const disk = phone(keep ? { keep } : {});
    const working = visit({ state: 'working' });
    queries.setQueryData(myDayQuery.queryKey, { visits: [working], prices: [], over: [] } as unknown as MyDay);
    queries.setQueryData(visitQuery('v').queryKey, working);
    render(<Guidance />, { wrapper: Wrapper });
    return disk;
  }

  test('the form is empty in the same drawing in which its line appears', async () => {
    opened();
    answers.mockImplementation(never);
    type(who(), 'guard');
    await act(async () => void fireEvent.click(screen.getByRole('button')));
    await screen.findByText('guard');
    expect(who().value).toBe('');
    expect(lines).not.toContain('1:guard');
    expect(lines).toContain('1:');
  });

  test('a second entry typed at once survives the answer to the first', async () => {
    const disk = opened();
    let answer: (response: Response) => void = () => {};
    answers.mockImplementationOnce(
      () =>
        new Promise((done) => {
          answer = done;
        }),
    );
    type(who(), 'guard');
    await act(async () => void fireEvent.click(screen.getByRole('button')));
    await screen.findByText('guard');
    const input = who();
    type(input, 'porter');
    input.focus();
    const told = visit({ state: 'working', version: 2, guidance: [{ id: 'g', who: 'guard' }] as Visit['guidance'] });
    await act(async () => answer(json(200, told)));
    await waitFor(() => expect(disk.size).toBe(0));
    expect(who()).toBe(input);
    expect(input.value).toBe('porter');
    expect(document.activeElement).toBe(input);
  });

  test('what is typed while the phone still writes stays, and only that', async () => {
    let written: () => void = () => {};
    opened(
      () =>
        new Promise((done) => {
          written = done;
        }),
    );
    type(who(), 'guard');
    type(topic(), 'remote');
    await act(async () => void fireEvent.click(screen.getByRole('button')));
    type(topic(), 'reset');
    await act(async () => written());
    await waitFor(() => expect(who().value).toBe(''));
    expect(topic().value).toBe('reset');
  });

  test('a refusal gives back what was typed, with its words at the field', async () => {
    const disk = opened();
    answers.mockResolvedValueOnce(
      json(422, {
        status: 422,
        code: 'field_invalid',
        title: 'Wrong',
        errors: [{ pointer: '/who', code: 'x', detail: 'Nobody of that name' }],
      }),
    );
    type(who(), 'guard');
    await act(async () => void fireEvent.click(screen.getByRole('button')));
    await screen.findByText('Nobody of that name');
    expect(who().value).toBe('guard');
    await waitFor(() => expect(disk.size).toBe(0));
    expect(JSON.stringify(readDraft('test.guidance'))).toContain('guard');
  });

  test('a refusal never takes the place of what is being typed by then', async () => {
    const disk = opened();
    let answer: (response: Response) => void = () => {};
    answers.mockImplementationOnce(
      () =>
        new Promise((done) => {
          answer = done;
        }),
    );
    type(who(), 'guard');
    await act(async () => void fireEvent.click(screen.getByRole('button')));
    await screen.findByText('guard');
    type(who(), 'porter');
    await act(async () => answer(json(422, { status: 422, code: 'field_invalid', title: 'Wrong', errors: [] })));
    await waitFor(() => expect([...disk.values()][0]?.state).toBe('refused'));
    expect(who().value).toBe('porter');
  });
});
