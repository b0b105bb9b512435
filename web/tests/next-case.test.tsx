/** The key of the next case, when the queue can be read and when it can't. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useNextCase } from '../src/cases/record/next-case.desk.tsx';
import { loadTexts, setLanguage } from '../src/i18n/index.ts';
import { type Me, meQuery } from '../src/identity/me.ts';
import { Announcer } from '../src/ui/announce.tsx';
import { allActions } from '../src/ui-desk/actions.ts';

const answers = vi.fn<(request: Request) => Promise<Response>>();
beforeEach(async () => {
  answers.mockReset();
  vi.stubGlobal('fetch', answers);
  await setLanguage('en', false);
  await loadTexts(['common', 'cases']);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Here() {
  useNextCase();
  return <Announcer />;
}

async function shown() {
  const router = createRouter({
    routeTree: createRootRoute({ component: Here }),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(meQuery.queryKey, { id: 'me', permissions: ['cases.support'] } as unknown as Me);
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  await waitFor(() => expect(allActions().some(({ key }) => key === 'j')).toBe(true));
  await act(async () =>
    allActions()
      .find(({ key }) => key === 'j')
      ?.run(),
  );
}
const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
  });

test("a queue that can't be read is told in words", async () => {
  const title = 'The storage is away';
  answers.mockImplementation(async () =>
    json(503, { type: 'x', status: 503, code: 'storage_unavailable', title, errors: [] }),
  );
  await shown();
  await screen.findByText(title);
});

test('a queue in which nobody waits is told too', async () => {
  answers.mockImplementation(async ({ url }) =>
    json(200, url.includes('/api/home') ? { phone_queue: null } : { items: [], next: null, total: 0, more: false }),
  );
  await shown();
  await screen.findByText('No other case of yours waits');
});
