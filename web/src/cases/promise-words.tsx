/** The promise in words that can be read aloud: live at intake, and as it was given on the case, by the same sentences. */
import { type Translate, useT } from '../i18n/index.ts';
import { dayOf, formatInstant } from '../ui/format.ts';
import type { CasePromise } from './requests.ts';

/** A span as people say it: 15 minutes, 4 hours. */
export function spanWords(t: Translate, span_s: number): string {
  const minutes = Math.round(span_s / 60);
  return minutes % 60 === 0 && minutes >= 60
    ? t('cases.span.hours', { hours: minutes / 60 })
    : t('cases.span.minutes', { minutes });
}

/** An instant as people say it from `from`: 18:51 today, 09:00 tomorrow, or the date; always the date without `from`. */
export function saidTime(t: Translate, at: string, from: string | undefined, zone: string): string {
  const day = dayOf(at, zone);
  const time = formatInstant(at, zone, Date.parse(at));
  if (from && day === dayOf(from, zone)) return t('cases.said.today', { time });
  if (from && day === dayOf(Date.parse(from) + 86_400_000, zone)) return t('cases.said.tomorrow', { time });
  return t('cases.said.day', { day, time });
}

/** The sentences of a promise, in the order in which they are read; `dated` names days, for a promise of earlier. Pure. */
export function promiseSentences(t: Translate, promise: CasePromise, zone: string, dated = false): string[] {
  const from = dated ? undefined : promise.at;
  const { respond, arrive } = promise;
  const sentences = [t('cases.promise.severity', { severity: t(`status.severity.${promise.severity}`) })];
  if (respond) {
    sentences.push(
      respond.due_at
        ? t(respond.working_time ? 'cases.promise.respond_by_working' : 'cases.promise.respond_by', {
            time: saidTime(t, respond.due_at, from, zone),
          })
        : t('cases.promise.respond_in', { span: spanWords(t, respond.target_s) }),
    );
  }
  if (arrive) {
    const span = spanWords(t, arrive.target_s);
    sentences.push(
      promise.arrive_from === 'reported' && arrive.due_at
        ? t('cases.promise.arrive_by', { time: saidTime(t, arrive.due_at, from, zone) })
        : t('cases.promise.arrive_in', { span }),
    );
  }
  if (!respond && !arrive) sentences.push(t('cases.promise.none'));
  if (respond?.provisional || arrive?.provisional) sentences.push(t('cases.promise.provisional'));
  return sentences;
}

/** The promise as one paragraph. */
export function PromiseWords(props: { promise: CasePromise; zone: string; dated?: boolean }) {
  const t = useT();
  const { promise, zone, dated = false } = props;
  return (
    <span className="ad-promise-words">
      {promiseSentences(t, promise, zone, dated).join(t('cases.promise.between'))}
    </span>
  );
}
