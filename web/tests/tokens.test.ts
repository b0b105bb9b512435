/** Colours can be read: 4.5:1 for words, 3:1 for glyphs and edges (WCAG 1.4.3, 1.4.11), in every theme. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type Palette, palettes, tokensCss } from '../src/ui/tokens.ts';

type Rgb = [number, number, number];
const rgb = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as Rgb;
const luminance = (colour: Rgb) => {
  const [r, g, b] = colour.map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: Rgb, b: Rgb) => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
};
/** The ground of a badge: 6 % of its colour over the surface (ui.css). */
const tint = (colour: Rgb, over: Rgb): Rgb => colour.map((part, at) => part * 0.06 + (over[at] ?? 0) * 0.94) as Rgb;

test.each(Object.entries(palettes))('the colours of %s can be read', (_, palette: Palette) => {
  for (const ground of ['ground', 'surface', 'raised', 'hover', 'selected'] as const) {
    for (const name of ['text', 'second', 'brand', 'major'] as const)
      expect(contrast(rgb(palette[name]), rgb(palette[ground])), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  }
  for (const name of ['major', 'warning', 'done', 'travelling', 'on-site', 'dispatched', 'hold', 'new'] as const) {
    const ground = tint(rgb(palette[name]), rgb(palette.surface));
    expect(contrast(rgb(palette[name]), ground), `badge ${name}`).toBeGreaterThanOrEqual(4.5);
  }
  expect(contrast(rgb(palette['on-brand']), rgb(palette.brand))).toBeGreaterThanOrEqual(4.5);
  expect(contrast(rgb(palette['on-major']), rgb(palette.major))).toBeGreaterThanOrEqual(4.5);
  expect(contrast(rgb(palette.edge), rgb(palette.surface)), 'edge').toBeGreaterThanOrEqual(3);
  expect(contrast(rgb(palette.vip), rgb(palette.surface)), 'vip').toBeGreaterThanOrEqual(3);
  expect(contrast(rgb(palette.text), rgb(palette.note)), 'note').toBeGreaterThanOrEqual(4.5);
});

test('tokens.css is what tokens.ts says', () => {
  expect(readFileSync(resolve(import.meta.dirname, '../src/ui/tokens.css'), 'utf8')).toBe(tokensCss());
});
