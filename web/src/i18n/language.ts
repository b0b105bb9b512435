/** Which language this device asks for, without any texts: read by whatever has to know it before they are there. */
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

/** Under this name the language that was chosen stands in this browser's storage. */
export const languageKey = 'aftercare.language';

function isLanguage(value: unknown): value is Language {
  return languages.includes(value as Language);
}

/** The language that was chosen on this device. */
export function rememberedLanguage(): Language | undefined {
  try {
    const value = localStorage.getItem(languageKey);
    return isLanguage(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function preferredLanguage(): Language {
  return (globalThis.navigator?.languages ?? []).some((tag) => tag.toLowerCase().startsWith('zh')) ||
    !globalThis.navigator?.language?.toLowerCase().startsWith('en')
    ? 'zh-CN'
    : 'en';
}

/** The language to begin with: the one that was chosen, else the browser's. */
export const firstLanguage = (): Language => rememberedLanguage() ?? preferredLanguage();
