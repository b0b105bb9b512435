/** After saving: the number in large digits and the promise as it is stored, to be read aloud; then the next call. */
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useCommand } from '../../api/command.ts';
import { endCall, recordCall, type Schemas } from '../../calls/requests.ts';
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
  /** The call to be recorded; none if it stands on record already. */
  call?: Schemas['RecordCall'] | undefined;
  /** The record of the call, once it is made. */
  made?: string;
}

export function IntakeSaved(props: { saved: SavedReport; onRecorded: (call_id: string) => void; onNext: () => void }) {
  const { saved, onRecorded, onNext } = props;
  const t = useT();
  const own = useZone();
  const { answer, site_name, zone, call } = saved;
  const record = useCommand(recordCall);
  const section = useRef<HTMLElement>(null);

  // The call's record follows the case, which it names; it never holds the agent up.
  const run = useRef(record.run);
  const recorded = useRef(onRecorded);
  recorded.current = onRecorded;
  const made = saved.made;
  useEffect(() => {
    if (call) void run.current(call).then((view) => view && recorded.current(view.id));
  }, [call]);
  // The call goes on while the number is read aloud; it ends here, and with the next call at the latest.
  const end = useCommand(endCall);
  const [ended, setEnded] = useState(false);
  const hangUp = async () => {
    if (!made || ended) return;
    if (await end.run({ id: made })) setEnded(true);
  };
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
            <Button
              onClick={() => void record.run(call).then((view) => view && onRecorded(view.id))}
              busy={record.busy}
            >
              {t('intake.call.retry')}
            </Button>
          )}
        </div>
      )}
      {end.problem && <ErrorState error={end.problem} inline />}
      <div className="ad-steps">
        {made && (
          <Button onClick={() => void hangUp()} busy={end.busy} disabled={ended} icon="phone">
            {t(ended ? 'intake.call.ended' : 'intake.call.end')}
          </Button>
        )}
        <Link to={`/cases/${answer.id}`} className="ac-button">
          {t('intake.saved.open')}
        </Link>
        <Button
          kind="primary"
          onClick={() => {
            void hangUp();
            onNext();
          }}
        >
          {t('intake.next')} <kbd>↵</kbd>
        </Button>
      </div>
    </section>
  );
}
