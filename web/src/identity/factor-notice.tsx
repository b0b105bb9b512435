/** Tells at the top of the screen that the role soon wants a second factor, or that somebody took one's own away. */
import { serverNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { formatInstant } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { useZone } from '../ui/zone.ts';
import { type Me, secondFactorPath } from './me.ts';
import './factor-notice.css';

export function FactorNotice({ me }: { me: Me }) {
  const t = useT();
  const zone = useZone();
  const { second_factor_from: from, second_factor_reset_at: reset_at } = me;
  if (!from && !reset_at) return null;
  const said = (at: string) => formatInstant(at, zone, serverNow(), true);
  return (
    <p className="ac-factor-notice" role="status">
      <Icon name="warning" size={16} />
      <span>
        {reset_at && `${t('common.second_factor.reset', { at: said(reset_at) })} `}
        {from && `${t('common.second_factor.due', { at: said(from) })} `}
        <a href={secondFactorPath(location.pathname + location.search)}>{t('common.second_factor.set_up')}</a>
      </span>
    </p>
  );
}
