/** The frame of the customer's pages: one column, the company's name and hotline on top of every screen. */
import { type ReactNode, useState } from 'react';
import { type Language, languages, setLanguage, useLanguage, useT } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import type { Host } from './first-data.ts';

const names: Record<Language, string> = { 'zh-CN': '\u4e2d\u6587', en: 'English' };

export function CustomerShell({ host, children }: { host: Host | undefined; children: ReactNode }) {
  const t = useT();
  const language = useLanguage();
  const [busy, setBusy] = useState(false);
  const other = languages.find((each) => each !== language) ?? 'en';
  return (
    <div className="at-column">
      <header className="at-head">
        <b>{host?.company_name ?? t('common.product')}</b>
        {host?.hotline && (
          <a className="at-hotline ac-figure" href={`tel:${host.hotline}`}>
            <Icon name="phone" size={20} />
            <span>{t('track.hotline', { number: host.hotline })}</span>
          </a>
        )}
      </header>
      <main className="at-main">{children}</main>
      <footer className="at-foot">
        <button
          type="button"
          className="ac-link"
          lang={other}
          disabled={busy}
          onClick={async () => {
            setBusy(true);
            try {
              await setLanguage(other);
            } finally {
              setBusy(false);
            }
          }}
        >
          {names[other]}
        </button>
      </footer>
    </div>
  );
}
