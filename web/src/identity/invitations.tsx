/** One-time links to hand to other people: shown once, each with a button that copies it. */
import { useT } from '../i18n/index.ts';
import { CopyLine } from '../ui/copy-line.tsx';
import { DateTime } from '../ui/values.tsx';
import type { Invitation } from './session.ts';

export function Invitations({ invitations, intro = true }: { invitations: readonly Invitation[]; intro?: boolean }) {
  const t = useT();
  return (
    <>
      {intro && <p>{t('login.invitations.intro')}</p>}
      <p className="ac-second">{t('login.invitations.once')}</p>
      {invitations.map(({ account_id, login, link, expires_at }) => (
        <section key={account_id} className="ac-field">
          <h2>{t('login.invitations.for', { login })}</h2>
          {link ? (
            <CopyLine label={t('login.invitations.for', { login })} text={link} />
          ) : (
            <p>{t('login.invitations.shown_before')}</p>
          )}
          <p className="ac-hint">
            {t('login.invitations.until')} <DateTime at={expires_at} />
          </p>
        </section>
      ))}
    </>
  );
}
