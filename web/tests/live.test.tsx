/** One stream per browser: the leader reads and tells the others; the next tab goes on from the last seq (decision 19). */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { joinLive, type LiveEvent } from '../src/api/live.ts';

class FakeSource {
  static open: FakeSource[] = [];
  private listeners = new Map<string, (message: { data: string; lastEventId: string }) => void>();
  onerror?: () => void;
  closed = false;
  constructor(readonly url: string) {
    FakeSource.open.push(this);
  }
  addEventListener(name: string, listener: (message: { data: string; lastEventId: string }) => void) {
    this.listeners.set(name, listener);
  }
  say(name: string, message: { data: string; lastEventId: string }) {
    this.listeners.get(name)?.(message);
  }
  close() {
    this.closed = true;
  }
}

/** The browser's lock manager, as far as it is used: one holder, the others wait in order. */
function fakeLocks() {
  const waiting: (() => void)[] = [];
  let held = false;
  const next = () => {
    held = false;
    waiting.shift()?.();
  };
  return {
    request: (_name: string, { signal }: { signal: AbortSignal }, work: () => Promise<void>) =>
      new Promise<void>((resolve, reject) => {
        const start = () => {
          held = true;
          work().then(() => {
            resolve();
            next();
          });
        };
        signal.addEventListener('abort', () => {
          if (!waiting.includes(start)) return;
          waiting.splice(waiting.indexOf(start), 1);
          reject(new DOMException('left', 'AbortError'));
        });
        if (held) waiting.push(start);
        else start();
      }),
    query: async () => ({ held: held ? [{ name: 'aftercare-live' }] : [] }),
  };
}

beforeEach(() => {
  FakeSource.open = [];
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', FakeSource);
  Object.defineProperty(navigator, 'locks', { value: fakeLocks(), configurable: true });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const message = (seq: number) => ({
  data: JSON.stringify({ kind: 'case_reported', subject_type: 'case', subject_id: 'a' }),
  lastEventId: String(seq),
});

test('two tabs open one stream, both hear, and the second one takes over where the first stopped', async () => {
  const heard: Record<string, number[]> = { first: [], second: [] };
  const join = (name: string) =>
    joinLive(
      (events: LiveEvent[]) => heard[name]?.push(...events.map(({ seq }) => seq)),
      () => undefined,
    );
  const leaveFirst = join('first');
  const leaveSecond = join('second');
  expect(FakeSource.open.map(({ url }) => url)).toEqual(['/api/live']);

  FakeSource.open[0]?.say('changed', message(41));
  FakeSource.open[0]?.say('changed', message(42));
  await vi.advanceTimersByTimeAsync(1000);
  expect(heard).toEqual({ first: [41, 42], second: [41, 42] });

  leaveFirst();
  await vi.advanceTimersByTimeAsync(10);
  expect(FakeSource.open[0]?.closed).toBe(true);
  expect(FakeSource.open[1]?.url).toBe('/api/live?after=42');
  leaveSecond();
});

test('a broken stream is opened again from the last seq, with growing pauses', async () => {
  const leave = joinLive(
    () => undefined,
    () => undefined,
  );
  FakeSource.open[0]?.say('ready', { data: '{}', lastEventId: '7' });
  FakeSource.open[0]?.onerror?.();
  await vi.advanceTimersByTimeAsync(1500);
  expect(FakeSource.open.map(({ url }) => url)).toEqual(['/api/live', '/api/live?after=7']);
  FakeSource.open[1]?.onerror?.();
  await vi.advanceTimersByTimeAsync(1000);
  expect(FakeSource.open).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(2000);
  expect(FakeSource.open).toHaveLength(3);
  leave();
});
