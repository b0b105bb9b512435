/** The engineer's phone: the line of steps, quantities, photos, signatures, the service order. */
import { fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadTexts, setLanguage } from '../src/i18n/index.ts';
import { answerFrom, CheckRow } from '../src/visits/checklist.field.tsx';
import { sendFile } from '../src/visits/photo.ts';
import { scaled } from '../src/visits/picture.ts';
import type { ServiceOrderView, Visit } from '../src/visits/requests.ts';
import { ServiceOrderPaper, strokesOf } from '../src/visits/service-order.tsx';
import { toStrokes } from '../src/visits/signature-pad.tsx';
import { distanceM, kilometres, line, presentStep, quantityMilli } from '../src/visits/steps.ts';

const at = '2026-10-09T08:40:00Z';
const stamp = (step: string) => ({ step, at }) as Visit['stamps'][number];
const visit = (over: Partial<Visit>) =>
  ({
    id: 'v',
    state: 'working',
    stamps: ['accept', 'depart', 'arrive', 'start'].map(stamp),
    next: { step: 'self_check', needs: [] },
    self_checked_at: null,
    checklist: {
      title: { zh_cn: 'x', en: 'x' },
      version: 1,
      items: [{ key: 'power_off', section: 'work', safety: true, text: { zh_cn: 'x', en: 'Power off' } }],
    },
    answers: [],
    findings: [],
    evidence: [],
    order: { id: 'w' },
    ...over,
  }) as unknown as Visit;
const states = (of: Visit) => Object.fromEntries(line(of).map(({ step, state }) => [step, state]));

const answers = vi.fn<(request: Request) => Promise<Response>>();
beforeEach(async () => {
  answers.mockReset();
  vi.stubGlobal('fetch', answers);
  await setLanguage('en', false);
  await loadTexts(['common', 'status', 'visits']);
});
afterEach(() => vi.unstubAllGlobals());
const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
  });

test('the line stands at the work until finding, steps and the photo after are there', () => {
  expect(presentStep(visit({}))).toBe('work');
  const recorded = visit({
    answers: [{ item: 'power_off', result: 'done' }],
    findings: [{}] as Visit['findings'],
    evidence: [{ kind: 'after', visit_id: 'v' }] as Visit['evidence'],
  });
  expect(presentStep(recorded)).toBe('self_check');
  expect(presentStep({ ...recorded, evidence: [{ kind: 'after', visit_id: 'earlier' }] as Visit['evidence'] })).toBe(
    'work',
  );
  expect(states(recorded)).toMatchObject({ start: 'done', work: 'done', self_check: 'now', sign: 'ahead' });
});

test('a visit that ended early crosses out the steps it never had', () => {
  const left = visit({
    state: 'left',
    next: null,
    stamps: ['accept', 'depart', 'arrive', 'no_access', 'leave'].map(stamp),
  });
  expect(states(left)).toMatchObject({
    arrive: 'done',
    start: 'left_out',
    sign: 'left_out',
    done: 'done',
    leave: 'done',
  });
});

test('quantities are read in thousandths, and nothing else is taken for one', () => {
  expect(['1', '0.5', '1,25', ' 2 '].map(quantityMilli)).toEqual([1000, 500, 1250, 2000]);
  expect(['', '0', '-1', '1.2345', 'two', '1e3'].map(quantityMilli)).toEqual(Array(6).fill(undefined));
});

test('distances', () => {
  expect(Math.round(distanceM({ lon: 108.9, lat: 34.2 }, { lon: 108.9, lat: 34.3 }))).toBe(11_119);
  expect([3, 340, 12_300].map(kilometres)).toEqual(['0.1', '0.3', '12']);
});

test('a photo keeps its shape and never grows', () => {
  expect(scaled(4000, 3000, 1600)).toEqual({ width: 1600, height: 1200 });
  expect(scaled(800, 600, 1600)).toEqual({ width: 800, height: 600 });
  expect(scaled(9000, 1, 1600)).toEqual({ width: 1600, height: 1 });
});

test('a file goes on where the server says that it stands', async () => {
  const ranges: (string | null)[] = [];
  answers.mockImplementation(async (request) => {
    ranges.push(request.headers.get('content-range'));
    if (ranges.length === 1)
      return json(416, { status: 416, code: 'file_range_wrong', title: 'Range', current: 200_000 });
    return json(200, { sha256: 'd', received: 250_000, complete: true });
  });
  await sendFile('d'.repeat(64), new ArrayBuffer(250_000));
  expect(ranges).toEqual(['bytes 0-131071/250000', 'bytes 200000-249999/250000']);
});

test('strokes are whole points inside of the field, timed from the first one', () => {
  const drawn = [
    {
      points: [
        { x: 1.4, y: -3, time: 1000 },
        { x: 5000, y: 2, time: 1012.6 },
      ],
    },
    { points: [] },
  ];
  expect(toStrokes(drawn)).toEqual([
    [
      { x: 1, y: 0, t_ms: 0 },
      { x: 4096, y: 2, t_ms: 13 },
    ],
  ]);
  expect(strokesOf([[{ x: 1, y: 2, t_ms: 0 }]])).toBeDefined();
  expect(strokesOf([[{ x: '1' }]])).toBeUndefined();
});

test('p24 another result than done asks for its words, and a refusal stands at the step', () => {
  expect(answerFrom('skipped', ' no part ')).toEqual({ result: 'skipped', reason: 'no part' });
  expect(answerFrom('done', ' ')).toEqual({ result: 'done', note: null });
  const answer = vi.fn(async () => true);
  const item = { key: 'k', section: 'work', safety: true, text: { zh_cn: 'x', en: 'Power off' } } as const;
  const problem = {
    status: 409,
    code: 'checklist_safety_first',
    title: 'Do the safety step first',
    detail: '',
    errors: [],
    current: { state: 'working' },
  };
  render(<CheckRow item={item} answer={undefined} draft_key="t" editable problem={problem} onAnswer={answer} />);
  expect(screen.getByText('Do the safety step first')).toBeTruthy();
  expect(screen.getByText('It now stands at:')).toBeTruthy();
  fireEvent.click(screen.getByRole('checkbox'));
  expect(answer).toHaveBeenCalledWith({ result: 'done', note: null });
});

const order = (over: Partial<ServiceOrderView>) =>
  ({
    sha256: 'a'.repeat(64),
    shown_at: at,
    left_at: null,
    invoice: null,
    signature: null,
    document: {
      number: 'FW20261009-0001',
      case_number: 'SQ20261009-0001',
      visit_number: 'FW20261009-0001-1',
      format: 'aftercare.service-order/1',
      kind: 'repair',
      parties: {
        unit: { zh_cn: 'x', en: 'North' },
        engineer: 'E',
        badge_number: '1',
        customer: 'C',
        customer_number: 'K',
      },
      site: { name: 'S', address: 'A', place: 'B2', zone: 'Asia/Shanghai' },
      asset: null,
      fault: { symptom: 'stuck', severity: 'major', reported_at: at, onsite_agreed_at: null },
      findings: [{ text: 'f', cause_code: 'unheard_of', action: 'a', fault_code: null }],
      checklist: { title: { zh_cn: 'x', en: 'x' }, version: 0, items: [] },
      old_parts: [],
      photos: [],
      coverage: null,
      lines: [
        {
          id: 'l',
          kind: 'labour',
          description: { zh_cn: 'x', en: 'Labour' },
          quantity_milli: 1500,
          price_minor: 12_000,
          amount_minor: 18_000,
          waived_minor: 18_000,
          customer_minor: 0,
          tax_minor: 0,
          tax_ppm: 60_000,
          tax_included: true,
          payer: 'company',
          source: 'price_line:1',
        },
      ],
      totals: {
        currency: 'CNY',
        amount_minor: 18_000,
        waived_minor: 18_000,
        customer_minor: 0,
        tax_minor: 0,
        customer_in_capitals: 'ZERO',
      },
      times: { window_start: at, window_end: at, earlier_visits: [] },
      quote: null,
    },
    ...over,
  }) as unknown as ServiceOrderView;

test('p12 p70 a free line shows the list price as waived, and the total in capitals', () => {
  const { container } = render(
    <ServiceOrderPaper of={order({})} letterhead={{ company: 'Spruce', hotline: '+864000' }} />,
  );
  const row = container.querySelector('.so-lines tbody tr');
  expect([...(row?.querySelectorAll('td') ?? [])].map((cell) => cell.textContent)).toEqual([
    'Labour',
    'Labour',
    '1.5',
    '¥120.00',
    '¥180.00',
    '¥180.00',
    '¥0.00',
    'Company pays',
  ]);
  expect(screen.getByText('ZERO')).toBeTruthy();
  expect(screen.getAllByText('2026-10-09 16:40 GMT+8').length).toBeGreaterThan(0);
  expect(screen.getByText('unheard_of')).toBeTruthy();
  expect(screen.queryByText(/Draft/)).toBeNull();
});

test('p72 a refusal stands where the signature would, with its witness; a draft says so', () => {
  const refused = {
    kind: 'result',
    outcome: 'refused',
    reason: 'too dear',
    witness: 'Guard',
    at,
  } as ServiceOrderView['signature'];
  const { rerender } = render(<ServiceOrderPaper of={order({ signature: refused ?? null })} />);
  expect(screen.getByText('too dear')).toBeTruthy();
  expect(screen.getByText(/Witness Guard · 2026-10-09 16:40/)).toBeTruthy();
  rerender(<ServiceOrderPaper of={order({ shown_at: null })} large />);
  expect(screen.getByText(/Draft/)).toBeTruthy();
});

test('p53 a sold part says on the order until when it is covered, and no other line does', () => {
  const view = order({});
  const [labour] = view.document.lines;
  if (!labour) throw new Error('no line');
  const sold = { ...labour, id: 'p', kind: 'parts', covered_until: '2027-01-11' } as typeof labour;
  const both = { ...view, document: { ...view.document, lines: [labour, sold] } };
  for (const large of [false, true]) {
    const { unmount } = render(<ServiceOrderPaper of={both} large={large} />);
    expect(screen.getAllByText('part covered until 2027-01-11')).toHaveLength(1);
    unmount();
  }
});
