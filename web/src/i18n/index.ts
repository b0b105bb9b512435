/**
 * Texts of the web app, from the one catalogue in `texts/` that the server uses too (decision 21).
 *
 * A key begins with its area, the name of its file: `cases.report.title` is `report.title` in `cases.json`. Placeholders
 * are `{name}`.
 * Areas are loaded on demand, so that a screen pulls in only its own words; a screen names its areas where it is registered.
 */
import { useSyncExternalStore } from 'react';
import { firstLanguage, type Language, languageKey, rememberedLanguage } from './language.ts';

export { type Language, languages } from './language.ts';
/** Values for the placeholders of a text. */
export type Values = Record<string, string | number>;
/** Translates a key; the values fill its placeholders. */
export type Translate = (key: string, values?: Values) => string;

type Texts = Record<string, string>;
const files = import.meta.glob<{ default: Texts }>('../../../texts/*/*.json');

const loaded = new Set<string>();
const wanted = new Set<string>();
const catalogue: Record<Language, Texts> = { 'zh-CN': {}, en: {} };
const listeners = new Set<() => void>();
let language: Language = firstLanguage();
let translate = makeTranslate();

function makeTranslate(): Translate {
  const texts = catalogue[language];
  return (key, values) => fill(texts[key] ?? key, values);
}

/** Puts values into the placeholders of a text; an unknown placeholder stays as written, so that a test can see it. */
export function fill(text: string, values?: Values): string {
  if (!values) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

function changed() {
  translate = makeTranslate();
  for (const listener of listeners) listener();
}

async function loadFile(of: Language, area: string): Promise<void> {
  const path = `../../../texts/${of}/${area}.json`;
  if (loaded.has(path)) return;
  const load = files[path];
  if (!load) throw new Error(`There is no text area ${area} for ${of}.`);
  take(of, area, (await load()).default);
}

function take(of: Language, area: string, texts: Texts) {
  for (const [key, text] of Object.entries(texts)) catalogue[of][`${area}.${key}`] = text;
  loaded.add(`../../../texts/${of}/${area}.json`);
}

/** Areas that a switch of language has to load, also while their texts are still on the way. */
export function wantTexts(areas: readonly string[]): void {
  for (const area of areas) wanted.add(area);
}

/** Takes areas of a language that were fetched together, for an app that asks for one file rather than for one per area. */
export function takeTexts(of: Language, areas: Readonly<Record<string, Texts>>): void {
  wantTexts(Object.keys(areas));
  for (const [area, texts] of Object.entries(areas)) take(of, area, texts);
  changed();
}

/** Loads the areas in the language in use; call it before the screen that needs them is drawn. */
export async function loadTexts(areas: readonly string[]): Promise<void> {
  wantTexts(areas);
  const missing = areas.filter((area) => !loaded.has(`../../../texts/${language}/${area}.json`));
  if (missing.length === 0) return;
  await Promise.all(missing.map((area) => loadFile(language, area)));
  changed();
}

/** The language in use. */
export function currentLanguage(): Language {
  return language;
}

/** Whether the person has chosen a language on this device, which then wins over the one of the account. */
export function languageIsChosen(): boolean {
  return rememberedLanguage() !== undefined;
}

/** Switches the language once its texts are there. `remember` keeps it on this device. */
export async function setLanguage(next: Language, remember = true): Promise<void> {
  await Promise.all([...wanted].map((area) => loadFile(next, area)));
  language = next;
  if (remember) {
    try {
      localStorage.setItem(languageKey, next);
    } catch {
      // Private windows may refuse storage; the choice then lasts as long as the page.
    }
  }
  document.documentElement.lang = next;
  changed();
}

/** Translates outside of components (messages of errors, document titles). Components use `useT`. */
export const t: Translate = (key, values) => translate(key, values);

/** Whether the catalogue in use has the key. */
export function hasText(key: string): boolean {
  return key in catalogue[language];
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The translate function; the component is drawn again when the language or its texts change. */
export function useT(): Translate {
  return useSyncExternalStore(subscribe, () => translate);
}

/** The language in use, drawn again on change. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, () => language);
}
