/** A visit outside what the customer was promised (P8): what they said decides whether that is their promise now. */
import type { Problem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Schemas } from './requests.ts';

export const unanswered = (problem: Problem | undefined): boolean => problem?.code === 'visit_promise_unanswered';

export function PromiseAnswer({
  busy,
  onAnswer,
}: {
  busy: boolean;
  onAnswer: (answer: Schemas['OutsidePromise']) => void;
}) {
  const t = useT();
  return (
    <fieldset className="ad-warn ad-promise-answer">
      <legend>
        <Icon name="phone" size={14} /> {t('workorders.promise.asked')}
      </legend>
      <div className="ad-steps">
        <Button busy={busy} onClick={() => onAnswer('agreed')}>
          {t('workorders.promise.agreed')}
        </Button>
        <Button busy={busy} onClick={() => onAnswer('stands')}>
          {t('workorders.promise.stands')}
        </Button>
      </div>
      <p className="ac-second">{t('workorders.promise.means')}</p>
    </fieldset>
  );
}
