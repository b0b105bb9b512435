/** The record of a call that leads to no new case: answered on the spot, missed, no concern. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import { serverNow } from '../api/server-clock.ts';
import { fromWall, toWall } from '../cases/wall-time.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { useBoth } from '../ui/both.ts';
import { Choice, Field, useForm } from '../ui/form.tsx';
import { useZone } from '../ui/zone.ts';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { hotlinesQuery, recordCall, rememberDialled, type Schemas } from './requests.ts';

export function CallDialog(props: {
  dialled: string;
  caller: string;
  /** When the call began, RFC 3339; empty for now. */
  started_at: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useT();
  const both = useBoth();
  const zone = useZone();
  const { dialled, caller, started_at, onClose, onDone } = props;
  const hotlines = useQuery(hotlinesQuery).data ?? [];
  const command = useCommand(recordCall, {
    touches: [
      ['call', 'list'],
      ['case', 'list'],
    ],
  });
  const [initial] = useState(() => ({
    dialled,
    caller,
    started: toWall(started_at ? Date.parse(started_at) : serverNow(), zone),
    outcome: '' as '' | Schemas['CallOutcome'],
  }));
  const form = useForm({ initial, draft_key: 'call', problem: command.problem });
  const { values } = form;
  const save = async () => {
    const at = fromWall(values.started, zone);
    const faults = [
      ...(values.dialled ? [] : [{ pointer: '/dialled', code: 'missing', detail: t('intake.missing.dialled') }]),
      ...(at ? [] : [{ pointer: '/started_at', code: 'missing', detail: t('cases.missing.time') }]),
      ...(values.outcome ? [] : [{ pointer: '/outcome', code: 'missing', detail: t('intake.missing.outcome') }]),
    ];
    if (faults.length > 0 || !at || !values.outcome) {
      form.setErrors(faults);
      return;
    }
    const answer = await command.run({
      dialled: values.dialled,
      ...(values.caller.trim() ? { caller: values.caller.trim() } : {}),
      started_at: at,
      // A call that is written down afterwards is over.
      ended_at: new Date(Math.max(serverNow() - 2_000, Date.parse(at))).toISOString(),
      outcome: values.outcome,
    });
    if (!answer) return;
    rememberDialled(values.dialled);
    form.reset();
    announce(t('intake.call.saved'));
    onDone();
  };
  return (
    <FormDialog
      title={t('intake.call.title')}
      verb={t('intake.call.save')}
      form={form}
      busy={command.busy}
      problem={command.problem}
      onSave={() => void save()}
      onClose={onClose}
    >
      <Field label={t('intake.dialled')} required error={form.errorAt('/dialled')}>
        {(input) => (
          <select {...input} {...form.text('dialled')}>
            <option value="">{t('common.choose')}</option>
            {hotlines.map(({ id, number, name }) => (
              <option key={id} value={number}>
                {`${both(name)} ${number}`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('intake.caller')} hint={t('intake.caller.hint')} error={form.errorAt('/caller')}>
        {(input) => <input {...input} {...form.text('caller')} inputMode="tel" autoComplete="off" maxLength={40} />}
      </Field>
      <Field label={t('intake.started_at')} required error={form.errorAt('/started_at')}>
        {(input) => <input {...input} type="datetime-local" {...form.text('started')} />}
      </Field>
      <Choice
        label={t('intake.call.outcome')}
        value={values.outcome || undefined}
        options={(['answered', 'missed', 'no_concern'] as const).map((value) => ({
          value,
          label: t(`intake.outcome.${value}`),
          hint: t(`intake.outcome.${value}.hint`),
        }))}
        onChange={(outcome) => form.set('outcome', outcome)}
        error={form.errorAt('/outcome')}
      />
    </FormDialog>
  );
}
