/** A complaint on the page of its case: who has it and until when, our answer, and whether it will do. */
import { useState } from 'react';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/form.tsx';
import { formatInstant } from '../ui/format.ts';
import { ErrorState } from '../ui/states.tsx';
import { Buttons, useDo } from './actions.tsx';
import type { TrackPage } from './call.ts';

type Request = TrackPage['requests'][number];

export function ComplaintLine(props: {
  request: Request;
  page: TrackPage;
  link: string;
  onPage: (page: TrackPage) => void;
}) {
  const { request, page, link, onPage } = props;
  const t = useT();
  const { run, busy, problem } = useDo(link, onPage);
  const [step, setStep] = useState<'content' | 'against'>();
  const [words, setWords] = useState('');
  const { complaint, complaint_number: number } = request;
  if (!complaint) return null;
  const say = (content: boolean) =>
    run('complaint-answer', { number, content, ...(content ? {} : { words: words.trim() }) });
  const { state, due_at, answer } = complaint;
  // At the field of the words, where that is on screen.
  const fault = state === 'answered' && step === 'against' ? problem?.errors[0]?.detail : undefined;
  const at = due_at ? formatInstant(due_at, page.zone, Date.parse(page.now)) : undefined;
  return (
    <>
      {state === 'received' && <p className="ac-second">{t('track.complaint.received')}</p>}
      {state === 'acknowledged' && (
        <p className="ac-second">
          {at ? t('track.complaint.acknowledged', { at }) : t('track.complaint.acknowledged.open')}
        </p>
      )}
      {answer && <p>{t('track.complaint.answered', { answer })}</p>}
      {state === 'closed' && <p className="ac-second">{t('track.complaint.closed')}</p>}
      {state === 'answered' && !step && (
        <>
          <p>{t('track.complaint.question')}</p>
          <Button icon="check" onClick={() => setStep('content')}>
            {t('track.complaint.content')}
          </Button>
          <Button onClick={() => setStep('against')}>{t('track.complaint.not_content')}</Button>
        </>
      )}
      {state === 'answered' && step === 'content' && (
        <div className="ac-form">
          <p>{t('track.complaint.content.sure')}</p>
          <Buttons
            verb={t('track.complaint.content.do')}
            busy={busy}
            onSend={async () => {
              if (await say(true)) setStep(undefined);
            }}
            onClose={() => setStep(undefined)}
          />
        </div>
      )}
      {state === 'answered' && step === 'against' && (
        <div className="ac-form">
          <Field label={t('track.complaint.words')} required error={fault}>
            {(input) => (
              <textarea
                {...input}
                rows={3}
                maxLength={1000}
                value={words}
                onInput={(e) => setWords(e.currentTarget.value)}
              />
            )}
          </Field>
          <Buttons
            verb={t('track.complaint.send')}
            busy={busy}
            disabled={!words.trim()}
            onSend={async () => {
              if (await say(false)) setStep(undefined);
            }}
            onClose={() => setStep(undefined)}
          />
        </div>
      )}
      {problem && !fault && <ErrorState error={problem} inline />}
    </>
  );
}
