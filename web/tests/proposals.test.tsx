/** Who goes: the digits, a window that was promised, and what a customer answered outside of it. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadTexts, setLanguage } from '../src/i18n/index.ts';
import { type Me, meQuery } from '../src/identity/me.ts';
import { type Preset, ProposalsPanel } from '../src/work-orders/proposals.desk.tsx';
import type { Proposals } from '../src/work-orders/requests.ts';

const at = (time: string) => `2026-10-09T${time}:00+08:00`;
const proposal = (nth: number) =>
  ({
    engineer_id: `e${nth}`,
    name: `Engineer ${nth}`,
    badge_number: `B${nth}`,
    photo_sha256: null,
    feasible: true,
    on_time: true,
    window: { start: at(`1${nth}:00`), end: at(`1${nth}:45`) },
    arrive_at: at(`1${nth}:00`),
    margin_s: 600,
    travel_s: 600,
    distance_m: 5000,
    load_min: 60,
    skill_level: 2,
    reasons: [],
  }) as unknown as Proposals['proposals'][number];
const proposals = {
  work_order_id: 'w',
  now: at('09:00'),
  due_at: null,
  roads: { by: 'estimate', ways: 2, estimated: 2 },
  quicker: [],
  proposals: [proposal(1), proposal(2)],
  refused: [],
} as unknown as Proposals;

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
  });
/** What was sent to plan a visit, and what is answered to it. */
const effect = {
  arrive_at: at('11:30'),
  against: [{ code: 'overlaps', text: { zh_cn: '与 FW-2-1 时间重叠', en: 'Overlaps with FW-2-1' } }],
  besides: [{ code: 'margin', text: { zh_cn: '距时限还有 2 小时', en: '2 hours are left' } }],
};
let sent: Record<string, unknown>[] = [];
let planned: () => Response;
const done = vi.fn();

beforeEach(async () => {
  sent = [];
  done.mockReset();
  planned = () => json(201, { id: 'v', number: 'FW-1-1' });
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname } = new URL(request.url);
    if (pathname.endsWith('/effect')) return json(200, effect);
    if (request.method !== 'POST') return json(200, proposals);
    sent.push(await request.json());
    return planned();
  });
  await setLanguage('en', false);
  await loadTexts(['common', 'workorders', 'organisation']);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function shown(preset?: Preset) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(meQuery.queryKey, { id: 'me', permissions: ['visits.plan'] } as unknown as Me);
  const { container } = render(
    <QueryClientProvider client={client}>
      <ProposalsPanel
        order={{ id: 'w', zone: 'Asia/Shanghai', duration_min: 45, wish: { start: at('11:00'), end: at('12:00') } }}
        preset={preset}
        onDone={done}
      />
    </QueryClientProvider>,
  );
  await screen.findByRole('button', { name: /Engineer 1/ });
  const panel = container.querySelector('.ad-proposals');
  if (!panel) throw new Error('no panel');
  return panel;
}

test('a digit takes the proposal of its rank, once', async () => {
  const panel = await shown();
  fireEvent.keyDown(panel, { key: '3' });
  fireEvent.keyDown(panel, { key: '2', repeat: true });
  fireEvent.keyDown(panel, { key: '2', ctrlKey: true });
  fireEvent.keyDown(panel, { key: '2', isComposing: true });
  fireEvent.keyDown(panel, { key: '2' });
  await waitFor(() => expect(done).toHaveBeenCalledTimes(1));
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ engineer_id: 'e2', window_start: at('12:00'), window_end: at('12:45') });
  expect(sent[0]).not.toHaveProperty('outside_promise');
});

test('where a window was promised no digit takes another; who is chosen within it keeps its end', async () => {
  const until = at('14:00');
  const preset = { engineer_id: 'e2', start_ms: Date.parse(at('11:30')), until_ms: Date.parse(until) };
  const panel = await shown(preset);
  fireEvent.keyDown(panel, { key: '1' });
  fireEvent.keyDown(panel, { key: '2' });
  // Begins before what was promised: its end is not promised along.
  fireEvent.click(screen.getByRole('button', { name: /Engineer 1/ }));
  await waitFor(() => expect(done).toHaveBeenCalledTimes(1));
  expect(sent).toHaveLength(1);
  expect(sent[0]).not.toHaveProperty('appointment_end');
  // What was chosen with the customer stands in the choice by hand, with what it does.
  await screen.findByText(/Overlaps with FW-2-1/);
  await screen.findByText(/2 hours are left/);
  const [ranked, byHand] = screen.getAllByRole('button', { name: /Engineer 2/ });
  if (!ranked || !byHand) throw new Error('Engineer 2 is not there twice');
  for (const button of [ranked, byHand]) fireEvent.click(button);
  await waitFor(() => expect(sent.length).toBeGreaterThan(1));
  expect(Date.parse(String(sent[1]?.appointment_end))).toBe(Date.parse(until));
});

test('outside a promise the customer is asked for, and the answer goes along', async () => {
  const problem = {
    type: 'x',
    status: 422,
    code: 'visit_promise_unanswered',
    title: 'Outside the promise',
    errors: [{ pointer: '/outside_promise', code: 'visit_promise_unanswered', detail: 'Outside the promise' }],
  };
  const panel = await shown();
  planned = () => json(422, problem);
  fireEvent.keyDown(panel, { key: '1' });
  const agreed = await screen.findByRole('button', { name: 'They agree: promise the new time' });
  expect(done).not.toHaveBeenCalled();
  planned = () => json(201, { id: 'v', number: 'FW-1-1' });
  fireEvent.click(agreed);
  await waitFor(() => expect(done).toHaveBeenCalledTimes(1));
  expect(sent.map(({ outside_promise }) => outside_promise)).toEqual([undefined, 'agreed']);
  expect(sent[1]).toMatchObject({ engineer_id: 'e1', window_start: at('11:00') });
});
