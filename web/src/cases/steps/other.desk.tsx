/** The steps that stand behind the next one: waiting, handing over, severity, correcting, merging, ending. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../../api/queries.ts';
import { serverNow } from '../../api/server-clock.ts';
import { useT } from '../../i18n/index.ts';
import { meQuery } from '../../identity/me.ts';
import { useBoth } from '../../ui/both.ts';
import { Field, type Form } from '../../ui/form.tsx';
import { RecordPicker } from '../../ui-desk/picker.tsx';
import { cases, commands, type Schemas, siteQuery } from '../requests.ts';
import { fromWall, nextHour, toWall } from '../wall-time.ts';
import { ColleagueField, ContactSelect, SymptomClassField } from './fields.desk.tsx';
import { StepDialog, type StepProps } from './step-dialog.desk.tsx';
import { SeverityChoice } from './support.desk.tsx';

function ReasonField({ form, label, hint }: { form: Form<{ reason: string }>; label?: string; hint?: string }) {
  const t = useT();
  return (
    <Field label={label ?? t('cases.field.reason')} hint={hint} required error={form.errorAt('/reason')}>
      {(input) => <textarea {...input} {...form.text('reason')} maxLength={500} />}
    </Field>
  );
}

/** Waiting for the customer or for parts, until somebody looks again. */
export function WaitDialog({ view, whom, onClose }: StepProps & { whom: 'customer' | 'parts' }) {
  const t = useT();
  const [initial] = useState(() => ({
    until: toWall(nextHour(serverNow(), whom === 'customer' ? 4 : 24), view.zone),
    reason: '',
  }));
  return (
    <StepDialog
      view={view}
      step={`wait_${whom}`}
      initial={initial}
      check={(values) => ({
        ...(fromWall(values.until, view.zone) ? {} : { '/until': t('cases.missing.time') }),
        ...(values.reason.trim() ? {} : { '/reason': t('cases.missing.reason') }),
      })}
      send={(values, options) =>
        commands.wait(
          view.id,
          { for: whom, until: fromWall(values.until, view.zone) ?? '', reason: values.reason.trim() },
          options,
        )
      }
      onClose={onClose}
    >
      {(form) => (
        <>
          <Field
            label={t(`cases.field.until_${whom}`)}
            hint={t('cases.field.zone', { zone: view.zone })}
            required
            error={form.errorAt('/until')}
          >
            {(input) => <input {...input} type="datetime-local" {...form.text('until')} />}
          </Field>
          <ReasonField form={form as unknown as Form<{ reason: string }>} hint={t(`cases.wait.${whom}.hint`)} />
        </>
      )}
    </StepDialog>
  );
}

/** Offering the case to a colleague. */
export function HandOverDialog({ view, onClose }: StepProps) {
  const t = useT();
  return (
    <StepDialog
      view={view}
      step="hand_over"
      initial={{ to_id: null as { id: string; label: string } | null, reason: '' }}
      check={(values) => ({
        ...(values.to_id ? {} : { '/to_id': t('cases.missing.colleague') }),
        ...(values.reason.trim() ? {} : { '/reason': t('cases.missing.reason') }),
      })}
      send={(values, options) =>
        commands.hand_over(view.id, { to_id: values.to_id?.id ?? '', reason: values.reason.trim() }, options)
      }
      onClose={onClose}
    >
      {(form) => (
        <>
          <ColleagueField
            label={t('cases.field.to')}
            value={form.values.to_id ?? undefined}
            onPick={(pick) => form.set('to_id', pick ? { id: pick.id, label: pick.label } : null)}
            error={form.errorAt('/to_id')}
            not={view.owner.id}
          />
          <ReasonField form={form as unknown as Form<{ reason: string }>} />
        </>
      )}
    </StepDialog>
  );
}

/** Steps that take a reason and nothing else. */
export function ReasonDialog(
  props: StepProps & { step: 'decline_hand_over' | 'withdraw' | 'reopen' | 'escalate' | 'return_escalation' },
) {
  const t = useT();
  const { view, step, onClose } = props;
  const me = useQuery(meQuery).data;
  const own = step === 'decline_hand_over' && view.owner.id === (me?.employee_id ?? me?.id);
  return (
    <StepDialog
      view={view}
      step={step}
      initial={{ reason: '' }}
      check={(values): Record<string, string> => (values.reason.trim() ? {} : { '/reason': t('cases.missing.reason') })}
      send={(values, options) => commands[step](view.id, { reason: values.reason.trim() }, options)}
      onClose={onClose}
    >
      {(form) => (
        <>
          <p>{t(own ? 'cases.consequence.take_back' : `cases.consequence.${step}`)}</p>
          <ReasonField form={form} />
        </>
      )}
    </StepDialog>
  );
}

/** Another severity, with a reason for lowering it (P45). */
export function SeverityDialog({ view, onClose }: StepProps) {
  const t = useT();
  const other: Schemas['Severity'] = view.severity === 'major' ? 'normal' : 'major';
  return (
    <StepDialog
      view={view}
      step="change_severity"
      if_match
      initial={{ severity: other, reason: '' }}
      check={(values): Record<string, string> =>
        values.severity === 'normal' && !values.reason.trim() ? { '/reason': t('cases.missing.reason') } : {}
      }
      send={({ severity, reason }, options) =>
        commands.change_severity(view.id, { severity, ...(reason.trim() ? { reason: reason.trim() } : {}) }, options)
      }
      onClose={onClose}
    >
      {(form) => (
        <>
          <p className="ac-hint">{t('cases.severity.clocks')}</p>
          <SeverityChoice
            value={form.values.severity}
            onChange={(severity) => form.set('severity', severity)}
            error={form.errorAt('/severity')}
          />
          <Field
            label={t('cases.field.reason')}
            required={form.values.severity === 'normal'}
            error={form.errorAt('/reason')}
          >
            {(input) => <textarea {...input} {...form.text('reason')} maxLength={500} />}
          </Field>
        </>
      )}
    </StepDialog>
  );
}

const nextSteps = [
  'triage',
  'phone_support',
  'phone_result',
  'agree_onsite',
  'plan_visit',
  'visit',
  'ask_customer',
  'receive_parts',
  'follow_up_call',
  'settle',
  'other',
] as const satisfies readonly Schemas['NextStep'][];

/** What is to be done next, by hand. */
export function NextStepDialog({ view, onClose }: StepProps) {
  const t = useT();
  const [initial] = useState(() => ({
    step: (view.next?.step ?? 'other') as Schemas['NextStep'],
    note: view.next?.note ?? '',
    due_at: toWall(nextHour(serverNow(), 2), view.zone),
  }));
  return (
    <StepDialog
      view={view}
      step="set_next_step"
      if_match
      initial={initial}
      check={(values) => ({
        ...(values.step === 'other' && !values.note.trim() ? { '/note': t('cases.missing.note') } : {}),
        ...(fromWall(values.due_at, view.zone) ? {} : { '/due_at': t('cases.missing.time') }),
      })}
      send={({ step, note, due_at }, options) =>
        commands.set_next_step(
          view.id,
          { step, ...(note.trim() ? { note: note.trim() } : {}), due_at: fromWall(due_at, view.zone) ?? '' },
          options,
        )
      }
      onClose={onClose}
    >
      {(form) => (
        <>
          <Field label={t('cases.field.next_step')} required error={form.errorAt('/step')}>
            {(input) => (
              <select {...input} {...form.text('step')}>
                {nextSteps.map((step) => (
                  <option key={step} value={step}>
                    {t(`cases.next.${step}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t('cases.field.note')} required={form.values.step === 'other'} error={form.errorAt('/note')}>
            {(input) => <input {...input} {...form.text('note')} maxLength={500} />}
          </Field>
          <Field
            label={t('cases.field.due_at')}
            hint={t('cases.field.zone', { zone: view.zone })}
            required
            error={form.errorAt('/due_at')}
          >
            {(input) => <input {...input} type="datetime-local" {...form.text('due_at')} />}
          </Field>
        </>
      )}
    </StepDialog>
  );
}

/** Correcting what was noted down; another device is judged for coverage anew. */
export function CorrectDialog({ view, onClose }: StepProps) {
  const t = useT();
  const both = useBoth();
  const site = useQuery(siteQuery(view.site_id)).data;
  const assets = site?.assets ?? [];
  const known = view.asset && !assets.some(({ id }) => id === view.asset?.id) ? view.asset : undefined;
  return (
    <StepDialog
      view={view}
      step="correct"
      if_match
      initial={{
        symptom: view.symptom,
        symptom_class: view.symptom_class ?? '',
        asset_id: view.asset?.id ?? '',
        contact_id: view.contact?.id ?? '',
        reachable_when: view.reachable_when ?? '',
      }}
      check={(values): Record<string, string> =>
        values.symptom.trim() ? {} : { '/symptom': t('cases.missing.symptom') }
      }
      send={(values, options) =>
        commands.correct(
          view.id,
          {
            symptom: values.symptom.trim(),
            symptom_class: values.symptom_class.trim() || null,
            asset_id: values.asset_id || null,
            contact_id: values.contact_id || null,
            reachable_when: values.reachable_when.trim() || null,
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
          <Field label={t('cases.field.device')} hint={t('cases.correct.device')} error={form.errorAt('/asset_id')}>
            {(input) => (
              <select {...input} {...form.text('asset_id')}>
                <option value="">{t('common.none')}</option>
                {known && <option value={known.id}>{`${both(known.product)} ${known.model} · ${known.serial}`}</option>}
                {assets.map(({ id, product, serial }) => (
                  <option key={id} value={id}>
                    {`${both(product.name)} ${product.model} · ${serial}`}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t('cases.field.contact')} error={form.errorAt('/contact_id')}>
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
          <Field label={t('cases.field.reachable_when')} error={form.errorAt('/reachable_when')}>
            {(input) => <input {...input} {...form.text('reachable_when')} maxLength={500} />}
          </Field>
        </>
      )}
    </StepDialog>
  );
}

/** Going on under the number of another open case of the same site. */
export function MergeDialog({ view, onClose }: StepProps) {
  const t = useT();
  const filter = { view: 'open', site: view.site_id, limit: 50 } as const;
  const open = useQuery({ queryKey: keys.list('case', filter), queryFn: () => cases(filter) });
  const others = open.data?.items.filter(({ id }) => id !== view.id) ?? [];
  return (
    <StepDialog
      view={view}
      step="merge"
      initial={{ into: '', reason: '' }}
      check={(values) => ({
        ...(values.into ? {} : { '/into': t('cases.missing.into') }),
        ...(values.reason.trim() ? {} : { '/reason': t('cases.missing.reason') }),
      })}
      send={(values, options) => commands.merge(view.id, { into: values.into, reason: values.reason.trim() }, options)}
      onClose={onClose}
    >
      {(form) => (
        <>
          <p>{t('cases.consequence.merge')}</p>
          <Field
            label={t('cases.field.into')}
            hint={open.data && others.length === 0 ? t('cases.merge.none') : undefined}
            required
            error={form.errorAt('/into')}
          >
            {(input) => (
              <select {...input} {...form.text('into')}>
                <option value="">{t('common.choose')}</option>
                {others.map(({ id, number, symptom }) => (
                  <option key={id} value={id}>
                    {`${number} · ${symptom}`}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <ReasonField form={form as unknown as Form<{ reason: string }>} />
        </>
      )}
    </StepDialog>
  );
}

/** Following another open case of the same fault, found by its number. */
export function FollowDialog({ view, onClose }: StepProps) {
  const t = useT();
  return (
    <StepDialog
      view={view}
      step="set_parent"
      initial={{ parent: null as { id: string; label: string } | null }}
      check={(values): Record<string, string> => (values.parent ? {} : { '/parent_id': t('cases.missing.parent') })}
      send={(values, options) => commands.set_parent(view.id, { parent_id: values.parent?.id ?? '' }, options)}
      onClose={onClose}
    >
      {(form) => (
        <>
          <p>{t('cases.consequence.set_parent')}</p>
          <Field
            label={t('cases.field.parent')}
            hint={t('cases.field.parent.hint')}
            required
            error={form.errorAt('/parent_id')}
          >
            {(input) => (
              <RecordPicker
                input={input}
                kind="case"
                value={form.values.parent ?? undefined}
                onPick={(pick) => form.set('parent', pick ? { id: pick.id, label: pick.label } : null)}
                find={async (text) =>
                  (await cases({ view: 'open', limit: 20, ...(text ? { q: text } : {}) })).items
                    .filter(({ id }) => id !== view.id)
                    .map(({ id, number, site_name, symptom }) => ({
                      id,
                      label: `${number} · ${site_name}`,
                      detail: symptom,
                    }))
                }
              />
            )}
          </Field>
        </>
      )}
    </StepDialog>
  );
}
