// Draws the PNG icons of the engineer's app from public/icon.svg, for phones that take no SVG: `node scripts/icons.mjs`, after the
// SVG changed. Needs chromium (AFTERCARE_CHROMIUM names another than /usr/bin/chromium). What it writes is checked in.
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { FLAGS } from './chromium.mjs';

const folder = new URL('../public/', import.meta.url).pathname;
const svg = readFileSync(`${folder}icon.svg`, 'utf8');
// Where the phone cuts the shape itself, the ground reaches to the edge; `inset` keeps the sign within what every cut leaves.
const square = (inset) =>
  svg
    .replace(/ rx="[^"]*"/, '')
    .replace(/<path /, `<path transform="translate(${16 * inset} ${16 * inset}) scale(${1 - inset})" `);

const icons = [
  { file: 'field/apple-touch-icon.png', size: 180, svg: square(0) },
  { file: 'field/icon-192.png', size: 192, svg },
  { file: 'field/icon-512.png', size: 512, svg },
  { file: 'field/icon-maskable-512.png', size: 512, svg: square(0.2) },
];

const browser = await chromium.launch({
  executablePath: process.env.AFTERCARE_CHROMIUM ?? '/usr/bin/chromium',
  args: FLAGS,
});
for (const { file, size, svg: drawn } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawn}`);
  writeFileSync(folder + file, await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();
