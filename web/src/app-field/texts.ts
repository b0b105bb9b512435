/** The texts of the engineer's screens: one file for a language, fetched before the app that says them is there. */
import type { Language } from '../i18n/language.ts';

type Areas = Readonly<Record<string, Record<string, string>>>;

/** The areas in those files. */
export const ownAreas = ['common', 'status', 'field', 'visits', 'errors_visits'] as const;

/** Every area that a screen of this app names, by area. Asked twice, it is fetched once. */
export async function ownTexts(of: Language): Promise<Areas> {
  return (await (of === 'en' ? import('./texts/en.ts') : import('./texts/zh-CN.ts'))).default;
}
