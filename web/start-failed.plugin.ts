import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { startFailedMark, startFailedPage } from './src/app-field/start-failed.ts';

/** Writes into the engineer's page what it says when the app can't start: from the catalogue, in both languages. */
export function startFailedWords(): Plugin {
  const read = (language: string): Record<string, string> =>
    JSON.parse(readFileSync(resolve(import.meta.dirname, '../texts', language, 'field.json'), 'utf8'));
  return {
    name: 'start-failed-words',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) =>
        html.replace(startFailedMark, () => startFailedPage({ 'zh-CN': read('zh-CN'), en: read('en') })),
    },
  };
}
