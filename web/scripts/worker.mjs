// Writes dist/field/worker.js: the service worker with the list of the files that the engineer's app can need, each named by its content.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const dist = new URL('../dist/', import.meta.url).pathname;
const source = readFileSync(new URL('../src/app-field/worker.js', import.meta.url), 'utf8');
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.field.json`, 'utf8'));

// The texts of every area are chunks; the desk's and the customer's are not carried along.
const areas = new Set(['common', 'status', 'field', 'visits', 'errors_visits', 'login']);
const isForeignText = (key) => /\/texts\/[^/]+\/(\w+)\.json$/.test(key) && !areas.has(/(\w+)\.json$/.exec(key)[1]);
const files = new Set();
const seen = new Set();

function take(key) {
  if (seen.has(key) || isForeignText(key)) return;
  seen.add(key);
  const chunk = manifest[key];
  if (!chunk) throw new Error(`${key} is not in the manifest: was the build run?`);
  files.add(`/${chunk.file}`);
  for (const file of [...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(`/${file}`);
  for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) take(next);
}

take('src/app-field/main.tsx');
const list = ['/field/index.html', '/icon.svg', '/field/app.webmanifest', ...[...files].sort()];
for (const file of list) if (!existsSync(dist + file)) throw new Error(`${file} is missing in dist`);
const version = createHash('sha256');
for (const file of list) version.update(readFileSync(dist + file));
const head = `const VERSION = '${version.update(source).digest('hex').slice(0, 16)}';\nconst FILES = ${JSON.stringify(list)};\n`;
writeFileSync(`${dist}field/worker.js`, head + source);
console.log(`worker.js carries ${list.length} files`);
