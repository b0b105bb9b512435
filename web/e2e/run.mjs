// Walks through the product in a real browser: starts the demo, receives its mail and webhooks, runs every walk.
//
//   node e2e/run.mjs [--pictures] [NAME]...      from web/; the program's path is in AFTERCARE_BIN
//
// The last line is `N passed, N failed`.

import { mkdir, readdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './lib/browser.mjs';
import { startDemo } from './lib/demo.mjs';
import { startHook } from './lib/hook.mjs';
import { startMailbox } from './lib/mailbox.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const args = process.argv.slice(2);
const pictures = args.includes('--pictures') ? `${here}pictures` : null;
const wanted = args.filter((arg) => !arg.startsWith('--'));
if (pictures) {
  await rm(pictures, { recursive: true, force: true });
  await mkdir(pictures, { recursive: true });
}

const mailbox = await startMailbox();
const hook = await startHook();
const demo = await startDemo();
const browser = await openBrowser();
let passed = 0;
let failed = 0;

const files = (await readdir(`${here}walks`)).filter((file) => file.endsWith('.mjs')).sort();
for (const file of files) {
  const walk = await import(`./walks/${file}`);
  for (const [name, run] of Object.entries(walk.default)) {
    const title = `${file.replace('.mjs', '')} · ${name}`;
    if (wanted.length > 0 && !wanted.some((part) => title.includes(part))) continue;
    const began = Date.now();
    const world = { demo, mailbox, hook, browser, pictures, opened: [] };
    try {
      await run(world);
      passed += 1;
      console.log(`ok      ${title} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${title}\n${error.stack ?? error}`);
      for (const [at, person] of world.opened.entries()) {
        if (pictures) await person.picture(`failed-${failed}-${at}`).catch(() => {});
        console.log(`  ${person.name} was at ${person.page.url()}`);
      }
    } finally {
      for (const person of world.opened) await person.close();
    }
  }
}

await browser.close();
await demo.stop();
await mailbox.stop();
await hook.stop();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
