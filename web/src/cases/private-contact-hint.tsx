/** Says before saving that a private number or account will be masked (P68). */
import { useT } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { maskPrivate } from './private-contacts.ts';

export function PrivateContactHint({ text }: { text: string }) {
  const t = useT();
  const masked = maskPrivate(text);
  if (masked === undefined) return null;
  return (
    <p className="ad-warn" role="status">
      <Icon name="shield" size={14} /> {t('cases.note.private_contact', { masked })}
    </p>
  );
}
