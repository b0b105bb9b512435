// Writes a .br beside every text file of dist, so that the server never compresses at run time.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url).pathname;
const compressible = new Set(['.html', '.js', '.css', '.svg', '.json', '.webmanifest', '.wasm', '.txt']);
let files = 0;
for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !compressible.has(extname(entry.name))) continue;
  const path = join(entry.parentPath, entry.name);
  const raw = readFileSync(path);
  const packed = brotliCompressSync(raw, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length },
  });
  // A page that the server fills with first data is sent as it stands, so a .br of it would be stale.
  if (path.endsWith('track/index.html')) rmSync(`${path}.br`, { force: true });
  else if (packed.length < raw.length) {
    writeFileSync(`${path}.br`, packed);
    files += 1;
  }
}
console.log(`precompressed ${files} files`);
