// Walks through the product in a real browser. Each file of walks has a demo company of its own, a receiver of mail and one of webhooks.
//
//   node e2e/run.mjs [--pictures] [--timed] [--lanes=N] [NAME]...      from web/; the program's path is in AFTERCARE_BIN
//
// `--timed` fails where a figure misses its goal in seconds; without it such a miss is only told. `--lanes=2` walks two files beside each
// other. A walk that isn't over after ten minutes is stopped, and the others go on. The last line is `N passed, N failed`.

import { mkdir, readdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './lib/browser.mjs';
import { startDemo } from './lib/demo.mjs';
import { startHook } from './lib/hook.mjs';
import { startMailbox } from './lib/mailbox.mjs';
import { ended, walkOnce } from './lib/walk.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const args = process.argv.slice(2);
const pictures = args.includes('--pictures') ? `${here}pictures` : null;
const timed = args.includes('--timed');
// Figures in seconds are nobody else's: whoever asks for them walks alone.
const lanes = timed ? 1 : Number(args.find((arg) => arg.startsWith('--lanes='))?.slice('--lanes='.length) ?? 1);
const wanted = args.filter((arg) => !arg.startsWith('--'));

if (pictures) {
  await rm(pictures, { recursive: true, force: true });
  await mkdir(pictures, { recursive: true });
}

let passed = 0;
let failed = 0;
/** A walk was stopped: what it waited for fails, also where nobody listens. */
let stopped = false;
process.on('unhandledRejection', (error) => {
  if (!stopped) throw error;
});

/** The file's walks, one after the other, as far as they are wanted. */
async function walkFile(file) {
  const walk = await import(`./walks/${file}`);
  const chosen = Object.entries(walk.default)
    .map(([name, run]) => [`${file.replace('.mjs', '')} · ${name}`, run])
    .filter(([title]) => wanted.length === 0 || wanted.some((part) => title.includes(part)));
  if (chosen.length === 0) return;
  if (walk.unfinished && wanted.length === 0) {
    console.log(`        ${file} is not finished and is walked only where it is named: ${walk.unfinished}`);
    return;
  }
  const began = performance.now();
  const ending = [];
  try {
    const own = async (thing, end) => {
      ending.push(() => end(thing));
      return thing;
    };
    const mailbox = await own(await startMailbox(), (it) => it.stop());
    const hook = await own(await startHook(), (it) => it.stop());
    // A walk that begins with an empty folder has no demo; one of another hour says when it begins.
    const demo = walk.alone ? {} : await own(await startDemo(walk.clock), (it) => it.stop());
    let browser = await own(await openBrowser(), (it) => ended(it.close()));
    for (const [title, run] of chosen) {
      const world = { demo, mailbox, hook, browser, pictures, timed, opened: [] };
      const outcome = await walkOnce(title, run, world, { nth: failed + 1 });
      if (outcome === 'passed') passed += 1;
      else failed += 1;
      if (outcome !== 'hung') continue;
      stopped = true;
      browser = await own(await openBrowser(), (it) => ended(it.close()));
    }
  } catch (error) {
    // Nothing of this file could be walked, or its demo didn't end well.
    failed += 1;
    console.log(`FAILED  ${file}\n${error.stack ?? error}`);
  } finally {
    for (const end of ending.reverse()) await end().catch((error) => console.log(`  ${file} ended badly: ${error}`));
  }
  console.log(`        ${file} took ${Math.round((performance.now() - began) / 1000)} s`);
}

const files = (await readdir(`${here}walks`)).filter((file) => file.endsWith('.mjs')).sort();
async function lane() {
  for (let file = files.shift(); file; file = files.shift()) await walkFile(file);
}
await Promise.all(Array.from({ length: Math.max(1, lanes) }, lane));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
