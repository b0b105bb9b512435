/** Texts that stand in the data in both languages. */
import { type Language, useLanguage } from '../i18n/index.ts';

/** A text of the catalogue data; English may be missing and then falls back (decision 21). */
export interface BothText {
  zh_cn: string;
  en?: string | null;
}

/** The text in a language. */
export function inLanguage(text: BothText | null | undefined, language: Language): string {
  if (!text) return '';
  return language === 'en' && text.en?.trim() ? text.en : text.zh_cn;
}

/** `const both = useBoth(); both(product.name)` */
export function useBoth(): (text: BothText | null | undefined) => string {
  const language = useLanguage();
  return (text) => inLanguage(text, language);
}
