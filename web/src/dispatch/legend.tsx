/** What the colours of the board mean; each stands with its glyph. */
import { useT } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { statusLook } from '../ui/status.ts';

const states = ['proposed', 'dispatched', 'travelling', 'working', 'paused', 'done'] as const;

export function Legend({ colour }: { colour: 'status' | 'severity' }) {
  const t = useT();
  return (
    <ul className="ad-legend" aria-label={t('dispatch.legend')}>
      {colour === 'status'
        ? states.map((state) => {
            const { tone, glyph } = statusLook('visit', state);
            return (
              <li key={state}>
                <span className={`ad-legend-mark ac-tone-${tone}`}>
                  <Icon name={glyph} size={12} />
                </span>
                {t(`status.visit.${state}`)}
              </li>
            );
          })
        : (['major', 'normal'] as const).map((severity) => (
            <li key={severity}>
              <span className={`ad-legend-mark ad-sev-${severity}`}>
                {severity === 'major' ? <b>{t('status.severity.major_glyph')}</b> : <Icon name="dot" size={12} />}
              </span>
              {t(`status.severity.${severity}`)}
            </li>
          ))}
      <li>
        <Icon name="lock" size={12} /> {t('dispatch.locked')}
      </li>
      <li>
        <Icon name="warning" size={12} /> {t('dispatch.behind_plan')}
      </li>
      <li>
        <span className="ad-legend-shift" /> {t('dispatch.shift')}
      </li>
    </ul>
  );
}
