/**
 * A follow-up call: the script beside who is called. Answers by mouse or by keys: 1 and 2 answer yes and no, digits rate,
 * Ctrl-Enter records and goes on to the next call. The answer closes the case or opens it again.
 */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { useCommand } from '../api/command.ts';
import { serverNow } from '../api/server-clock.ts';
import { fromWall, nextHour, toWall } from '../cases/wall-time.ts';
import { ContactPhone } from '../customers/reveal.desk.tsx';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { announce } from '../ui/announce.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Choice, Field, useForm, useSaveKey } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorState, Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { useActions } from '../ui-desk/actions.ts';
import { DetailPage, Panel } from '../ui-desk/detail-page.tsx';
import { DraftNote, unplaced } from '../ui-desk/dialog.tsx';
import { Fact, FactGroup } from '../ui-desk/record-page.tsx';
import './care.css';
import { StateText } from './list.desk.tsx';
import { type FollowUpView, followUpQuery, followUps, recordFollowUp, startFollowUp, touched } from './requests.ts';

export default function FollowUpPage() {
  const { follow_up_id = '' } = useParams({ strict: false }) as { follow_up_id?: string };
  const query = useQuery(followUpQuery(follow_up_id));
  return <Query of={query}>{(view) => <FollowUp key={view.id} view={view} />}</Query>;
}

function FollowUp({ view }: { view: FollowUpView }) {
  const t = useT();
  const may = useMay();
  const start = useCommand((_: null, options) => startFollowUp(view.id, options), { touches: touched(view) });
  const open = view.state === 'due' || view.state === 'calling';
  useActions(
    may('care.follow_up') && view.state === 'due'
      ? [{ id: 'start', label: t('care.start'), icon: 'phone', key: 'n', run: () => void start.run(null) }]
      : [],
  );
  const calling = view.state === 'calling';
  return (
    <DetailPage
      number={view.number}
      title={view.customer_name}
      trail={
        <>
          <Link to={`/cases/${view.case_id}`} className="ac-figure">
            {view.case_number}
          </Link>
          <Link to={`/sites/${view.site_id}`}>{view.site_name}</Link>
        </>
      }
      badges={
        <>
          <span className="ac-badge">
            <StateText row={view} />
          </span>
          {view.late && open && (
            <span className="ac-badge ac-clock-missed">
              <Icon name="warning" size={14} /> {t('care.late')}
            </span>
          )}
        </>
      }
      actions={
        may('care.follow_up') &&
        view.state === 'due' && (
          <Button kind="primary" icon="phone" busy={start.busy} onClick={() => void start.run(null)}>
            {t('care.start')}
          </Button>
        )
      }
    >
      <div className="ad-column">
        {start.problem && <ErrorState error={start.problem} inline />}
        {calling && may('care.follow_up') ? <CallForm view={view} /> : <Answers view={view} />}
        <Attempts view={view} />
      </div>
      <div className="ad-column">
        <FactGroup title={t('care.call')}>
          <Fact label={t('care.contact')}>
            {view.contact_id ? (
              <span>
                {view.contact_name} <ContactPhone contact_id={view.contact_id} masked={view.phone_masked} />
              </span>
            ) : (
              t('care.contact.none')
            )}
          </Fact>
          {open && view.calls_from && (
            <Fact label={t('care.calls_from')}>
              <span className="ac-figure" data-calls-from>
                {view.calls_from}
              </span>
              <div className="ac-hint">{t('care.calls_from.hint')}</div>
            </Fact>
          )}
          {view.complaint && (
            <Fact label={t('care.complaint')}>
              <Link to={`/cases/${view.complaint.id}`} className="ac-figure">
                {view.complaint.number}
              </Link>
            </Fact>
          )}
          <Fact label={t('care.due')}>
            <DateTime at={view.due_at} zone={view.zone} />
          </Fact>
          {open && (
            <Fact label={t('care.next')}>
              <DateTime at={view.next_at} zone={view.zone} />
            </Fact>
          )}
          {view.caller_name && <Fact label={t('care.caller')}>{view.caller_name}</Fact>}
        </FactGroup>
        <FactGroup title={t('care.served')}>
          <Fact label={t('care.symptom')}>{view.symptom}</Fact>
          {view.on_site && (
            <Fact label={t('care.on_site')}>
              {t('care.on_site.score', { rating: view.on_site.rating })}
              {view.on_site.comment && ` · ${view.on_site.comment}`}
            </Fact>
          )}
          <Fact label={t('care.how')}>{t(`care.how.${view.how}`)}</Fact>
          <Fact label={t('care.served_by')}>{view.served_by_name ?? '—'}</Fact>
        </FactGroup>
      </div>
    </DetailPage>
  );
}

interface Values {
  reached: 'yes' | 'no';
  solved: boolean | null;
  rating: number | null;
  answers: Record<string, boolean>;
  comment: string;
  next: string;
  give_up: boolean;
}

function CallForm({ view }: { view: FollowUpView }) {
  const t = useT();
  const both = useBoth();
  const navigate = useNavigate();
  const command = useCommand(
    (body: Parameters<typeof recordFollowUp>[1], options) => recordFollowUp(view.id, body, options),
    { touches: touched(view) },
  );
  const form = useForm<Values>({
    initial: {
      reached: 'yes',
      solved: null,
      rating: null,
      answers: {},
      comment: '',
      next: toWall(nextHour(serverNow(), 4), view.zone),
      give_up: false,
    },
    draft_key: `care.call.${view.id}`,
    problem: command.problem,
  });
  const { values } = form;
  const reached = values.reached === 'yes';

  const save = async () => {
    const comment = values.comment.trim() || null;
    const done = await command.run(
      reached
        ? { reached: true, solved: values.solved, rating: values.rating, answers: values.answers, comment }
        : {
            reached: false,
            comment,
            give_up: values.give_up,
            next_attempt_at: values.give_up ? null : (fromWall(values.next, view.zone) ?? null),
          },
    );
    if (!done) return;
    form.reset();
    announce(
      done.complaint
        ? t('care.complaint.opened', { number: done.number, complaint: done.complaint.number })
        : t(done.result ? `care.recorded.${done.result}` : 'care.recorded.again', { number: done.number }),
    );
    // The next call is one key away: the list is asked anew, because others call too.
    const page = await followUps({ view: 'due', limit: 5 }).catch(() => undefined);
    const next = page?.items.find(({ id }) => id !== view.id);
    void navigate({ to: next ? `/care/${next.id}` : '/care', replace: true });
  };
  const onKeyDown = useSaveKey(() => void save());
  // The keys of the answers work as soon as the call has begun.
  const root = useRef<HTMLFormElement>(null);
  useEffect(() => root.current?.querySelector<HTMLInputElement>('.ad-question input')?.focus(), []);

  return (
    <Panel title={t('care.script')} hint={t('care.script.hint')}>
      <form
        ref={root}
        className="ac-form"
        noValidate
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <DraftNote form={form} />
        <div className="ad-reached">
          <Choice
            label={t('care.reached')}
            value={values.reached}
            options={[
              { value: 'yes', label: t('care.reached.yes') },
              { value: 'no', label: t('care.reached.no') },
            ]}
            onChange={(next) => form.set('reached', next)}
            error={form.errorAt('/reached')}
          />
        </div>
        {reached ? (
          <>
            {view.script.map((question) => {
              if (question.kind === 'score') {
                return (
                  <Rating
                    key={question.code}
                    label={both(question.text)}
                    value={values.rating}
                    onChange={(next) => form.set('rating', next)}
                    error={form.errorAt('/rating')}
                  />
                );
              }
              const solved = question.code === 'solved';
              const value = solved ? values.solved : (values.answers[question.code] ?? null);
              return (
                <YesNo
                  key={question.code}
                  label={both(question.text)}
                  value={value}
                  concern={question.concern_if ?? null}
                  onChange={(next) =>
                    solved
                      ? form.set('solved', next)
                      : form.set('answers', { ...values.answers, [question.code]: next })
                  }
                  error={solved ? form.errorAt('/solved') : form.errorAt(`/answers/${question.code}`)}
                />
              );
            })}
            <p className="ac-hint" role="status">
              {values.solved === true && t('care.will.close')}
              {values.solved === false && t('care.will.reopen')}
            </p>
          </>
        ) : (
          <>
            <Field label={t('care.next_attempt')} required={!values.give_up} error={form.errorAt('/next_attempt_at')}>
              {(input) => <input {...input} type="datetime-local" disabled={values.give_up} {...form.text('next')} />}
            </Field>
            <label className="ad-check" title={view.may_give_up ? undefined : t('care.give_up.later')}>
              <input
                type="checkbox"
                checked={values.give_up}
                disabled={!view.may_give_up}
                onChange={(event) => form.set('give_up', event.target.checked)}
              />
              {t('care.give_up')}
            </label>
            {!view.may_give_up && <p className="ac-hint">{t('care.give_up.later')}</p>}
          </>
        )}
        <Field
          label={t('care.comment')}
          required={reached && values.solved === false}
          hint={reached && values.solved === false ? t('care.comment.reopen') : undefined}
          error={form.errorAt('/comment')}
        >
          {(input) => <textarea {...input} {...form.text('comment')} maxLength={500} />}
        </Field>
        {command.problem && unplaced(command.problem) && <ErrorState error={command.problem} inline />}
        <div className="ad-steps">
          <Button kind="primary" type="submit" busy={command.busy}>
            {t('care.record')} <kbd>Ctrl ↵</kbd>
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function YesNo(props: {
  label: string;
  value: boolean | null;
  /** The answer that a manager must look at. */
  concern: boolean | null;
  onChange: (value: boolean) => void;
  error?: string | undefined;
}) {
  const t = useT();
  const id = useId();
  const { label, value, concern, onChange, error } = props;
  return (
    <fieldset className="ad-question" aria-describedby={error ? `${id}-error` : undefined}>
      <legend>{label}</legend>
      <div className="ad-answers">
        {([true, false] as const).map((each) => (
          <label key={String(each)} className="ad-answer" data-chosen={value === each}>
            <input
              type="radio"
              name={id}
              checked={value === each}
              aria-invalid={error !== undefined}
              aria-keyshortcuts={each ? '1' : '2'}
              onChange={() => onChange(each)}
              onKeyDown={(event) => {
                const answer = event.key === '1' ? true : event.key === '2' ? false : undefined;
                if (answer !== undefined) onChange(answer);
                if (answer !== undefined) toNext(event);
              }}
            />
            {t(each ? 'common.yes' : 'common.no')}
          </label>
        ))}
        {concern !== null && value === concern && (
          <span className="ad-late">
            <Icon name="warning" size={14} /> {t('care.concern')}
          </span>
        )}
      </div>
      {error && (
        <p id={`${id}-error`} className="ac-field-error">
          <Icon name="warning" size={14} /> {error}
        </p>
      )}
    </fieldset>
  );
}

function Rating(props: {
  label: string;
  value: number | null;
  onChange: (value: number) => void;
  error?: string | undefined;
}) {
  const t = useT();
  const id = useId();
  const { label, value, onChange, error } = props;
  return (
    <fieldset className="ad-question" aria-describedby={error ? `${id}-error` : undefined}>
      <legend>{label}</legend>
      <div className="ad-answers">
        {[1, 2, 3, 4, 5].map((each) => (
          <label key={each} className="ad-answer" data-chosen={value === each}>
            <input
              type="radio"
              name={id}
              checked={value === each}
              aria-invalid={error !== undefined}
              aria-keyshortcuts={String(each)}
              onChange={() => onChange(each)}
              onKeyDown={(event) => {
                if (!/^[1-5]$/.test(event.key)) return;
                onChange(Number(event.key));
                toNext(event);
              }}
            />
            <b className="ac-figure">{each}</b> {t(`care.rating.${each}`)}
          </label>
        ))}
      </div>
      {error && (
        <p id={`${id}-error`} className="ac-field-error">
          <Icon name="warning" size={14} /> {error}
        </p>
      )}
    </fieldset>
  );
}

/** A key that answers goes on to the next question, so that a whole call is one key per question. */
function toNext(event: KeyboardEvent<HTMLInputElement>) {
  event.preventDefault();
  const here = event.currentTarget.closest('fieldset');
  const all = [...(here?.closest('form')?.querySelectorAll('fieldset.ad-question') ?? [])];
  const next = all[all.indexOf(here as HTMLFieldSetElement) + 1];
  const inputs = here?.querySelectorAll<HTMLInputElement>('input');
  // After the last question the focus stays at the answer that was given.
  (next?.querySelector<HTMLInputElement>('input') ?? inputs?.[Number(event.key) - 1])?.focus();
}

/** What was answered; before the call, what will be asked. */
function Answers({ view }: { view: FollowUpView }) {
  const t = useT();
  const both = useBoth();
  const done = view.state === 'done';
  const answer = (code: string, kind: string): string => {
    if (kind === 'score') return view.rating ? `${view.rating} · ${t(`care.rating.${view.rating}`)}` : '—';
    const value = code === 'solved' && view.result ? view.result === 'solved' : view.answers[code];
    if (view.result === 'not_reached' || value === undefined) return '—';
    return t(value ? 'common.yes' : 'common.no');
  };
  return (
    <Panel title={t(done ? 'care.answers' : 'care.script')}>
      <dl className="ad-script">
        {view.script.map(({ code, kind, text }) => (
          <div key={code}>
            <dt>{both(text)}</dt>
            {done && <dd>{answer(code, kind)}</dd>}
          </div>
        ))}
      </dl>
      {view.comment && (
        <p>
          <b>{t('care.comment')}</b> {view.comment}
        </p>
      )}
    </Panel>
  );
}

function Attempts({ view }: { view: FollowUpView }) {
  const t = useT();
  if (view.attempt_list.length === 0) return null;
  return (
    <Panel title={t('care.attempts')}>
      <ol className="ad-attempts">
        {view.attempt_list.map((attempt) => (
          <li key={attempt.at}>
            <DateTime at={attempt.at} zone={view.zone} /> {attempt.by_name ?? '—'} ·{' '}
            {t(attempt.reached ? 'care.reached.yes' : 'care.reached.no')}
            {attempt.next_at && (
              <span className="ac-second">
                {' '}
                {t('care.next')} <DateTime at={attempt.next_at} zone={view.zone} />
              </span>
            )}
            {attempt.comment && <p>{attempt.comment}</p>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
