/** A customer's level: gold outline and word, nothing for an ordinary one. */
import { useT } from '../i18n/index.ts';
import type { VipLevel } from './requests.ts';

export function VipBadge({ level }: { level: VipLevel }) {
  const t = useT();
  if (level === 'none') return null;
  return <span className="ac-badge ac-vip">{`${t('status.vip')} · ${t(`customers.vip.${level}`)}`}</span>;
}
