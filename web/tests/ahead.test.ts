/** Answers that the first lines of an app asked for. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { arrivedAt, askAhead, comingAhead, takeAhead } from '../src/api/ahead.ts';

const sent = vi.fn<(request: string | Request) => Promise<Response>>();
const get = (path: string, method = 'GET') => new Request(`http://127.0.0.1${path}`, { method });

beforeEach(() => {
  sent.mockImplementation(async () => new Response('{}'));
  vi.stubGlobal('fetch', sent);
});
afterEach(() => {
  takeAhead(get('/api/session', 'POST'));
  vi.unstubAllGlobals();
  vi.useRealTimers();
  sent.mockReset();
});

test('is taken once, by whoever asks for the same, with the moment at which it came', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000 });
  askAhead(['/api/me', '/api/my/day'], 'en');
  expect(sent.mock.calls.map(([path]) => path)).toEqual(['/api/me', '/api/my/day']);
  expect(comingAhead('/api/me')).toBeDefined();
  expect(takeAhead(get('/api/me?x=1'))).toBeUndefined();
  await comingAhead('/api/me');
  vi.setSystemTime(5_000);
  const answer = await takeAhead(get('/api/me'));
  expect(answer && arrivedAt(answer)).toBe(1_000);
  expect(takeAhead(get('/api/me'))).toBeUndefined();
  expect(arrivedAt(new Response())).toBeUndefined();
});

test('is too old after ten seconds, and after anything was changed', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  askAhead(['/api/me'], 'en');
  vi.advanceTimersByTime(10_001);
  expect(takeAhead(get('/api/me'))).toBeUndefined();
  askAhead(['/api/me', '/api/my/day'], 'en');
  expect(takeAhead(get('/api/visits/1/accept', 'POST'))).toBeUndefined();
  expect(takeAhead(get('/api/my/day'))).toBeUndefined();
});

test('that failed is asked for again; without a network nothing is asked', async () => {
  sent.mockRejectedValueOnce(new TypeError('no network'));
  askAhead(['/api/me'], 'en');
  const request = get('/api/me');
  expect((await takeAhead(request))?.ok).toBe(true);
  expect(sent).toHaveBeenLastCalledWith(request);
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  sent.mockClear();
  askAhead(['/api/me'], 'en');
  expect(sent).not.toHaveBeenCalled();
});
