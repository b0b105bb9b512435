// One page in Chromium: by Lighthouse, and opened on the network that its people have.

import lighthouse, { desktopConfig, startTimespan } from 'lighthouse';
import puppeteer from 'puppeteer-core';
import { FLAGS } from '../scripts/chromium.mjs';

const kbit_s = (number) => (number * 1000) / 8;
/** What is asked of a page beside Lighthouse's own simulation: its network, and how much slower its processor is. */
const PROFILES = {
  phone: {
    lighthouse: undefined,
    viewport: { width: 360, height: 800, isMobile: true, hasTouch: true },
    network: { download: kbit_s(400), upload: kbit_s(400), latency: 400 },
    slower: 4,
  },
  desk: {
    lighthouse: desktopConfig,
    viewport: { width: 1366, height: 768 },
    network: { download: kbit_s(1_600), upload: kbit_s(750), latency: 150 },
    slower: 1,
  },
};
/** Only a failure lasts as long. */
const PATIENCE_MS = 60_000;

const round = (number, digits = 0) => Math.round(number * 10 ** digits) / 10 ** digits;

/** A browser that has seen nothing yet, signed in as the page asks for. */
async function fresh(page, { chromium, lang }, use) {
  const browser = await puppeteer.launch({
    executablePath: chromium,
    headless: true,
    args: [...FLAGS, `--lang=${lang}`, `--accept-lang=${lang}`],
    defaultViewport: PROFILES[page.profile].viewport,
  });
  try {
    if (page.cookies) await browser.setCookie(...page.cookies);
    return await use(browser);
  } finally {
    await browser.close();
  }
}

/** A page that led away (to the sign-in page, say), or that speaks another language, is not the one that was to be measured. */
async function assertThere(tab, page, lang) {
  const seen = await tab.evaluate(() => ({ path: location.pathname, lang: document.documentElement.lang }));
  if (seen.path !== page.path.split(/[?#]/)[0]) throw new Error(`${page.name}: ${page.path} led to ${seen.path}`);
  if (seen.lang !== lang) throw new Error(`${page.name} speaks ${seen.lang}, not ${lang}`);
}

/** What a page's own requests brought, in kilobytes as served. What its worker fetches ahead is none of them. */
function kilobytes(items) {
  const own = items.filter(({ sessionTargetType }) => sessionTargetType !== 'service_worker');
  const of = (some) => round(some.reduce((sum, { transferSize = 0 }) => sum + transferSize, 0) / 1024, 1);
  const data = own.filter(({ url }) => new URL(url).pathname.startsWith('/api/'));
  return { all_kb: of(own), data_kb: of(data) };
}

/** What Lighthouse says of a first visit: its figures, its faults of accessibility, and its report for whoever wants to read on. */
export async function byLighthouse(demo, page, world) {
  return await fresh(page, world, async (browser) => {
    const [tab] = await browser.pages();
    const flags = { logLevel: 'error', output: 'html', onlyCategories: ['performance', 'accessibility'] };
    const { lhr, report } = await lighthouse(`${demo.url}${page.path}`, flags, PROFILES[page.profile].lighthouse, tab);
    if (lhr.runtimeError) throw new Error(`${page.name}: ${lhr.runtimeError.message}`);
    await assertThere(tab, page, world.lang);
    const { audits, categories } = lhr;
    const number = (id, digits) => round(audits[id].numericValue, digits);
    const { all_kb, data_kb } = kilobytes(audits['network-requests'].details.items);
    return {
      figures: {
        performance: round(categories.performance.score * 100),
        accessibility: round(categories.accessibility.score * 100),
        lcp_ms: number('largest-contentful-paint'),
        cls: number('cumulative-layout-shift', 3),
        tbt_ms: number('total-blocking-time'),
        ...(page.apart ? { kb: round(all_kb - data_kb, 1), data_kb } : { kb: all_kb }),
      },
      faults: categories.accessibility.auditRefs
        .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
        .map(({ id }) => `${id}: ${(audits[id].details?.items ?? []).map((it) => it.node?.selector).join(', ')}`),
      report,
    };
  });
}

/** Opens the page in a new tab; the page itself keeps the moment at which what makes it usable stands on screen. */
async function opened(browser, demo, page, world) {
  const { network, slower } = PROFILES[page.profile];
  const tab = await browser.newPage();
  tab.setDefaultTimeout(PATIENCE_MS);
  await tab.emulateNetworkConditions(network);
  if (slower > 1) await tab.emulateCPUThrottling(slower);
  await tab.evaluateOnNewDocument((selector) => {
    const look = () => {
      if (document.querySelector(selector)?.getClientRects().length) window.usable_ms = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, page.ready);
  await tab.goto(`${demo.url}${page.path}`, { waitUntil: 'domcontentloaded' });
  await tab
    .waitForFunction(() => window.usable_ms !== undefined)
    .catch(() => {
      throw new Error(`${page.name}: ${page.ready} is not on screen at ${tab.url()}`);
    });
  await assertThere(tab, page, world.lang);
  return { tab, took_s: round((await tab.evaluate(() => window.usable_ms)) / 1000, 2) };
}

/** Seconds until a page can be used at a first visit and at the next, and how long its slowest answer to an input takes. */
export async function byHand(demo, page, world) {
  return await fresh(page, world, async (browser) => {
    const first = await opened(browser, demo, page, world);
    await first.tab.waitForNetworkIdle({ concurrency: 2, timeout: PATIENCE_MS });
    if (page.worker) await first.tab.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await first.tab.close();
    const again = await opened(browser, demo, page, world);
    await again.tab.waitForNetworkIdle({ concurrency: 2, timeout: PATIENCE_MS });
    await again.tab.emulateNetworkConditions(null);
    const span = await startTimespan(again.tab, {
      config: PROFILES[page.profile].lighthouse,
      flags: { logLevel: 'error', onlyAudits: ['interaction-to-next-paint'] },
    });
    await page.act(again.tab);
    await new Promise((drawn) => setTimeout(drawn, 500));
    const { lhr } = await span.endTimespan();
    const inp = lhr.audits['interaction-to-next-paint'];
    if (inp.numericValue === undefined) throw new Error(`${page.name}: no input was seen. ${inp.errorMessage ?? ''}`);
    return { first_s: first.took_s, again_s: again.took_s, inp_ms: round(inp.numericValue) };
  });
}
