/** The door to the server: headers of commands, problems, keys of retries, live events. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { api, call, onSessionEnd, read } from '../src/api/client.ts';
import { useCommand } from '../src/api/command.ts';
import { newCommandId } from '../src/api/command-id.ts';
import { invalidate, parseEvent } from '../src/api/live.ts';
import { ProblemError, toProblem } from '../src/api/problem.ts';
import { keys, shouldRetry } from '../src/api/queries.ts';
import { serverNow } from '../src/api/server-clock.ts';
import { setLanguage } from '../src/i18n/index.ts';

const answers = vi.fn<(request: Request) => Promise<Response>>();
beforeEach(() => {
  answers.mockReset();
  vi.stubGlobal('fetch', answers);
});
afterEach(() => vi.unstubAllGlobals());

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json', ...headers },
  });
const refusal = {
  status: 409,
  code: 'case_wrong_state',
  title: 'Closed',
  detail: 'At 14:05.',
  cure: 'Reopen it.',
  current: { state: 'closed' },
};
const sent = (at: number) => answers.mock.calls[at]?.[0] as Request;

test('a call carries the language, a command its id', async () => {
  answers.mockImplementation(async () => json(200, {}));
  await setLanguage('en', false);
  await call(api.GET('/api/me'));
  await call(api.POST('/api/session', { body: { login: 'a', password: 'b' } }));
  expect(sent(0).headers.get('accept-language')).toBe('en');
  expect(sent(0).headers.has('idempotency-key')).toBe(false);
  expect(sent(1).headers.get('idempotency-key')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
});

test('a refusal is thrown as a problem, field by field', async () => {
  answers.mockResolvedValue(
    json(
      422,
      { ...refusal, status: 422, errors: [{ pointer: '/symptom', code: 'missing', detail: 'Say what happens.' }, 7] },
      { 'retry-after': '30' },
    ),
  );
  const error = await call(api.GET('/api/me')).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ProblemError);
  expect(toProblem(error)).toMatchObject({
    status: 422,
    code: 'case_wrong_state',
    cure: 'Reopen it.',
    retry_after_s: 30,
    current: { state: 'closed' },
    errors: [{ pointer: '/symptom', code: 'missing', detail: 'Say what happens.' }],
  });
});

test('an answer without words still says what happened and what to do', async () => {
  answers.mockResolvedValue(new Response('<html>Bad gateway</html>', { status: 502 }));
  const bad = toProblem(await call(api.GET('/api/me')).catch((reason: unknown) => reason));
  expect(bad.title).not.toBe('');
  expect(bad.cure).not.toBe('');
  answers.mockRejectedValue(new TypeError('Failed to fetch'));
  const none = toProblem(await call(api.GET('/api/me')).catch((reason: unknown) => reason));
  expect(none).toMatchObject({ status: 0, code: 'no_answer' });
});

test('the ETag comes with the record', async () => {
  answers.mockResolvedValue(json(200, { id: '1' }, { etag: '"7"' }));
  expect((await read(api.GET('/api/me'))).etag).toBe('"7"');
});

test('a lost session is told, a refused sign-in is not one', async () => {
  const ended = vi.fn();
  const stop = onSessionEnd(ended);
  answers.mockImplementation(async () => json(401, refusal));
  await api.POST('/api/session', { body: { login: 'a', password: 'b' } });
  expect(ended).not.toHaveBeenCalled();
  await api.GET('/api/me');
  expect(ended).toHaveBeenCalledOnce();
  stop();
});

test('the server says what time it is', async () => {
  answers.mockResolvedValue(json(200, {}, { 'x-server-now': '2026-10-09T08:40:00Z' }));
  await call(api.GET('/api/me'));
  expect(Math.abs(serverNow() - Date.parse('2026-10-09T08:40:00Z'))).toBeLessThan(1000);
});

test('only reads that were not refused are tried again', () => {
  const problem = (status: number) => new ProblemError({ status, code: '', title: '', detail: '', errors: [] });
  expect(shouldRetry(0, problem(404))).toBe(false);
  expect(shouldRetry(0, problem(503))).toBe(true);
  expect(shouldRetry(2, problem(503))).toBe(false);
});

describe('a command', () => {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
  );
  const setUp = (ifMatch?: string) => {
    const seen: Record<string, string>[] = [];
    const send = vi.fn(async (_body: string, { headers }: { headers: Record<string, string> }) => {
      seen.push(headers);
      return 'ok';
    });
    return { seen, send, hook: renderHook(() => useCommand(send, { ifMatch }), { wrapper }) };
  };
  const lost = () => Promise.reject(new TypeError('Failed to fetch'));
  const refused = () => Promise.reject(new ProblemError({ ...refusal, errors: [] }));

  test('keeps its id over a lost answer and takes a new one for a changed body', async () => {
    const { seen, send, hook } = setUp('"3"');
    const ids: string[] = [];
    send.mockImplementation((_body, { headers }) => {
      ids.push(headers['Idempotency-Key'] ?? '');
      return lost();
    });
    await act(() => hook.result.current.run('one'));
    await act(() => hook.result.current.run('one'));
    await act(() => hook.result.current.run('two'));
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[1]);
    await waitFor(() => expect(hook.result.current.problem?.code).toBe('no_answer'));
    expect(seen).toEqual([]);
  });

  test('takes a new id after a definite answer, and sends If-Match', async () => {
    const { seen, send, hook } = setUp('"3"');
    await act(() => hook.result.current.run('one'));
    await act(() => hook.result.current.run('one'));
    expect(seen[0]?.['Idempotency-Key']).not.toBe(seen[1]?.['Idempotency-Key']);
    expect(seen[0]?.['If-Match']).toBe('"3"');
    send.mockImplementationOnce(refused);
    expect(await act(() => hook.result.current.run('one'))).toBeUndefined();
    await waitFor(() => expect(hook.result.current.problem?.code).toBe('case_wrong_state'));
  });

  test('is sent once for a double click', async () => {
    const { send, hook } = setUp();
    await act(async () => {
      await Promise.all([hook.result.current.run('one'), hook.result.current.run('one')]);
    });
    expect(send).toHaveBeenCalledOnce();
  });
});

describe('a live event', () => {
  test('is read with its seq from the id, and nonsense is left out', () => {
    const data = JSON.stringify({ kind: 'visit.arrived', subject_type: 'visit', subject_id: 'v', thread_id: 'a' });
    expect(parseEvent(data, '7')).toMatchObject({
      seq: 7,
      subject: { type: 'visit', id: 'v' },
      touches: [{ type: 'case', id: 'a' }],
    });
    expect(parseEvent(data, '')).toBeUndefined();
    expect(parseEvent('{}', '7')).toBeUndefined();
    expect(parseEvent('{', '7')).toBeUndefined();
  });

  test('makes stale its record, what it touches, and their lists, and nothing else', () => {
    const queries = new QueryClient();
    const all = [
      keys.one('case', 'a'),
      keys.part('case', 'a', 'timeline'),
      keys.one('case', 'b'),
      keys.list('case', { view: 'open' }),
      keys.one('visit', 'v'),
      keys.list('site'),
    ];
    for (const key of all) queries.setQueryData(key, 1);
    invalidate(queries, [
      { seq: 1, kind: 'visit_arrived', subject: { type: 'visit', id: 'v' }, touches: [{ type: 'case', id: 'a' }] },
    ]);
    expect(all.map((key) => queries.getQueryState(key)?.isInvalidated)).toEqual([true, true, false, true, true, false]);
    // What happens to a visit is told with its case: the work order of that case, as it was read, is stale with it.
    const orders = [keys.one('work_order', 'of-a'), keys.one('work_order', 'of-b'), keys.list('work_order')];
    queries.setQueryData(orders[0] ?? [], { data: { case_id: 'a' }, etag: '"1"' });
    queries.setQueryData(orders[1] ?? [], { data: { case_id: 'b' }, etag: '"1"' });
    queries.setQueryData(orders[2] ?? [], { items: [] });
    invalidate(queries, [
      { seq: 2, kind: 'visit.locked', subject: { type: 'visit', id: 'v' }, touches: [{ type: 'case', id: 'a' }] },
    ]);
    expect(orders.map((key) => queries.getQueryState(key)?.isInvalidated)).toEqual([true, false, true]);
  });
});

test('ids of commands are unique', () => {
  expect(new Set(Array.from({ length: 1000 }, newCommandId)).size).toBe(1000);
});
