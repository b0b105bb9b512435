/**
 * Design tokens: the one place for colours, sizes and type. `npm run generate` writes tokens.css from this file; the
 * desk's antd theme reads it too. Contrast is checked by tests/tokens.test.ts.
 */

/** One set of colours. Names say the use, not the hue. */
export interface Palette {
  ground: string;
  surface: string;
  raised: string;
  /** Hover and selected rows. */
  hover: string;
  selected: string;
  text: string;
  second: string;
  /** Decoration and placeholders only: below 4.5:1. */
  faint: string;
  line: string;
  /** Border of inputs, ≥ 3:1 against the surface. */
  edge: string;
  /** Primary action, selection, links; nothing else. */
  brand: string;
  'on-brand': string;
  /** Severity and breach only. */
  major: string;
  'on-major': string;
  /** A clock with 25 % or less left. */
  warning: string;
  done: string;
  travelling: string;
  'on-site': string;
  dispatched: string;
  hold: string;
  new: string;
  vip: string;
  /** Tint of internal notes. */
  note: string;
}

export const palettes = {
  light: {
    ground: '#F6F7F9',
    surface: '#FFFFFF',
    raised: '#FFFFFF',
    hover: '#F1F4F6',
    selected: '#E8F4F3',
    text: '#16202B',
    second: '#51606F',
    faint: '#8593A1',
    line: '#E1E6EB',
    edge: '#84919E',
    brand: '#0B7A75',
    'on-brand': '#FFFFFF',
    major: '#C62828',
    'on-major': '#FFFFFF',
    warning: '#955600',
    done: '#1E7F4F',
    travelling: '#0E7490',
    'on-site': '#6D43C0',
    dispatched: '#3F51B5',
    hold: '#2F6FB5',
    new: '#5F6B77',
    vip: '#B8860B',
    note: '#FFF8E6',
  },
  dark: {
    ground: '#0E1217',
    surface: '#151B22',
    raised: '#1B232C',
    hover: '#1D2630',
    selected: '#16332F',
    text: '#E8EDF2',
    second: '#A9B6C3',
    faint: '#748392',
    line: '#2A343F',
    edge: '#667482',
    brand: '#3DB6AE',
    'on-brand': '#06211F',
    major: '#FF7B72',
    'on-major': '#2B0A08',
    warning: '#E3B341',
    done: '#56C288',
    travelling: '#3CC1DC',
    'on-site': '#B69CF5',
    dispatched: '#97A6F5',
    hold: '#6FB0F0',
    new: '#9DAAB7',
    vip: '#D4AF37',
    note: '#2A2617',
  },
  sunlight: {
    ground: '#FFFFFF',
    surface: '#FFFFFF',
    raised: '#FFFFFF',
    hover: '#EDEDED',
    selected: '#D5F0EE',
    text: '#000000',
    second: '#1F2933',
    faint: '#4B5661',
    line: '#000000',
    edge: '#000000',
    brand: '#00524E',
    'on-brand': '#FFFFFF',
    major: '#9B0000',
    'on-major': '#FFFFFF',
    warning: '#6B3D00',
    done: '#005C2F',
    travelling: '#004E63',
    'on-site': '#4A1FA0',
    dispatched: '#1F2E8F',
    hold: '#004A8F',
    new: '#333D47',
    vip: '#7A5800',
    note: '#FFF3C4',
  },
} as const satisfies Record<string, Palette>;

/** Type, space and shape: the same in light and dark; sunlight draws thicker lines. */
export const sizes = {
  'font-family':
    "'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', system-ui, -apple-system, 'Segoe UI', sans-serif",
  'font-12': '0.75rem',
  'font-13': '0.8125rem',
  'font-14': '0.875rem',
  'font-16': '1rem',
  'font-20': '1.25rem',
  'font-28': '1.75rem',
  'space-1': '4px',
  'space-2': '8px',
  'space-3': '12px',
  'space-4': '16px',
  'space-6': '24px',
  'space-8': '32px',
  radius: '6px',
  'radius-card': '10px',
  'line-width': '1px',
  shadow: '0 6px 24px rgb(10 20 30 / 0.16)',
  motion: '150ms',
  /** Height of a table row on the desk. */
  row: '36px',
  /** Smallest touch target on phones, and the button of the next step. */
  touch: '44px',
  step: '56px',
} as const;

const colourLines = (palette: Palette) =>
  Object.entries(palette)
    .map(([name, value]) => `  --${name}: ${value.toLowerCase()};`)
    .join('\n');

/** The text of tokens.css. */
export function tokensCss(): string {
  const dark = colourLines(palettes.dark);
  return `/* Generated from tokens.ts by "npm run generate". Do not edit. */
:root {
  color-scheme: light;
${colourLines(palettes.light)}
${Object.entries(sizes)
  .map(([name, value]) => `  --${name}: ${value.replaceAll("'", '"')};`)
  .join('\n')}
}

@media (prefers-color-scheme: dark) {
  :root:not([data-theme]) {
    color-scheme: dark;
${dark.replaceAll(/^/gm, '  ')}
  }
}

:root[data-theme="dark"] {
  color-scheme: dark;
${dark}
}

:root[data-theme="sunlight"] {
${colourLines(palettes.sunlight)}
  --line-width: 2px;
}
`;
}
