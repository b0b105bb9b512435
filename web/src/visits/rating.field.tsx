/**
 * What the customer thinks, on the engineer's phone once they have signed (P7). It goes into the outbox like every step and is shown
 * nowhere on this phone afterwards.
 */
import { useState } from 'react';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { clearDraft, readDraft, writeDraft } from '../ui/draft.ts';
import { Field, useForm } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { useDeed, useWaitingOps } from './command.ts';
import { Refusal, Section } from './parts.tsx';
import type { Visit } from './requests.ts';

const stars = [1, 2, 3, 4, 5] as const;

/** The score as it is being given. */
export function useRating(visit: Visit) {
  const t = useT();
  const key = `visit.${visit.id}.rated`;
  const command = useDeed(visit, 'rating');
  const waiting = useWaitingOps(visit.id).some(({ kind }) => kind === 'rating');
  const [given, setGiven] = useState(() => readDraft<{ given: boolean }>(key)?.given === true);
  const form = useForm({ initial: { rating: 0, comment: '' }, draft_key: `visit.${visit.id}.rating` });
  const send = async (): Promise<boolean> => {
    const sent = form.values;
    const comment = sent.comment.trim();
    const kept = () => {
      writeDraft(key, { given: true });
      setGiven(true);
      form.reset();
    };
    const back = () => {
      clearDraft(key);
      setGiven(false);
      return form.giveBack(sent);
    };
    const body = { rating: sent.rating, ...(comment ? { comment } : {}) };
    if (!(await command.run(body, { kept, back }))) return false;
    announce(t('visits.rate.thanks'));
    return true;
  };
  return {
    form,
    command,
    given: given || waiting,
    send,
    /** Stars that were chosen go along with the end of the job. */
    handIn: async (): Promise<void> => {
      if (!given && !waiting && form.values.rating > 0) await send();
    },
  };
}

export type RatingState = ReturnType<typeof useRating>;

export function RateVisit({ visit, of }: { visit: Visit; of: RatingState }) {
  const t = useT();
  const { form, command, given } = of;
  const [asked, setAsked] = useState(false);
  if (!visit.signed_at) return null;
  if (given)
    return (
      <p className="af-mark-done" role="status">
        <Icon name="check" size={16} /> {t('visits.rate.thanks')}
      </p>
    );
  const { rating } = form.values;
  const send = () => {
    setAsked(true);
    if (rating > 0) void of.send();
  };
  return (
    <Section id="rating" title={t('visits.rate.title')}>
      <form
        className="ac-form"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <fieldset className="af-stars" aria-invalid={asked && rating === 0}>
          <legend>{t('visits.rate.hint')}</legend>
          {stars.map((star) => (
            <label key={star} className="af-star" data-on={star <= rating}>
              <input
                type="radio"
                name="rating"
                className="ac-hidden"
                checked={rating === star}
                onChange={() => form.set('rating', star)}
              />
              <span aria-hidden="true">★</span>
              <span className="ac-hidden">{t(`visits.rate.${star}`)}</span>
            </label>
          ))}
        </fieldset>
        <p className="ac-second" aria-live="polite">
          {rating > 0 ? t(`visits.rate.${rating}`) : asked ? t('visits.rate.choose') : ' '}
        </p>
        <Field label={t('visits.rate.comment')}>
          {(input) => <textarea {...input} {...form.text('comment')} rows={2} maxLength={500} />}
        </Field>
        <Refusal problem={command.problem} onRetry={send} />
        <Button type="submit">{t('visits.rate.send')}</Button>
      </form>
    </Section>
  );
}
