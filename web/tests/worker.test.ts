/** The service worker of the engineer's app: what it answers when the phone's storage fails for a moment. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, test, vi } from 'vitest';

const source = readFileSync(resolve(import.meta.dirname, '../src/app-field/worker.js'), 'utf8');

/** The worker with a storage and a network of the test's own; answers how it asks for a file. */
function worker(open: () => Promise<{ match: (url: string) => Promise<string | undefined> }>) {
  type Handler = (event: { request: object; respondWith: (answer: Promise<string>) => void }) => void;
  const handlers = new Map<string, Handler>();
  const fetched = vi.fn(async () => 'network');
  runInNewContext(source, {
    self: {
      addEventListener: (name: string, handler: Handler) => handlers.set(name, handler),
      location: { origin: 'https://service.example' },
    },
    caches: { open, match: async () => undefined },
    clients: {},
    fetch: fetched,
    URL,
    FILES: [],
    VERSION: 'test',
  });
  const ask = async (path: string): Promise<string> => {
    let answer: Promise<string> | undefined;
    const request = { method: 'GET', mode: 'no-cors', url: `https://service.example${path}` };
    handlers.get('fetch')?.({ request, respondWith: (given) => (answer = given) });
    if (!answer) throw new Error(`${path} is none of its business`);
    return await answer;
  };
  return { ask, fetched };
}

test('a storage that could not be opened is tried again by the next file, and is opened once from then on', async () => {
  const open = vi.fn(async () => ({ match: async (url: string) => `kept ${url}` }));
  open.mockRejectedValueOnce(new Error('UnknownError'));
  const { ask, fetched } = worker(open);
  expect(await ask('/assets/app.js')).toBe('network');
  expect(await ask('/assets/app.js')).toBe('kept /assets/app.js');
  expect(await ask('/assets/texts.js')).toBe('kept /assets/texts.js');
  expect(open).toHaveBeenCalledTimes(2);
  expect(fetched).toHaveBeenCalledTimes(1);
});
