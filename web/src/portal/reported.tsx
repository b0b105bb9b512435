/** The third screen: the number in large digits, the promise, the way to the case's page. */
import { useT } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { DateTime } from '../ui/values.tsx';
import type { ReportAnswer } from './call.ts';

export function Done({ answer }: { answer: ReportAnswer }) {
  const t = useT();
  const { number, respond_due_at, arrive_target_s, zone, link } = answer;
  return (
    <section className="ac-panel ac-form">
      <p className="at-number ac-figure" data-testid="number">
        {number}
      </p>
      {respond_due_at && (
        <p>
          {t('track.done.respond')} <DateTime at={respond_due_at} zone={zone} show_zone />
        </p>
      )}
      {arrive_target_s ? <p>{t('track.done.arrive', { hours: Math.round(arrive_target_s / 3600) })}</p> : null}
      <p className="ac-second">{t('track.done.keep')}</p>
      {link && (
        <a className="ac-button ac-button-step" href={link}>
          <Icon name="eye" size={20} /> {t('track.done.follow')}
        </a>
      )}
    </section>
  );
}
