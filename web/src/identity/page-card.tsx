/** The frame of the pages outside of the shell: brand, a card, language and theme at the foot. */
import type { ReactNode } from 'react';
import { type Language, languages, setLanguage, useLanguage, useT } from '../i18n/index.ts';
import { setTheme, useTheme } from '../ui/theme.ts';

/** Names of the languages in themselves, so that everyone finds their own. */
export const languageNames: Record<Language, string> = { 'zh-CN': '\u4e2d\u6587', en: 'English' };

/** The language switch, as on the sign-in page and in the person's menu. */
export function LanguageSwitch() {
  const current = useLanguage();
  const t = useT();
  return (
    <fieldset className="ac-switch" style={{ border: 0 }}>
      <legend className="ac-hidden">{t('common.language')}</legend>
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          className="ac-link"
          lang={language}
          aria-pressed={language === current}
          onClick={() => void setLanguage(language)}
        >
          {languageNames[language]}
        </button>
      ))}
    </fieldset>
  );
}

function ThemeSwitch() {
  const t = useT();
  const theme = useTheme();
  const next = { system: 'dark', dark: 'light', light: 'system', sunlight: 'system' } as const;
  return (
    <button type="button" className="ac-link" onClick={() => setTheme(next[theme])}>
      {t('common.theme.now', { theme: t(`common.theme.${theme}`) })}
    </button>
  );
}

/** `brand` is the company's name, or the product's where no company is known yet. */
export function PageCard({ brand, title, children }: { brand: string; title: string; children: ReactNode }) {
  return (
    <main className="ac-page-card">
      <div className="ac-page-brand">
        <img src="/icon.svg" alt="" width={32} height={32} />
        <span>{brand}</span>
      </div>
      <section className="ac-panel ac-form">
        <h1>{title}</h1>
        {children}
      </section>
      <div className="ac-page-foot">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
    </main>
  );
}
