// Walks through the product in a real browser. Each file of walks has a demo company of its own, a receiver of mail and one of webhooks.
//
//   node e2e/run.mjs [--pictures] [--timed] [--lanes=N] [NAME]...      from web/; the program's path is in AFTERCARE_BIN
//
// `--timed` fails where a figure misses its goal in seconds; without it such a miss is only told. `--lanes=2` walks two files beside each
// other. The last line is `N passed, N failed`.

import { mkdir, readdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './lib/browser.mjs';
import { startDemo } from './lib/demo.mjs';
import { startHook } from './lib/hook.mjs';
import { startMailbox } from './lib/mailbox.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const args = process.argv.slice(2);
const pictures = args.includes('--pictures') ? `${here}pictures` : null;
const timed = args.includes('--timed');
// Figures in seconds are nobody else's: whoever asks for them walks alone.
const lanes = timed ? 1 : Number(args.find((arg) => arg.startsWith('--lanes='))?.slice('--lanes='.length) ?? 1);
const wanted = args.filter((arg) => !arg.startsWith('--'));
/** A walk that takes longer than this hangs. */
const LIMIT_MS = 10 * 60_000;

if (pictures) {
  await rm(pictures, { recursive: true, force: true });
  await mkdir(pictures, { recursive: true });
}

let passed = 0;
let failed = 0;

/** The file's walks, one after the other, as far as they are wanted. */
async function walkFile(file) {
  const walk = await import(`./walks/${file}`);
  const chosen = Object.entries(walk.default)
    .map(([name, run]) => [`${file.replace('.mjs', '')} · ${name}`, run])
    .filter(([title]) => wanted.length === 0 || wanted.some((part) => title.includes(part)));
  if (chosen.length === 0) return;
  const began = performance.now();
  const ending = [];
  try {
    const own = async (thing, end) => {
      ending.push(() => end(thing));
      return thing;
    };
    const mailbox = await own(await startMailbox(), (it) => it.stop());
    const hook = await own(await startHook(), (it) => it.stop());
    // A walk that begins with an empty folder has no demo.
    const demo = walk.alone ? {} : await own(await startDemo(), (it) => it.stop());
    const browser = await own(await openBrowser(), (it) => it.close());
    for (const [title, run] of chosen)
      await walkOnce(title, run, { demo, mailbox, hook, browser, pictures, timed, opened: [] });
  } catch (error) {
    // Nothing of this file could be walked, or its demo didn't end well.
    failed += 1;
    console.log(`FAILED  ${file}\n${error.stack ?? error}`);
  } finally {
    for (const end of ending.reverse()) await end().catch((error) => console.log(`  ${file} ended badly: ${error}`));
  }
  console.log(`        ${file} took ${Math.round((performance.now() - began) / 1000)} s`);
}

async function walkOnce(title, run, world) {
  const began = performance.now();
  let late;
  const limit = new Promise((_, reject) => {
    late = setTimeout(() => reject(new Error(`not over after ${LIMIT_MS / 60_000} minutes`)), LIMIT_MS);
  });
  try {
    const walking = run(world);
    // Whatever a walk that hung says later is no news.
    walking.catch(() => {});
    await Promise.race([walking, limit]);
    passed += 1;
    console.log(`ok      ${title} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed += 1;
    const at = failed;
    console.log(`FAILED  ${title}\n${error.stack ?? error}`);
    for (const [number, person] of world.opened.entries()) {
      if (pictures) await person.picture(`failed-${at}-${number}`).catch(() => {});
      console.log(`  ${person.name} was at ${person.page.url()}`);
    }
  } finally {
    clearTimeout(late);
    for (const person of world.opened) await person.close().catch(() => {});
  }
}

const files = (await readdir(`${here}walks`)).filter((file) => file.endsWith('.mjs')).sort();
async function lane() {
  for (let file = files.shift(); file; file = files.shift()) await walkFile(file);
}
await Promise.all(Array.from({ length: Math.max(1, lanes) }, lane));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
