/**
 * The same step for several cases: one command each, one after the other, with its own result. What was refused is listed with its
 * reason; nothing is hidden, and what was done stays done.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CommandKey, type CommandOptions } from '../api/command.ts';
import { type Problem, toProblem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { type CaseRow, commands } from './requests.ts';
import { ColleagueField } from './steps/fields.desk.tsx';

export const bulkSteps = ['hand_over', 'escalate'] as const;
export type BulkStep = (typeof bulkSteps)[number];

/** What came of one row. */
type Result = { state: 'waiting' } | { state: 'done' } | { state: 'refused'; problem: Problem };

export function BulkDialog(props: {
  step: BulkStep;
  rows: readonly CaseRow[];
  onClose: () => void;
  /** Called with the rows that were refused, so that they stay marked. */
  onDone: (refused: ReadonlySet<string>) => void;
}) {
  const t = useT();
  const queries = useQueryClient();
  const { step, rows, onClose, onDone } = props;
  const [results, setResults] = useState<Readonly<Record<string, Result>>>();
  const [busy, setBusy] = useState(false);
  const form = useForm({ initial: { to: null as { id: string; label: string } | null, reason: '' } });
  const { values } = form;
  const verb = t(`cases.bulk.${step}`);

  const send = (id: string, options: CommandOptions) =>
    step === 'hand_over'
      ? commands.hand_over(id, { to_id: values.to?.id ?? '', reason: values.reason.trim() }, options)
      : commands.escalate(id, { reason: values.reason.trim() }, options);

  const run = async () => {
    const faults = [
      ...(step === 'hand_over' && !values.to
        ? [{ pointer: '/to_id', code: 'missing', detail: t('cases.missing.colleague') }]
        : []),
      ...(values.reason.trim() ? [] : [{ pointer: '/reason', code: 'missing', detail: t('cases.missing.reason') }]),
    ];
    form.setErrors(faults);
    if (faults.length > 0 || busy) return;
    setBusy(true);
    const now: Record<string, Result> = Object.fromEntries(rows.map(({ id }) => [id, { state: 'waiting' }]));
    setResults({ ...now });
    for (const { id } of rows) {
      const key = new CommandKey();
      try {
        await send(id, { headers: { 'Idempotency-Key': key.for([step, id, values]) } });
        now[id] = { state: 'done' };
      } catch (error) {
        now[id] = { state: 'refused', problem: toProblem(error) };
      }
      setResults({ ...now });
    }
    setBusy(false);
    await queries.invalidateQueries({ queryKey: ['case'] });
  };

  const of = (id: string): Result | undefined => results?.[id];
  const done = rows.filter(({ id }) => of(id)?.state === 'done').length;
  const refused = rows.filter(({ id }) => of(id)?.state === 'refused');
  const over = results !== undefined && !busy;
  const leave = () => {
    if (over) onDone(new Set(refused.map(({ id }) => id)));
    onClose();
  };
  return (
    <FormDialog
      title={t('cases.bulk.title', { verb, count: rows.length })}
      verb={t(over ? 'cases.bulk.close' : 'cases.bulk.run')}
      form={form}
      busy={busy}
      onSave={() => (over ? leave() : void run())}
      onClose={leave}
      width={640}
    >
      {results === undefined ? (
        <>
          {step === 'hand_over' && (
            <ColleagueField
              label={t('cases.field.to')}
              value={values.to ?? undefined}
              onPick={(pick) => form.set('to', pick ? { id: pick.id, label: pick.label } : null)}
              error={form.errorAt('/to_id')}
            />
          )}
          <Field label={t('cases.field.reason')} required error={form.errorAt('/reason')}>
            {(input) => <textarea {...input} {...form.text('reason')} maxLength={500} />}
          </Field>
        </>
      ) : (
        <>
          <p role="status">
            {over
              ? t('cases.bulk.done', { done, refused: refused.length })
              : t('cases.bulk.running', { done: done + refused.length, all: rows.length })}
          </p>
          <ul className="ad-bulk-results">
            {rows.map(({ id, number, site_name }) => {
              const result = of(id);
              return (
                <li key={id} data-state={result?.state}>
                  <span className="ac-figure">{number}</span> <span className="ac-second">{site_name}</span>{' '}
                  {result?.state === 'refused' ? (
                    <span className="ac-field-error">
                      {[result.problem.title, result.problem.detail, result.problem.cure].filter(Boolean).join(' · ')}
                    </span>
                  ) : (
                    t(`cases.bulk.row.${result?.state === 'done' ? 'done' : 'waiting'}`)
                  )}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </FormDialog>
  );
}

/** The buttons above the marked rows. */
export function BulkActions({ onPick }: { onPick: (step: BulkStep) => void }) {
  const t = useT();
  return (
    <>
      {bulkSteps.map((step) => (
        <Button key={step} onClick={() => onPick(step)}>
          {t(`cases.bulk.${step}`)}
        </Button>
      ))}
    </>
  );
}
