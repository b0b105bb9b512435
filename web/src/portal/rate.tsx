/** Rating: the questions of the follow-up call, answered without the call (P7, P13). */
import { useState } from 'react';
import { useT } from '../i18n/index.ts';
import { useBoth } from '../ui/both.ts';
import { Choice, Field } from '../ui/form.tsx';
import { ErrorState } from '../ui/states.tsx';
import { Buttons, useDo } from './actions.tsx';
import type { TrackPage } from './call.ts';

export function Rate(props: { page: TrackPage; link: string; onPage: (page: TrackPage) => void; onClose: () => void }) {
  const { page, link, onPage, onClose } = props;
  const t = useT();
  const both = useBoth();
  const { run, busy, problem } = useDo(link, onPage);
  const [rating, setRating] = useState(0);
  const [answers, setAnswers] = useState<Record<string, boolean>>({});
  const [comment, setComment] = useState('');
  const asked = page.script.filter(({ kind }) => kind === 'yes_no');
  const whole = rating > 0 && asked.every(({ code }) => code in answers);
  const send = async () => {
    const { solved, ...rest } = answers;
    const body = {
      reached: true,
      solved,
      rating,
      answers: rest,
      ...(comment.trim() ? { comment: comment.trim() } : {}),
    };
    if (await run('rating', body)) onClose();
  };
  return (
    <div className="ac-panel ac-form">
      <fieldset className="at-stars">
        <legend>{both(page.script.find(({ kind }) => kind === 'score')?.text)}</legend>
        {[1, 2, 3, 4, 5].map((star) => (
          <label key={star} className="at-star" data-on={star <= rating}>
            <input
              type="radio"
              name="rating"
              className="ac-hidden"
              checked={rating === star}
              onChange={() => setRating(star)}
            />
            <span aria-hidden="true">★</span>
            <span className="ac-hidden">{star}</span>
          </label>
        ))}
      </fieldset>
      {asked.map(({ code, text }) => (
        <Choice
          key={code}
          label={both(text)}
          value={code in answers ? (answers[code] ? 'yes' : 'no') : undefined}
          options={[
            { value: 'yes', label: t('common.yes') },
            { value: 'no', label: t('common.no') },
          ]}
          onChange={(value) => setAnswers((now) => ({ ...now, [code]: value === 'yes' }))}
        />
      ))}
      <Field
        label={t('track.rate.comment')}
        required={answers.solved === false}
        error={problem?.errors.find((e) => e.pointer === '/comment')?.detail}
      >
        {(input) => (
          <textarea
            {...input}
            rows={3}
            maxLength={500}
            value={comment}
            onInput={(e) => setComment(e.currentTarget.value)}
          />
        )}
      </Field>
      {problem && !problem.errors.some((e) => e.pointer === '/comment') && <ErrorState error={problem} inline />}
      <Buttons verb={t('track.rate.send')} busy={busy} disabled={!whole} onSend={send} onClose={onClose} />
    </div>
  );
}
