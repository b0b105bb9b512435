/** A walk through the browser that hangs is stopped and told by its name; the walks after it go on. */
import { expect, test, vi } from 'vitest';
import { LIMIT_MS, walkOnce } from '../e2e/lib/walk.mjs';

/** A browser whose pages wait for ever until it is closed. */
function world() {
  let fail: ((error: Error) => void) | undefined;
  const closed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  closed.catch(() => {});
  const close = vi.fn(async () => fail?.(new Error('Target page, context or browser has been closed')));
  const person = {
    name: 'agent',
    page: { url: () => '/cases' },
    picture: async () => {},
    close: vi.fn(async () => {}),
  };
  return { browser: { close }, closed, opened: [person], pictures: null, person };
}

test('a walk that hangs fails under its name, its browser is closed and it does nothing more', async () => {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const here = world();
  const after = vi.fn();
  const outcome = await walkOnce('10 · hangs', ({ closed }) => closed.then(after), here, { limit_ms: 20, say });
  expect(outcome).toBe('hung');
  expect(here.browser.close).toHaveBeenCalledOnce();
  expect(lines.join('\n')).toMatch(/^FAILED {2}10 · hangs\n.*not over after/);
  expect(lines.join('\n')).toContain('agent was at /cases');
  await Promise.resolve();
  expect(after).not.toHaveBeenCalled();
  // The next one walks with another browser.
  const there = world();
  expect(await walkOnce('10 · walks', async () => {}, there, { say })).toBe('passed');
  expect(there.person.close).toHaveBeenCalledOnce();
  expect(there.browser.close).not.toHaveBeenCalled();
});

test('a walk that fails leaves the browser to the next, and ten minutes are the limit', async () => {
  const here = world();
  const fails = async () => {
    throw new Error('not equal');
  };
  expect(await walkOnce('20 · fails', fails, here, { say: () => {} })).toBe('failed');
  expect(here.browser.close).not.toHaveBeenCalled();
  expect(here.person.close).toHaveBeenCalledOnce();
  expect(LIMIT_MS).toBe(600_000);
});
