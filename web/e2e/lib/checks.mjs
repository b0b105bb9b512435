// What every walk holds beside its own matter: the screen's language, its size at 200 %, how it moved and how long it was busy.

import assert from 'node:assert/strict';

/** Words of Chinese in what an English reader's screen says itself; names, addresses and reports are the company's own data. */
export async function speaks(self, catalogue) {
  const said = await self.page.evaluate(() =>
    [...document.querySelectorAll('button, label, legend, h1, h2, h3, th, dt, [role=tab], nav a')]
      .filter((e) => e.offsetParent !== null && !e.closest('[data-own], .ad-table tbody, .ad-hit'))
      .map((e) => e.textContent.trim())
      .filter(Boolean),
  );
  // A language is offered in its own words.
  const foreign = said.filter((text) => catalogue.has(text) && !['English', '中文', '简体中文'].includes(text));
  assert.deepEqual(foreign, [], 'no words of the other language');
}

/** Every text of the other language that this language says otherwise. */
export async function wordsOfTheOther(lang) {
  const { readdir, readFile } = await import('node:fs/promises');
  const other = lang === 'en' ? 'zh-CN' : 'en';
  const folder = (name) => new URL(`../../../texts/${name}/`, import.meta.url);
  const texts = new Set();
  const own = new Set();
  for (const file of (await readdir(folder(other))).filter(
    (name) => name.endsWith('.json') && !name.startsWith('errors'),
  )) {
    const read = async (name) => Object.values(JSON.parse(await readFile(new URL(file, folder(name)), 'utf8')));
    for (const text of await read(other)) if (!text.includes('{')) texts.add(text);
    for (const text of await read(lang)) own.add(text);
  }
  return new Set([...texts].filter((text) => !own.has(text) && text.length > 1));
}

/** At 200 % nothing is cut off: half the room, and nothing to be pushed sideways but tables and boards, which push themselves. */
export async function atDoubleSize(self, what) {
  const { page } = self;
  const size = page.viewportSize();
  await page.setViewportSize({ width: Math.floor(size.width / 2), height: Math.floor(size.height / 2) });
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await self.settled();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await self.accessible(`${what} at 200 %`);
  await page.setViewportSize(size);
  assert.ok(wide <= 1, `${what} at 200 %: ${wide} px too wide`);
}

/**
 * Begins to watch what Lighthouse would: largest paint, shifts, long tasks, how long an input waits for its paint. Give it the page
 * before it opens anything.
 */
export async function watchVitals(self) {
  await self.page.addInitScript(() => {
    const seen = { lcp_ms: 0, cls: 0, tbt_ms: 0, inp_ms: 0 };
    window.vitals = seen;
    const watch = (type, take, options = {}) =>
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...options });
    watch('largest-contentful-paint', (e) => {
      seen.lcp_ms = Math.max(seen.lcp_ms, e.startTime);
    });
    watch('layout-shift', (e) => {
      if (!e.hadRecentInput) seen.cls += e.value;
    });
    watch('longtask', (e) => {
      seen.tbt_ms += Math.max(0, e.duration - 50);
    });
    watch(
      'event',
      (e) => {
        if (e.interactionId) seen.inp_ms = Math.max(seen.inp_ms, e.duration);
      },
      { durationThreshold: 16 },
    );
  });
}

/** What was seen since the page was opened. */
export async function vitals(self) {
  const { lcp_ms, cls, tbt_ms, inp_ms } = await self.page.evaluate(() => window.vitals);
  return {
    lcp_ms: Math.round(lcp_ms),
    cls: Math.round(cls * 1000) / 1000,
    tbt_ms: Math.round(tbt_ms),
    inp_ms: Math.round(inp_ms),
  };
}

/** A hand that counts what it does; free text, dictated numbers and candidates of an input method are no keys. */
export function handOf(page) {
  return {
    keys: 0,
    clicks: 0,
    async press(key) {
      this.keys += 1;
      await page.keyboard.press(key);
    },
    async click(locator) {
      this.clicks += 1;
      await locator.click();
    },
    type: (text) => page.keyboard.insertText(text),
  };
}

/**
 * A figure that depends on how fast the machine is and on what else runs on it: told where it is missed, and a failure only where the
 * machine is known to be quiet (`--timed`). What doesn't depend on the machine (clicks, keys, fields, kilobytes) is asserted always.
 */
export function inTime(world, what, took, limit, unit = 's') {
  if (took <= limit) return;
  const words = `${what}: ${took} ${unit}, at most ${limit} ${unit}`;
  if (world.timed) assert.fail(words);
  console.log(`        slow    ${words}`);
}

/** Waits until a field holds the value, and says what it holds where it never does. */
export async function holds(field, value, why) {
  const handle = await field.elementHandle();
  await field
    .page()
    .waitForFunction(([element, wanted]) => element.value === wanted, [handle, value])
    .catch(() => {});
  assert.equal(await field.inputValue(), value, why);
}

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
