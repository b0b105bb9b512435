/** After saving: the number in large digits and the promise as it is stored, to be read aloud; then the next call. */
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useCommand } from '../../api/command.ts';
import { recordCall, type Schemas } from '../../calls/requests.ts';
import { useT } from '../../i18n/index.ts';
import { SeverityBadge } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { useZone } from '../../ui/zone.ts';
import { PromiseWords } from '../promise-words.tsx';
import type { CaseAnswer } from '../requests.ts';

/** What was saved, and the call that goes with it. */
export interface SavedReport {
  answer: CaseAnswer;
  site_name: string;
  zone: string | undefined;
  call: Schemas['RecordCall'] | undefined;
}

export function IntakeSaved({ saved, onNext }: { saved: SavedReport; onNext: () => void }) {
  const t = useT();
  const own = useZone();
  const { answer, site_name, zone, call } = saved;
  const record = useCommand(recordCall);
  const section = useRef<HTMLElement>(null);

  // The call's record follows the case, which it names; it never holds the agent up.
  const run = useRef(record.run);
  useEffect(() => {
    if (call) void run.current(call);
  }, [call]);
  useEffect(() => section.current?.querySelector<HTMLElement>('.ac-button-primary')?.focus(), []);

  return (
    <section ref={section} className="ac-panel ad-saved" aria-live="polite">
      <p className="ac-second">{t('intake.saved.title', { site: site_name })}</p>
      <p className="ad-saved-number ac-figure" data-number={answer.number}>
        {answer.number.replace(/-/g, ' - ')}
      </p>
      <SeverityBadge severity={answer.severity} />
      <blockquote className="ad-read-aloud">
        <p className="ac-second">{t('intake.read_aloud')}</p>
        <p>
          {t('intake.saved.number', { number: answer.number })}
          <PromiseWords promise={answer.promise} zone={zone ?? own} />
        </p>
      </blockquote>
      {answer.rework && (
        <p className="ac-hint">{t('intake.rework', { number: answer.rework.number, date: answer.rework.until })}</p>
      )}
      {record.problem && (
        <div>
          <ErrorState error={record.problem} inline />
          {call && (
            <Button onClick={() => void record.run(call)} busy={record.busy}>
              {t('intake.call.retry')}
            </Button>
          )}
        </div>
      )}
      <div className="ad-steps">
        <Link to={`/cases/${answer.id}`} className="ac-button">
          {t('intake.saved.open')}
        </Link>
        <Button kind="primary" onClick={onNext}>
          {t('intake.next')} <kbd>↵</kbd>
        </Button>
      </div>
    </section>
  );
}
