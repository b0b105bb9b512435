/** The list of cases says in words when its search stopped before it had looked at everything. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import CaseListScreen from '../src/cases/list.desk.tsx';
import { loadTexts, setLanguage } from '../src/i18n/index.ts';
import { type Me, meQuery } from '../src/identity/me.ts';

beforeEach(async () => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
  await loadTexts(['common', 'cases', 'status', 'shell']);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const name = { zh_cn: 'N', en: 'N' };
const row = {
  id: 'c1',
  number: 'SQ20261009-0001',
  state: 'new',
  severity: 'normal',
  vip_level: 'none',
  clocks: [],
  zone: 'Asia/Shanghai',
  site_name: 'Site',
  customer_name: 'Customer',
  symptom: 'Stuck',
  next: null,
  late: false,
  owner: { id: 'e', name: 'Agent' },
  coverage: null,
  asset: null,
  unit: { id: 'u', name },
  reported_at: '2026-10-09T08:00:00Z',
  version: 1,
};

/** The list at this address, of a server that answers this page. */
function shown(address: string, page: object) {
  vi.stubGlobal('fetch', async ({ url }: Request) => {
    const { pathname } = new URL(url);
    const body = pathname === '/api/cases' ? { next: null, now: '2026-10-09T08:00:00Z', ...page } : [];
    return new Response(JSON.stringify(pathname === '/api/home' ? {} : body), {
      status: 200,
      headers: { 'content-type': 'application/json' },
    });
  });
  const root = createRootRoute();
  const router = createRouter({
    routeTree: root.addChildren([
      createRoute({ getParentRoute: () => root, path: '/cases', component: CaseListScreen }),
    ]),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(meQuery.queryKey, { id: 'me', permissions: [] } as unknown as Me);
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
}

test.each([
  ['en', 'Matches found: 7; there may be more.', 'No match so far; the search did not get to the end.'],
  ['zh-CN', '已找到 7 条，可能还有更多。', '暂未找到，搜索未能查完全部记录。'],
] as const)('a search that stopped says so, %s', async (language, some, none) => {
  await setLanguage(language, false);
  shown('/cases?view=all&q=stuck', { items: [row], total: 7, more: true });
  expect((await screen.findByText(some, { exact: false })).getAttribute('role')).toBe('status');
  cleanup();
  shown('/cases?view=all&q=stuck', { items: [], total: 0, more: true });
  await screen.findByText(none, { exact: false });
});

test('a list that is longer than it counts, and a search that looked at everything, say nothing of the kind', async () => {
  await setLanguage('en', false);
  for (const [address, more] of [
    ['/cases?view=all', true],
    ['/cases?view=all&q=stuck', false],
  ] as const) {
    shown(address, { items: [row], total: 200, more });
    await screen.findByText('Cases', { selector: 'h1' });
    await vi.waitFor(() => expect(document.querySelector('.ac-loading')).toBeNull());
    expect(screen.queryByText(/there may be more/)).toBeNull();
    cleanup();
  }
});
