/** The texts that every screen of the desk stands on: one file for a language, fetched before the desk itself is there. */
import type { Language } from '../i18n/language.ts';

type Areas = Readonly<Record<string, Record<string, string>>>;

/** The areas in those files: sign-in, shell, states. Asked twice, it is fetched once. */
export async function deskTexts(of: Language): Promise<Areas> {
  return (await (of === 'en' ? import('./texts/en.ts') : import('./texts/zh-CN.ts'))).default;
}
