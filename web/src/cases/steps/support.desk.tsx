/** The steps from taking a case up to agreeing on a visit. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { serverNow } from '../../api/server-clock.ts';
import { useT } from '../../i18n/index.ts';
import { useMay } from '../../identity/me.ts';
import { announce } from '../../ui/announce.tsx';
import { Choice, Field, type Form } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { DateTime } from '../../ui/values.tsx';
import { useZone } from '../../ui/zone.ts';
import { WindowText } from '../../work-orders/parts.tsx';
import { windowsQuery } from '../../work-orders/requests.ts';
import { WindowsToPromise } from '../../work-orders/windows.desk.tsx';
import { causesQuery, commands, policyQuery, type Schemas } from '../requests.ts';
import { fromWall, toWall } from '../wall-time.ts';
import { CauseField } from './cause.desk.tsx';
import { ContactSelect, lines, SymptomClassField, skills } from './fields.desk.tsx';
import { StepDialog, type StepProps } from './step-dialog.desk.tsx';

/** Taking a new case up: symptom and severity stand, a possible rework is judged (P74). */
export function TriageDialog({ view, onClose }: StepProps) {
  const t = useT();
  const rework = view.rework_proposal;
  return (
    <StepDialog
      view={view}
      step="triage"
      initial={{
        symptom: view.symptom,
        symptom_class: view.symptom_class ?? '',
        severity: view.severity,
        reason: '',
        rework: '' as '' | 'yes' | 'no',
      }}
      check={(values) => ({
        ...(values.symptom.trim() ? {} : { '/symptom': t('cases.missing.symptom') }),
        ...(view.severity === 'major' && values.severity === 'normal' && !values.reason.trim()
          ? { '/reason': t('cases.missing.reason') }
          : {}),
      })}
      send={(values, options) =>
        commands.triage(
          view.id,
          {
            symptom: values.symptom.trim(),
            ...(values.symptom_class.trim() ? { symptom_class: values.symptom_class.trim() } : {}),
            ...(values.severity === view.severity
              ? {}
              : { severity: values.severity, ...(values.reason.trim() ? { reason: values.reason.trim() } : {}) }),
            ...(rework && values.rework === 'yes' ? { rework_of: rework.case_id } : {}),
          },
          options,
        )
      }
      onClose={onClose}
    >
      {(form) => (
        <>
          <Field label={t('cases.field.symptom')} required error={form.errorAt('/symptom')}>
            {(input) => <textarea {...input} {...form.text('symptom')} maxLength={2000} />}
          </Field>
          <SymptomClassField
            view={view}
            value={form.values.symptom_class}
            onChange={(code) => form.set('symptom_class', code)}
            error={form.errorAt('/symptom_class')}
          />
          <SeverityChoice
            value={form.values.severity}
            onChange={(severity) => form.set('severity', severity)}
            error={form.errorAt('/severity')}
          />
          {form.values.severity !== view.severity && (
            <Field label={t('cases.field.reason')} required={view.severity === 'major'} error={form.errorAt('/reason')}>
              {(input) => <textarea {...input} {...form.text('reason')} maxLength={500} />}
            </Field>
          )}
          {rework && (
            <Choice
              label={t('cases.rework.ask', { number: rework.number })}
              value={form.values.rework || undefined}
              options={[
                { value: 'yes', label: t('cases.rework.yes'), hint: t('cases.rework.until', { date: rework.until }) },
                { value: 'no', label: t('cases.rework.no') },
              ]}
              onChange={(value) => form.set('rework', value)}
              error={form.errorAt('/rework_of')}
            />
          )}
        </>
      )}
    </StepDialog>
  );
}

export function SeverityChoice(props: {
  value: Schemas['Severity'];
  onChange: (severity: Schemas['Severity']) => void;
  error?: string | undefined;
}) {
  const t = useT();
  return (
    <Choice
      label={t('cases.field.severity')}
      value={props.value}
      options={[
        { value: 'major', label: t('status.severity.major'), hint: t('cases.severity.major.hint') },
        { value: 'normal', label: t('status.severity.normal'), hint: t('cases.severity.normal.hint') },
      ]}
      onChange={props.onChange}
      error={props.error}
    />
  );
}

/**
 * What came of helping by phone (P14, P38): the fix plan that is sent, or what a visit needs. `solution` is that of the parent, to
 * begin with; with an `outcome` the question is answered already, and the first field is the next to be filled.
 */
export function PhoneResultDialog(
  props: StepProps & { solution?: Schemas['ParentSolution']; outcome?: Schemas['PhoneOutcome'] },
) {
  const { view, onClose, solution, outcome } = props;
  const t = useT();
  const catalogue = useQuery(causesQuery);
  const causes = catalogue.data ?? [];
  return (
    <StepDialog
      view={view}
      step="record_phone_result"
      width={640}
      initial={{
        outcome: (solution ? 'solved' : (outcome ?? '')) as '' | Schemas['PhoneOutcome'],
        cause_code: '',
        steps_tried: solution?.steps_tried.join('\n') ?? '',
        fix_plan: solution?.fix_plan ?? '',
        reason: '',
        needed_skill: view.asset?.skill ?? '',
        expected_parts: '',
        expected_minutes: '90',
      }}
      check={(values) => ({
        ...(values.outcome ? {} : { '/outcome': t('cases.missing.outcome') }),
        ...(lines(values.steps_tried).length > 0 ? {} : { '/steps_tried': t('cases.missing.steps') }),
        ...(values.outcome === 'solved' && causes.length > 0 && !values.cause_code
          ? { '/cause_code': t('cases.missing.cause') }
          : {}),
        ...(values.outcome === 'solved' && !values.fix_plan.trim() ? { '/fix_plan': t('cases.missing.fix_plan') } : {}),
        ...(values.outcome === 'not_solved' && !values.reason.trim() ? { '/reason': t('cases.missing.reason') } : {}),
      })}
      send={(values, options) =>
        commands.record_phone_result(
          view.id,
          {
            outcome: values.outcome || 'not_solved',
            steps_tried: lines(values.steps_tried),
            ...(values.outcome === 'solved'
              ? { fix_plan: values.fix_plan.trim(), ...(values.cause_code ? { cause_code: values.cause_code } : {}) }
              : {
                  reason: values.reason.trim(),
                  ...(values.needed_skill ? { needed_skill: values.needed_skill } : {}),
                  expected_parts: lines(values.expected_parts),
                  ...(values.expected_minutes.trim() ? { expected_minutes: Number(values.expected_minutes) } : {}),
                }),
          },
          options,
        )
      }
      onClose={onClose}
    >
      {(form) => (
        <>
          {outcome && <TakeOver form={form} outcome={outcome} />}
          {form.values.outcome === 'solved' && outcome === 'solved' && (
            <CauseField
              of={catalogue}
              value={form.values.cause_code}
              onChange={(code) => form.set('cause_code', code)}
              error={form.errorAt('/cause_code')}
            />
          )}
          <Field
            label={t('cases.field.steps_tried')}
            hint={t('cases.field.one_per_line')}
            required
            error={form.errorAt('/steps_tried')}
          >
            {(input) => <textarea {...input} {...form.text('steps_tried')} />}
          </Field>
          {!outcome && (
            <Choice
              label={t('cases.field.phone_outcome')}
              value={form.values.outcome || undefined}
              options={[
                { value: 'solved', label: t('cases.outcome.solved'), hint: t('cases.outcome.solved.hint') },
                { value: 'not_solved', label: t('cases.outcome.not_solved'), hint: t('cases.outcome.not_solved.hint') },
              ]}
              onChange={(outcome) => form.set('outcome', outcome)}
              error={form.errorAt('/outcome')}
            />
          )}
          {form.values.outcome === 'solved' && outcome !== 'solved' && (
            <CauseField
              of={catalogue}
              value={form.values.cause_code}
              onChange={(code) => form.set('cause_code', code)}
              error={form.errorAt('/cause_code')}
            />
          )}
          {form.values.outcome === 'solved' && (
            <Field
              label={t('cases.field.fix_plan')}
              hint={t('cases.field.fix_plan.hint')}
              required
              error={form.errorAt('/fix_plan')}
            >
              {(input) => <textarea {...input} {...form.text('fix_plan')} maxLength={2000} />}
            </Field>
          )}
          {form.values.outcome === 'not_solved' && (
            <>
              <Field label={t('cases.field.not_solved_reason')} required error={form.errorAt('/reason')}>
                {(input) => <textarea {...input} {...form.text('reason')} maxLength={500} />}
              </Field>
              <div className="ad-two">
                <Field label={t('cases.field.needed_skill')} error={form.errorAt('/needed_skill')}>
                  {(input) => (
                    <select {...input} {...form.text('needed_skill')}>
                      <option value="">{t('common.none')}</option>
                      {[...new Set([...skills, ...(view.asset ? [view.asset.skill] : [])])].map((skill) => (
                        <option key={skill} value={skill}>
                          {t(`cases.skill.${skill}`)}
                        </option>
                      ))}
                    </select>
                  )}
                </Field>
                <Field label={t('cases.field.expected_minutes')} error={form.errorAt('/expected_minutes')}>
                  {(input) => (
                    <input {...input} {...form.text('expected_minutes')} type="number" min={1} max={10080} step={15} />
                  )}
                </Field>
              </div>
              <Field
                label={t('cases.field.expected_parts')}
                hint={t('cases.field.one_per_line')}
                error={form.errorAt('/expected_parts')}
              >
                {(input) => <textarea {...input} {...form.text('expected_parts')} rows={2} />}
              </Field>
            </>
          )}
        </>
      )}
    </StepDialog>
  );
}

/** The outcome that a key said counts, also over that of a draft; what was typed in it stays. */
function TakeOver<T extends { outcome: '' | Schemas['PhoneOutcome'] }>(props: {
  form: Form<T>;
  outcome: Schemas['PhoneOutcome'];
}) {
  const { form, outcome } = props;
  useEffect(() => {
    if (form.values.outcome !== outcome) form.set('outcome', outcome as T['outcome']);
  }, [form, outcome]);
  return null;
}

/** Both sides agree to a visit (P41): who, how, when; without a try by phone, why. */
export function AgreeOnsiteDialog({ view, onClose }: StepProps) {
  const t = useT();
  const zone = useZone();
  const [opened] = useState(() => toWall(serverNow(), zone));
  const may = useMay();
  const policy = useQuery(policyQuery).data;
  const tried = view.phone === 'not_solved';
  const arrive = view.promise.arrive;
  return (
    <StepDialog
      view={view}
      step="agree_onsite"
      initial={{
        contact_id: view.contact?.id ?? '',
        how: 'phone' as Schemas['AgreedHow'],
        agreed_at: '',
        phone_exception: '',
        // Promised on the phone: an offered window, none until one is chosen.
        window_start: '',
        window_end: '',
      }}
      check={(values) => ({
        ...(values.contact_id ? {} : { '/contact_id': t('cases.missing.contact') }),
        ...(tried || values.phone_exception.trim() ? {} : { '/phone_exception': t('cases.missing.exception') }),
      })}
      send={(values, options) => {
        const agreed_at = values.agreed_at ? fromWall(values.agreed_at, zone) : undefined;
        return commands.agree_onsite(
          view.id,
          {
            contact_id: values.contact_id,
            how: values.how,
            ...(agreed_at ? { agreed_at } : {}),
            ...(values.window_end ? { window_start: values.window_start, window_end: values.window_end } : {}),
            ...(!tried && values.phone_exception.trim() ? { phone_exception: values.phone_exception.trim() } : {}),
          },
          options,
        );
      }}
      onClose={onClose}
    >
      {(form) => (
        <>
          <Field label={t('cases.field.agreed_contact')} required error={form.errorAt('/contact_id')}>
            {(input) => (
              <ContactSelect
                input={input}
                site_id={view.site_id}
                value={form.values.contact_id}
                onChange={(id) => form.set('contact_id', id)}
                known={view.contact}
              />
            )}
          </Field>
          <div className="ad-two">
            <Field label={t('cases.field.agreed_how')} required error={form.errorAt('/how')}>
              {(input) => (
                <select {...input} {...form.text('how')}>
                  {(['phone', 'message', 'in_person', 'portal'] as const).map((how) => (
                    <option key={how} value={how}>
                      {t(`cases.how.${how}`)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <Field
              label={t('cases.field.agreed_at')}
              hint={t('cases.field.agreed_at.hint', { zone })}
              error={form.errorAt('/agreed_at')}
            >
              {(input) => (
                <input
                  {...input}
                  type="datetime-local"
                  min={toWall(Date.parse(view.reported_at), zone)}
                  max={opened}
                  {...form.text('agreed_at')}
                />
              )}
            </Field>
          </div>
          {!tried && (
            <Field
              label={t('cases.field.phone_exception')}
              hint={t(
                policy && !policy.content.phone_exception
                  ? 'cases.field.phone_exception.not_allowed'
                  : 'cases.field.phone_exception.hint',
              )}
              required
              error={form.errorAt('/phone_exception')}
            >
              {(input) => <textarea {...input} {...form.text('phone_exception')} maxLength={500} />}
            </Field>
          )}
          {may('dispatch.read') && (
            <>
              {form.values.window_end && (
                <p className="ac-chips">
                  <button
                    type="button"
                    className="ac-chip"
                    aria-pressed="true"
                    aria-label={t('cases.agree.promise.drop')}
                    onClick={() => {
                      form.set('window_start', '');
                      form.set('window_end', '');
                    }}
                  >
                    {t('cases.agree.promise')}{' '}
                    <WindowText
                      window={{ start: form.values.window_start, end: form.values.window_end }}
                      zone={view.zone}
                    />{' '}
                    <Icon name="cross" size={14} />
                  </button>
                </p>
              )}
              <WindowsToPromise
                of={windowsQuery({ case_id: view.id })}
                verb={t('workorders.windows.take')}
                busy={false}
                promised={({ window }) => window}
                onChoose={({ window }) => {
                  form.set('window_start', window.start);
                  form.set('window_end', window.end);
                  announce(t('workorders.windows.taken'));
                }}
              />
            </>
          )}
          {arrive && (
            <p className="ac-hint">
              {t(view.promise.arrive_from === 'reported' ? 'cases.agree.from_report' : 'cases.agree.from_now', {
                hours: Math.round(arrive.target_s / 360) / 10,
              })}{' '}
              {arrive.due_at && <DateTime at={arrive.due_at} zone={view.zone} />}
            </p>
          )}
        </>
      )}
    </StepDialog>
  );
}
