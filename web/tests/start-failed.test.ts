/** The engineer's app that can't start, for want of its texts, says in both languages what to do: its page has the words. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { showStartFailed, startFailedMark } from '../src/app-field/start-failed.ts';
import { startFailedWords } from '../start-failed.plugin.ts';

const read = (path: string) => readFileSync(resolve(import.meta.dirname, '..', path), 'utf8');
const source = read('field/index.html');

/** The page as the build writes it. */
function page(): string {
  const hook = startFailedWords().transformIndexHtml as { handler: (html: string) => string };
  return hook.handler(source);
}

afterEach(() => {
  document.body.innerHTML = '';
});

test('the page carries the words of both languages, hidden until they are needed', () => {
  expect(source).toContain(startFailedMark);
  const root = new DOMParser().parseFromString(page(), 'text/html').getElementById('root');
  document.body.append(root ?? '');
  const words = document.getElementById('start-failed');
  expect(words?.hidden).toBe(true);
  for (const language of ['zh-CN', 'en']) {
    const field = JSON.parse(read(`../texts/${language}/field.json`)) as Record<string, string>;
    const said = [...(words?.querySelectorAll(`[lang="${language}"]`) ?? [])].map(({ textContent }) => textContent);
    expect(said).toEqual([field['start.failed'], field['start.failed.hint'], field['start.again']]);
  }
  const again = vi.fn();
  showStartFailed(again);
  expect(words?.hidden).toBe(false);
  words?.querySelector('button')?.click();
  expect(again).toHaveBeenCalledTimes(1);
  dispatchEvent(new Event('online'));
  expect(again).toHaveBeenCalledTimes(2);
});

test('an app that was drawn has no such words any more, and nothing happens', () => {
  expect(() => showStartFailed(() => {})).not.toThrow();
});
