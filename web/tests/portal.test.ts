import { afterEach, expect, test, vi } from 'vitest';
import { screens } from '../src/app-customer/screen.ts';
import { sendPhoto } from '../src/portal/call.ts';
import { instantOf } from '../src/portal/wish.tsx';

afterEach(() => vi.unstubAllGlobals());

test('an hour of a day is the right instant in the site’s zone, also where clocks change', () => {
  expect(instantOf('2026-10-10', 8, 'Asia/Shanghai')).toBe('2026-10-10T00:00:00.000Z');
  expect(instantOf('2026-10-10', 21, 'Asia/Shanghai')).toBe('2026-10-10T13:00:00.000Z');
  expect(instantOf('2026-07-01', 8, 'Europe/Berlin')).toBe('2026-07-01T06:00:00.000Z');
  expect(instantOf('2026-12-01', 8, 'Europe/Berlin')).toBe('2026-12-01T07:00:00.000Z');
});

test('each address of a customer opens its own page and no other', () => {
  const opened = (path: string) => screens.filter((screen) => screen.match(path)).length;
  for (const path of ['/q/0abc', '/q/0abc/', '/t', '/b/9xyz']) expect(opened(path), path).toBe(1);
  for (const path of ['/', '/q', '/q/A B', '/t/x', '/track/x', '/b/']) expect(opened(path), path).toBe(0);
});

test('a photo goes on where the server stands, also after the network broke', async () => {
  const total = 150 * 1024;
  const ranges: string[] = [];
  let calls = 0;
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    calls += 1;
    const range = new Headers(init.headers).get('content-range') ?? '';
    ranges.push(range);
    if (calls === 2) throw new TypeError('network');
    const end = Number(/-(\d+)\//.exec(range)?.[1]) + 1;
    const body = { received: end, complete: end === total, sha256: 'x' };
    return new Response(JSON.stringify(body), { status: end === total ? 200 : 202 });
  });
  await sendPhoto('/api/report/x/files', 'digest', new ArrayBuffer(total));
  expect(ranges).toEqual([
    `bytes 0-65535/${total}`,
    `bytes 65536-131071/${total}`,
    `bytes 65536-131071/${total}`,
    `bytes 131072-153599/${total}`,
  ]);
});

test('a photo that is refused is not sent again', async () => {
  let calls = 0;
  vi.stubGlobal('fetch', async () => {
    calls += 1;
    return new Response('{"code":"file_too_large","title":"x"}', { status: 413 });
  });
  await expect(sendPhoto('/api/track/files', 'digest', new ArrayBuffer(10), 'link')).rejects.toThrow('file_too_large');
  expect(calls).toBe(1);
});
