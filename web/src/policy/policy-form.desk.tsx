/** A new version of the service policy: figures, hours, payers, questions. Old versions stay, and cases keep theirs. */
import { useState } from 'react';
import { type CommandOptions, useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Field, useForm, useSaveKey } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorState } from '../ui/states.tsx';
import { Panel } from '../ui-desk/detail-page.tsx';
import { DraftNote, unplaced } from '../ui-desk/dialog.tsx';
import {
  type Calendar,
  type Content,
  type Coverage,
  makeVersion,
  type PolicyView,
  periodOf,
  terms,
} from './requests.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const targetNames = ['respond_fault', 'respond_consultation', 'arrive', 'restore'] as const;
const numbers = [
  'window_minutes',
  'follow_up_working_days',
  'complaint_working_days',
  'hand_over_limit',
  'hand_over_answer_minutes',
  'idle_minutes',
  'reveals_per_day',
] as const;

export function PolicyForm(props: { view: PolicyView; onCancel: () => void; onSaved: (made: PolicyView) => void }) {
  const t = useT();
  const { view, onCancel, onSaved } = props;
  const [follows, setFollows] = useState(view.newest);
  const command = useCommand(
    ({ content, reason, seen }: { content: Content; reason: string; seen: number }, { headers }: CommandOptions) =>
      makeVersion({ content, reason }, { headers: { ...headers, 'If-Match': `"${seen}"` } }),
    { touches: [['policy']] },
  );
  const { problem } = command;
  const form = useForm({
    initial: { content: view.content, reason: '' },
    draft_key: `policy.follows.${view.newest}`,
    problem,
  });
  const { content, reason } = form.values;
  const set = (next: Partial<Content>) => form.set('content', { ...content, ...next });
  const calendars = content.calendars as unknown as Record<'five_by_eight' | 'round_the_clock', Calendar>;
  const coverage = content.coverage as unknown as Coverage;
  const setCoverage = (next: Partial<Coverage>) =>
    set({ coverage: { ...coverage, ...next } as unknown as Content['coverage'] });
  const changed = problem?.status === 412 ? (problem.current as { version?: number } | undefined) : undefined;

  const save = async (seen = follows) => {
    const made = await command.run({ content, reason: reason.trim(), seen });
    if (!made) return;
    form.reset();
    announce(t('policy.made', { version: made.version }));
    onSaved(made);
  };
  const onKeyDown = useSaveKey(() => void save());
  const errorAt = (pointer: string) => form.errorAt(`/content${pointer}`);
  const columns = Object.keys(Object.values(coverage.payer_matrix)[0] ?? {});

  return (
    <form
      className="ad-side-main"
      noValidate
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <DraftNote form={form} />
      <Panel title={t('policy.targets')} hint={t('policy.edit.targets.hint')}>
        {targetNames.map((name) => (
          <div key={name} className="ad-two">
            {(['major', 'normal'] as const).map((severity) => {
              const value = content.targets[name][severity];
              return (
                <Field
                  key={severity}
                  label={`${t(`policy.target.${name}`)} · ${t(`status.severity.${severity}`)}`}
                  error={errorAt(`/targets/${name}/${severity}`)}
                >
                  {(input) => (
                    <div className="ad-row">
                      <input
                        {...input}
                        inputMode="numeric"
                        size={6}
                        value={value ? String(value.minutes) : ''}
                        onChange={(event) => {
                          const minutes = Number(event.target.value.replace(/\D/g, ''));
                          const next = minutes > 0 ? { minutes, calendar: value?.calendar ?? 'round_the_clock' } : null;
                          set({
                            targets: { ...content.targets, [name]: { ...content.targets[name], [severity]: next } },
                          });
                        }}
                      />
                      <span>{t('policy.unit.minutes')}</span>
                      {value && (
                        <select
                          aria-label={t('organisation.hotline.calendar')}
                          value={value.calendar}
                          onChange={(event) =>
                            set({
                              targets: {
                                ...content.targets,
                                [name]: {
                                  ...content.targets[name],
                                  [severity]: { ...value, calendar: event.target.value as typeof value.calendar },
                                },
                              },
                            })
                          }
                        >
                          {(['five_by_eight', 'round_the_clock'] as const).map((key) => (
                            <option key={key} value={key}>
                              {t(`organisation.calendar.${key}`)}
                            </option>
                          ))}
                        </select>
                      )}
                    </div>
                  )}
                </Field>
              );
            })}
          </div>
        ))}
        <div className="ad-two">
          <Field
            label={t('policy.warn_percents')}
            hint={t('policy.warn_percents.hint')}
            required
            error={errorAt('/warn_percents')}
          >
            {(input) => (
              <input
                {...input}
                defaultValue={content.warn_percents.join(' ')}
                onChange={(event) =>
                  set({
                    warn_percents: event.target.value
                      .split(/[\s,]+/)
                      .filter(Boolean)
                      .map((each) => Math.min(255, Number(each.replace(/\D/g, '')))),
                  })
                }
              />
            )}
          </Field>
          <Field label={t('policy.arrival_start')} required error={errorAt('/arrival_start')}>
            {(input) => (
              <select
                {...input}
                value={content.arrival_start}
                onChange={(event) => set({ arrival_start: event.target.value as Content['arrival_start'] })}
              >
                {(['onsite_agreed', 'reported'] as const).map((key) => (
                  <option key={key} value={key}>
                    {t(`policy.arrival_start.${key}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
      </Panel>
      <Panel title={t('organisation.calendar.five_by_eight')} hint={t('policy.edit.hours.hint')}>
        <div className="ad-two">
          {weekdays.map((day, index) => (
            <Field
              key={day}
              label={t(`organisation.weekday.${index + 1}`)}
              error={errorAt(`/calendars/five_by_eight/hours/${day}`)}
            >
              {(input) => (
                <input
                  {...input}
                  defaultValue={(calendars.five_by_eight.hours[day] ?? [])
                    .map(({ from, to }) => `${from}-${to}`)
                    .join(' ')}
                  placeholder="09:00-12:00 13:00-18:00"
                  onChange={(event) => {
                    const spans = event.target.value
                      .split(/[\s,]+/)
                      .filter(Boolean)
                      .map((span) => {
                        const [from = '', to = ''] = span.split(/[-–]/);
                        return { from, to };
                      });
                    const five = {
                      ...calendars.five_by_eight,
                      hours: { ...calendars.five_by_eight.hours, [day]: spans },
                    };
                    set({ calendars: { ...content.calendars, five_by_eight: five as never } });
                  }}
                />
              )}
            </Field>
          ))}
        </div>
        {errorAt('/calendars') && (
          <p className="ac-field-error">
            <Icon name="warning" size={14} /> {errorAt('/calendars')}
          </p>
        )}
      </Panel>
      <Panel title={t('policy.coverage')} hint={t('policy.coverage.hint')}>
        <div className="ad-two">
          {terms.map((name) => {
            const { unit, count } = periodOf(coverage[name]);
            const put = (next: { unit: string; count: number }) =>
              setCoverage({ [name]: { [next.unit]: next.count } } as unknown as Partial<Coverage>);
            return (
              <Field key={name} label={t(`policy.${name}`)} required error={errorAt(`/coverage/${name}`)}>
                {(input) => (
                  <div className="ad-row">
                    <input
                      {...input}
                      size={4}
                      inputMode="numeric"
                      value={String(count)}
                      onChange={(event) => put({ unit, count: Number(event.target.value.replace(/\D/g, '')) })}
                    />
                    <select
                      aria-label={t('policy.period.unit')}
                      value={unit}
                      onChange={(event) => put({ unit: event.target.value, count })}
                    >
                      {(['years', 'months', 'days'] as const).map((each) => (
                        <option key={each} value={each}>
                          {t(`policy.unit.${each}`)}
                        </option>
                      ))}
                    </select>
                  </div>
                )}
              </Field>
            );
          })}
        </div>
      </Panel>
      <Panel title={t('policy.payers')} hint={t('policy.payers.hint')}>
        <div className="ad-scroll">
          <table className="ad-plain-table" aria-label={t('policy.payers')}>
            <thead>
              <tr>
                <th scope="col">{t('policy.cover')}</th>
                {Object.keys(coverage.payer_matrix).map((kind) => (
                  <th key={kind} scope="col">
                    {t(`policy.charge.${kind}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {columns.map((column) => (
                <tr key={column}>
                  <th scope="row">{t(`policy.cover.${column}`)}</th>
                  {Object.entries(coverage.payer_matrix).map(([kind, row]) => (
                    <td key={kind}>
                      <select
                        className="ac-input ad-filter"
                        aria-label={`${t(`policy.cover.${column}`)} · ${t(`policy.charge.${kind}`)}`}
                        value={row[column]}
                        onChange={(event) =>
                          setCoverage({
                            payer_matrix: {
                              ...coverage.payer_matrix,
                              [kind]: { ...row, [column]: event.target.value as 'customer' | 'company' },
                            },
                          })
                        }
                      >
                        <option value="customer">{t('policy.payer.customer')}</option>
                        <option value="company">{t('policy.payer.company')}</option>
                      </select>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {errorAt('/coverage/payer_matrix') && <p className="ac-field-error">{errorAt('/coverage/payer_matrix')}</p>}
      </Panel>
      <Panel title={t('policy.questions')} hint={t('policy.questions.hint')}>
        {content.effect_questions.map((question, index) => {
          const put = (next: Partial<typeof question>) =>
            set({
              effect_questions: content.effect_questions.map((each, at) =>
                at === index ? { ...each, ...next } : each,
              ),
            });
          const at = `/effect_questions/${index}`;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the code of a new question is typed here
            <fieldset key={index} className="ac-choice">
              <legend>{t('policy.question.number', { number: index + 1 })}</legend>
              <div className="ad-two">
                <Field label={t('policy.question.code')} required error={errorAt(`${at}/code`)}>
                  {(input) => (
                    <input {...input} value={question.code} onChange={(event) => put({ code: event.target.value })} />
                  )}
                </Field>
                <Field label={t('policy.major_if')} required>
                  {(input) => (
                    <select
                      {...input}
                      value={question.major_if ? 'yes' : 'no'}
                      onChange={(event) => put({ major_if: event.target.value === 'yes' })}
                    >
                      <option value="yes">{t('common.yes')}</option>
                      <option value="no">{t('common.no')}</option>
                    </select>
                  )}
                </Field>
                {(['question', 'reason'] as const).flatMap((part) =>
                  (['zh_cn', 'en'] as const).map((language) => (
                    <Field
                      key={`${part}${language}`}
                      label={`${t(part === 'question' ? 'policy.question' : 'policy.question.reason')} · ${t(`common.lang.${language}`)}`}
                      required={language === 'zh_cn'}
                      error={errorAt(`${at}/${part}/${language}`)}
                    >
                      {(input) => (
                        <input
                          {...input}
                          value={question[part][language] ?? ''}
                          maxLength={200}
                          onChange={(event) => put({ [part]: { ...question[part], [language]: event.target.value } })}
                        />
                      )}
                    </Field>
                  )),
                )}
              </div>
              <div>
                <button
                  type="button"
                  className="ac-link"
                  onClick={() =>
                    set({ effect_questions: content.effect_questions.filter((_, each) => each !== index) })
                  }
                >
                  {t('common.remove')}
                </button>
              </div>
            </fieldset>
          );
        })}
        <div>
          <Button
            icon="plus"
            onClick={() =>
              set({
                effect_questions: [
                  ...content.effect_questions,
                  { code: '', question: { zh_cn: '', en: '' }, major_if: true, reason: { zh_cn: '', en: '' } },
                ],
              })
            }
          >
            {t('common.add')}
          </Button>
        </div>
      </Panel>
      <Panel title={t('policy.follow')}>
        <div className="ad-two">
          {numbers.map((name) => (
            <Field key={name} label={t(`policy.${name}`)} required error={errorAt(`/${name}`)}>
              {(input) => (
                <input
                  {...input}
                  inputMode="numeric"
                  value={String(content[name])}
                  onChange={(event) => set({ [name]: Number(event.target.value.replace(/\D/g, '')) })}
                />
              )}
            </Field>
          ))}
        </div>
      </Panel>
      <Panel title={t('policy.edit.reason')}>
        <Field label={t('common.reason')} hint={t('policy.edit.reason.hint')} required error={form.errorAt('/reason')}>
          {(input) => <textarea {...input} {...form.text('reason')} maxLength={1000} />}
        </Field>
        {changed && (
          <section className="ad-conflict" role="alert">
            <p>{t('policy.edit.changed', { version: changed.version ?? '' })}</p>
            <div className="ad-steps">
              <Button onClick={onCancel}>{t('common.conflict.take_theirs')}</Button>
              <Button
                onClick={() => {
                  const seen = changed.version ?? follows;
                  setFollows(seen);
                  void save(seen);
                }}
              >
                {t('common.conflict.keep_mine')}
              </Button>
            </div>
          </section>
        )}
        {problem && !changed && (unplaced(problem) || form.errors.length > 0) && <ErrorState error={problem} inline />}
        <div className="ad-steps">
          <Button onClick={onCancel}>{t('common.cancel')}</Button>
          <Button kind="primary" type="submit" busy={command.busy}>
            {t('policy.edit.save')}
          </Button>
        </div>
      </Panel>
    </form>
  );
}
