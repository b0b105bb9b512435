// Makes src/api/schema.d.ts from the API's OpenAPI document and src/ui/tokens.css from src/ui/tokens.ts.
// With --check it writes nothing and fails when a file is not what it would write.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { createServer } from 'vite';

const here = (path) => new URL(path, import.meta.url).pathname;
const check = process.argv.includes('--check');
let stale = false;

function put(path, text) {
  const now = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (now === text) return;
  if (check) {
    stale = true;
    console.error(`${path} is stale: run "npm run generate"`);
  } else {
    writeFileSync(path, text);
    console.log(`wrote ${path}`);
  }
}

// Headers that the client adds by itself are taken out, so that no caller has to pass them.
const ownHeaders = new Set(['idempotency-key', 'if-match', 'accept-language']);
const isOwn = (parameter) => parameter.in === 'header' && ownHeaders.has(String(parameter.name).toLowerCase());
const source = existsSync(here('../../docs/openapi.json'))
  ? here('../../docs/openapi.json')
  : here('../src/api/openapi.seed.json');
const document = JSON.parse(readFileSync(source, 'utf8'));
for (const operations of Object.values(document.paths ?? {})) {
  for (const operation of Object.values(operations)) {
    if (Array.isArray(operation?.parameters)) operation.parameters = operation.parameters.filter((p) => !isOwn(p));
  }
}
const head = '// Generated from docs/openapi.json by "npm run generate". Do not edit.\n\n';
// Bytes are what fetch sends and gives: a Blob.
const blob = ts.factory.createTypeReferenceNode('Blob');
const transform = (schema) => (schema.format === 'binary' ? blob : undefined);
put(here('../src/api/schema.d.ts'), head + astToString(await openapiTS(document, { transform })));

const vite = await createServer({
  configFile: false,
  root: here('..'),
  server: { middlewareMode: true },
  appType: 'custom',
  logLevel: 'error',
  optimizeDeps: { noDiscovery: true },
});
try {
  const { tokensCss } = await vite.ssrLoadModule('/src/ui/tokens.ts');
  put(here('../src/ui/tokens.css'), tokensCss());
} finally {
  await vite.close();
}
if (stale) process.exit(1);
