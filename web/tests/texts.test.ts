/** Both languages say everything, and the code asks for nothing that is not there (decision 21). */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const texts = resolve(import.meta.dirname, '../../texts');
const source = resolve(import.meta.dirname, '../src');

function read(language: string): Map<string, Map<string, string>> {
  return new Map(
    readdirSync(join(texts, language)).map((file) => {
      const map = JSON.parse(readFileSync(join(texts, language, file), 'utf8')) as Record<string, string>;
      return [file.replace('.json', ''), new Map(Object.entries(map))];
    }),
  );
}

const zh = read('zh-CN');
const en = read('en');
const address = (area: string) => (area.startsWith('errors') ? 'errors' : area);
const all = new Set([...zh].flatMap(([area, map]) => [...map.keys()].map((key) => `${address(area)}.${key}`)));
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

function sources(): { path: string; text: string }[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(source, path), 'utf8') }));
}

test('both languages have the same areas and keys', () => {
  expect([...en.keys()].sort()).toEqual([...zh.keys()].sort());
  for (const [area, map] of zh) expect([...(en.get(area)?.keys() ?? [])].sort(), area).toEqual([...map.keys()].sort());
});

test('keys are well formed, texts are not empty, and placeholders agree', () => {
  for (const [area, map] of zh) {
    for (const [key, text] of map) {
      const other = en.get(area)?.get(key) ?? '';
      expect(key, `${area}.${key}`).toMatch(/^[a-z0-9_]+(\.[a-z0-9_]+)*$/);
      expect(text.trim() && other.trim(), `${area}.${key} is empty`).not.toBe('');
      expect(placeholders(other), `${area}.${key}`).toEqual(placeholders(text));
    }
  }
});

test('English texts hold no Chinese characters', () => {
  for (const [area, map] of en)
    for (const [key, text] of map) expect(text, `${area}.${key}`).not.toMatch(/[\u3400-\u9fff\uff00-\uffef]/);
});

test('no text shown to people names a promise by its id', () => {
  for (const [language, areas] of [
    ['zh-CN', zh],
    ['en', en],
  ] as const)
    for (const [area, map] of areas)
      for (const [key, text] of map)
        expect(text, `${language} ${area}.${key}`).not.toMatch(/(?<![A-Za-z0-9-])P\d{1,2}(?!\d)/);
});

test('no screen prints the id of a clause', () => {
  for (const { path, text } of sources())
    if (!path.includes('policy')) expect(text, path).not.toMatch(/>\s*\{(\w+\.)*clause\.promise\}/);
});

test('no address is given twice', () => {
  const seen = new Map<string, string>();
  for (const [area, map] of zh) {
    for (const key of map.keys()) {
      const full = `${address(area)}.${key}`;
      expect(seen.get(full), `${full} stands in ${area} and ${seen.get(full)}`).toBeUndefined();
      seen.set(full, area);
    }
  }
});

test('every key used in code is there', () => {
  const missing: string[] = [];
  for (const { path, text } of sources()) {
    if (path.startsWith('gallery')) continue;
    // t('a.b'), t(cond ? 'a.b' : 'c.d'): every literal inside of the call that looks like a key.
    for (const [, call] of text.matchAll(/\bt\(((?:[^()]|\([^()]*\))*)\)/g)) {
      for (const [, key] of (call ?? '').matchAll(/'([a-z_]+\.[a-z0-9_.]+)'/g))
        if (key && !all.has(key)) missing.push(`${path}: ${key}`);
      for (const [, head] of (call ?? '').matchAll(/`([a-z_]+\.[a-z0-9_.]*)\$\{/g))
        if (head && ![...all].some((key) => key.startsWith(head))) missing.push(`${path}: ${head}…`);
    }
  }
  expect(missing).toEqual([]);
});

test('no Chinese characters stand in the sources', () => {
  // The schema is generated: it quotes the server's descriptions.
  const found = sources().filter(
    ({ path, text }) => path !== 'api/schema.d.ts' && /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/.test(text),
  );
  expect(found.map(({ path }) => path)).toEqual([]);
});

test('every state of the badges has its word', async () => {
  const { statusLooks } = await import('../src/ui/status.ts');
  const missing = Object.entries(statusLooks).flatMap(([kind, looks]) =>
    Object.keys(looks)
      .map((state) => `status.${kind}.${state}`)
      .filter((key) => !all.has(key)),
  );
  expect(missing).toEqual([]);
});

test('every permission that a screen asks for is said in words', async () => {
  const { screens } = await import('../src/app-desk/screen.ts');
  const asked = new Set(screens.flatMap(({ any }) => any.map((each) => `shell.may.${each}`)));
  expect([...asked].filter((key) => !all.has(key))).toEqual([]);
  expect([...all].filter((key) => key.startsWith('shell.may.') && !asked.has(key))).toEqual([]);
});

test('every kind of event that the audit offers has its words', async () => {
  const { auditKinds } = await import('../src/identity/audit.ts');
  expect(auditKinds.filter((kind) => !all.has(`audit.kind.${kind}`))).toEqual([]);
});
