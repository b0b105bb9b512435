// Checks what a first visit loads (brotli) against the budgets of the product: entry chunk, its static imports, their CSS,
// and the texts that the entry asks for before it draws.
import { existsSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url).pathname;
const read = (name) => JSON.parse(readFileSync(`${dist}${name}`, 'utf8'));
const budgets = [
  {
    what: 'desk: login',
    manifest: '.vite/manifest.json',
    roots: ['src/app-desk/main.tsx'],
    texts: ['common', 'login'],
    limit_kb: 200,
  },
  {
    what: 'desk: shell and home',
    manifest: '.vite/manifest.json',
    roots: ['src/app-desk/main.tsx', 'src/app-desk/shell.tsx', 'src/app-desk/home.tsx'],
    texts: ['common', 'login', 'shell', 'status'],
    limit_kb: 400,
  },
  {
    what: 'field: app',
    manifest: '.vite/manifest.field.json',
    roots: ['src/app-field/main.tsx'],
    texts: ['common', 'status', 'field'],
    limit_kb: 170,
  },
  {
    what: 'customer: report',
    manifest: '.vite/manifest.customer.json',
    roots: ['track/index.html', 'src/portal/report.customer.tsx'],
    texts: ['common', 'track'],
    limit_kb: 60,
  },
  {
    what: 'customer: case',
    manifest: '.vite/manifest.customer.json',
    roots: ['track/index.html', 'src/portal/track.customer.tsx'],
    texts: ['common', 'track'],
    limit_kb: 60,
  },
];

function closure(manifest, key, seen) {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`${key} is not in the manifest: was the build run?`);
  if (seen.has(chunk.file)) return;
  seen.add(chunk.file);
  for (const css of chunk.css ?? []) seen.add(css);
  for (const next of chunk.imports ?? []) closure(manifest, next, seen);
}

let failed = false;
for (const { what, manifest: name, roots, texts, limit_kb } of budgets) {
  const manifest = read(name);
  const files = new Set();
  for (const root of roots) closure(manifest, root, files);
  // The engineer's app has the texts of a language in one file.
  const together = Object.keys(manifest).find((key) => key.startsWith('_texts-zh-CN'));
  for (const area of texts) {
    const key = `../texts/zh-CN/${area}.json`;
    closure(manifest, manifest[key] ? key : (together ?? key), files);
  }
  let bytes = 0;
  for (const file of files) {
    const path = dist + file;
    bytes += existsSync(`${path}.br`)
      ? readFileSync(`${path}.br`).length
      : brotliCompressSync(readFileSync(path)).length;
  }
  const kb = bytes / 1024;
  const ok = kb <= limit_kb;
  if (!ok) failed = true;
  console.log(
    `${ok ? 'ok  ' : 'OVER'} ${what.padEnd(22)} ${kb.toFixed(1).padStart(6)} KB of ${limit_kb} KB (${files.size} files)`,
  );
}
if (failed) {
  console.error('A bundle is over its budget. Look for a new static import in the entry, or load the screen by route.');
  process.exit(1);
}
