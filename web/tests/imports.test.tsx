/** Tables from another system: what can be done when, the form that sends one, and the record of one. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadTexts, setLanguage } from '../src/i18n/index.ts';
import { type Me, meQuery } from '../src/identity/me.ts';
import ImportPage from '../src/imports/import.desk.tsx';
import { type Import, mostBytes, stampOf, steps, templateAddress } from '../src/imports/requests.ts';
import ImportsPage from '../src/imports/start.desk.tsx';

const answers = vi.fn<(request: Request) => Promise<Response>>();
beforeEach(async () => {
  answers.mockReset();
  vi.stubGlobal('fetch', answers);
  localStorage.clear();
  await setLanguage('en', false);
  await loadTexts(['common', 'imports', 'customers', 'shell']);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const report = {
  rows: 2,
  new: 2,
  changed: 0,
  same: 0,
  bad: 0,
  examples: 0,
  unknown: [],
  faults: [],
  more_faults: 0,
  refusal: null,
};
const view: Import = {
  id: '0190a000-0000-7000-8000-000000000001',
  kind: 'assets',
  source: 'table',
  file_name: 'assets.xlsx',
  bytes: 1000,
  state: 'checked',
  progress: null,
  report,
  made_at: '2026-10-09T08:00:00Z',
  changed_at: '2026-10-09T08:00:01Z',
  version: 2,
};
const json = (status: number, body: unknown, etag?: string) =>
  new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': status < 400 ? 'application/json' : 'application/problem+json',
      ...(etag && { etag }),
    },
  });

function shown(path: string) {
  const root = createRootRoute();
  const routes = [
    createRoute({ getParentRoute: () => root, path: '/imports', component: ImportsPage }),
    createRoute({ getParentRoute: () => root, path: '/imports/$import_id', component: ImportPage }),
  ];
  const router = createRouter({
    routeTree: root.addChildren(routes),
    history: createMemoryHistory({ initialEntries: [path] }),
  });
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  client.setQueryData(meQuery.queryKey, { id: 'me', permissions: ['customers.import'] } as unknown as Me);
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
}

test('a file that was refused stands in the list with what it was refused for', async () => {
  const refusal = { what: 'The file is damaged', cure: 'Save it again' };
  const { report: _, progress: __, ...listed } = view;
  const row = (id: string, state: string, of: unknown) => ({ ...listed, id, state, counts: null, refusal: of });
  answers.mockImplementation(async () => json(200, [row('a', 'refused', refusal), row('b', 'checking', null)]));
  shown('/imports');
  const [first, second] = within(await screen.findByRole('table', { name: 'My imports' }))
    .getAllByRole('row')
    .slice(1);
  expect(first?.textContent).toContain("Can't be imported");
  expect(first?.textContent).toContain('The file is damaged');
  expect(second?.textContent).toContain('Checking');
});

test('a table is stored only once its trial found nothing wrong and something to do', () => {
  const bad = { ...report, new: 1, bad: 1 };
  const refusal = { what: 'no', cure: 'yes' };
  for (const [state, found, store, drop] of [
    ['checking', null, false, false],
    ['checked', report, true, true],
    ['checked', { ...report, new: 0, changed: 1 }, true, true],
    ['checked', { ...report, new: 0, same: 2 }, false, true],
    ['checked', bad, false, true],
    ['checked', { ...report, refusal }, false, true],
    ['refused', { ...report, refusal }, false, false],
    ['storing', report, false, false],
    ['stored', report, false, false],
    ['dropped', report, false, false],
  ] as const) {
    expect(steps({ state, report: found as Import['report'] }), `${state}`).toEqual({ store, drop });
  }
});

test('a template is asked for in the language on screen', () => {
  expect(templateAddress('sites', 'xlsx')).toBe('/api/import-templates?kind=sites&format=xlsx&lang=en');
});

test('two files of one name are two commands', () => {
  const file = (text: string) => new File([text], 'a.csv', { lastModified: 1 });
  expect(stampOf(file('a'))).not.toBe(stampOf(file('ab')));
});

test('a file that is missing or too large is told before it is sent, and a good one goes as it is', async () => {
  answers.mockImplementation(async (request) =>
    request.method === 'POST' ? json(201, { ...view, state: 'checking', report: null }) : json(200, []),
  );
  shown('/imports');
  const send = await screen.findByRole('button', { name: 'Upload and check' });
  fireEvent.click(send);
  await screen.findByText('Choose a file first');
  const input = screen.getByLabelText(/^File/);
  const large = new File(['x'], 'large.csv');
  Object.defineProperty(large, 'size', { value: mostBytes + 1 });
  fireEvent.change(input, { target: { files: [large] } });
  fireEvent.click(send);
  await screen.findByText(/larger than 20 MB/);
  expect(answers.mock.calls.every(([request]) => request.method === 'GET')).toBe(true);

  fireEvent.click(screen.getByLabelText('Assets', { selector: 'input' }));
  fireEvent.change(input, { target: { files: [new File(['ID\n1\n'], 'assets.csv')] } });
  fireEvent.click(send);
  await waitFor(() => expect(answers.mock.calls.some(([request]) => request.method === 'POST')).toBe(true));
  const [sent] = answers.mock.calls.find(([request]) => request.method === 'POST') ?? [];
  expect(new URL(sent?.url ?? '').search).toBe('?kind=assets&file_name=assets.csv');
  expect(sent?.headers.get('Content-Type')).toBe('application/octet-stream');
  expect(sent?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/);
  expect(await sent?.text()).toBe('ID\n1\n');
});

test('faults stand with row, column, value and cure, and nothing can be stored', async () => {
  const fault = {
    row: 7,
    column: 'SN',
    value: '1.38E+10',
    what: 'Its last digits are lost',
    cure: 'Format it as text',
  };
  const bad = { ...report, new: 1, bad: 1, faults: [fault], more_faults: 3, unknown: ['Remark'] };
  answers.mockImplementation(async () => json(200, { ...view, report: bad }, '"2"'));
  shown(`/imports/${view.id}`);
  await screen.findByText('1.38E+10');
  for (const words of ['7', 'SN', 'Its last digits are lost', 'Format it as text']) screen.getByText(words);
  screen.getByText(/3 more/);
  screen.getByText(/Remark/);
  expect(screen.queryByRole('button', { name: 'Store everything' })).toBeNull();
  screen.getByRole('button', { name: 'Import another file' });
});

test('a table without faults is stored from the version that was seen', async () => {
  answers.mockImplementation(async (request) =>
    request.method === 'POST' ? json(200, { ...view, state: 'storing', version: 3 }) : json(200, view, '"2"'),
  );
  shown(`/imports/${view.id}`);
  fireEvent.click(await screen.findByRole('button', { name: 'Store everything' }));
  const dialog = await screen.findByRole('dialog');
  within(dialog).getByText('Rows written: 2 (new: 2, changed: 0).');
  expect(answers.mock.calls.every(([request]) => request.method === 'GET')).toBe(true);
  fireEvent.click(within(dialog).getByRole('button', { name: 'Store everything' }));
  await waitFor(() => expect(answers.mock.calls.some(([request]) => request.method === 'POST')).toBe(true));
  const [sent] = answers.mock.calls.find(([request]) => request.method === 'POST') ?? [];
  expect(new URL(sent?.url ?? '').pathname).toBe(`/api/imports/${view.id}/store`);
  expect(sent?.headers.get('If-Match')).toBe('"2"');
});
