// Lighthouse over the pages that people open first, with the demo company, in both languages, beside their budgets.
//
//   cargo xtask bench lighthouse [--runs=N] [--lang=LANG] [--reports=FOLDER] [NAME]...
//
// Each page is loaded N times (3) by Lighthouse, phones' pages with its mobile profile, the desk's with its desktop preset, and opened
// N times on the network of its people (budgets.mjs); of each figure the middle counts. Prints a table; ends with 1 where a page misses
// a budget. No part of `cargo xtask test`: what else runs on the machine changes its figures. `--reports` keeps Lighthouse's own pages.

import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { startDemo } from '../e2e/lib/demo.mjs';
import { BUDGETS, middleOf, missed } from './budgets.mjs';
import { byHand, byLighthouse } from './measure.mjs';
import { pagesOf } from './pages.mjs';

const args = process.argv.slice(2);
const option = (name) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const runs = Number(option('runs') ?? 3);
const langs = option('lang')?.split(',') ?? ['zh-CN', 'en'];
const reports = option('reports');
const wanted = args.filter((arg) => !arg.startsWith('--'));
const chromium = process.env.AFTERCARE_CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(chromium))
  throw new Error(`there is no ${chromium}: install chromium, or name it in AFTERCARE_CHROMIUM`);
if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs is a number from 1');
if (reports) await mkdir(reports, { recursive: true });

/** Each figure in its column; sizes of shell and data stand in one. */
const COLUMNS = [
  ['performance', 'performance'],
  ['accessibility', 'accessibility'],
  ['LCP ms', 'lcp_ms'],
  ['INP ms', 'inp_ms'],
  ['CLS', 'cls'],
  ['TBT ms', 'tbt_ms'],
  ['KB', 'kb'],
  ['KB of data', 'data_kb'],
  ['first visit s', 'first_s'],
  ['next visit s', 'again_s'],
];
const row = (cells) => console.log(`| ${cells.join(' | ')} |`);

async function measure(demo, page, lang) {
  const world = { chromium, lang };
  const all = [];
  const faults = new Set();
  for (let n = 0; n < runs; n += 1) {
    const found = await byLighthouse(demo, page, world);
    all.push({ ...found.figures, ...(await byHand(demo, page, world)) });
    for (const fault of found.faults) faults.add(fault);
    if (reports) await writeFile(`${reports}/${page.name.replaceAll(/\W+/g, '-')}-${lang}-${n}.html`, found.report);
  }
  return { seen: middleOf(all), faults: [...faults] };
}

let failed = false;
const demo = await startDemo();
try {
  const pages = (await pagesOf(demo)).filter(
    ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
  );
  if (pages.length === 0) throw new Error(`no page is called ${wanted.join(', ')}`);
  row(['page', 'language', ...COLUMNS.map(([title]) => title), 'budgets missed']);
  row(Array.from({ length: COLUMNS.length + 3 }, () => '---'));
  const said = [];
  for (const page of pages) {
    const budget = BUDGETS[page.budget];
    const apart = budget.data_kb !== undefined;
    for (const lang of langs) {
      const { seen, faults } = await measure(demo, { ...page, profile: budget.profile, apart }, lang);
      const misses = missed(budget, seen);
      failed ||= misses.length > 0;
      said.push(...faults.map((fault) => `${page.name}, ${lang}: ${fault}`));
      const figure = (key) => (misses.includes(key) ? `**${seen[key]}**` : (seen[key] ?? '–'));
      const words = misses.map((key) => `${key} ${budget[key]}`).join(', ');
      row([page.name, lang, ...COLUMNS.map(([, key]) => figure(key)), words || '–']);
    }
  }
  for (const fault of said) console.log(fault);
} finally {
  await demo.stop();
}
process.exit(failed ? 1 : 0);
