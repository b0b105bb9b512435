/**
 * The frame of every step's dialog: draft kept, errors at the fields, and after a change by somebody else the state as it
 * stands now, with the way to read the case again while what was typed stays.
 */
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type CommandOptions, useCommand } from '../../api/command.ts';
import type { Problem } from '../../api/problem.ts';
import { keys } from '../../api/queries.ts';
import { hasText, useT } from '../../i18n/index.ts';
import { announce } from '../../ui/announce.tsx';
import { Button } from '../../ui/button.tsx';
import { type Form, useForm } from '../../ui/form.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { FormDialog } from '../../ui-desk/dialog.tsx';
import type { AsOf, CaseView } from '../requests.ts';

/** What every step's dialog gets. */
export interface StepProps {
  view: AsOf<CaseView>;
  onClose: () => void;
}

export function StepDialog<T extends object>(props: {
  view: AsOf<CaseView>;
  /** The step's name: title, verb and draft go by it. */
  step: string;
  initial: T;
  /** Sends the command; with `if_match` the version that was seen goes along. */
  send: (values: T, options: CommandOptions) => Promise<unknown>;
  if_match?: boolean;
  /** Finds faults before the server does: pointer → words; empty if there are none. */
  check?: (values: T) => Record<string, string>;
  onClose: () => void;
  width?: number;
  children: (form: Form<T>) => ReactNode;
}) {
  const t = useT();
  const queries = useQueryClient();
  const { view, step, initial, send, if_match = false, check, onClose, width, children } = props;
  const [version, setVersion] = useState(view.version);
  const command = useCommand(send, {
    touches: [keys.one('case', view.id), ['case', 'list']],
    ...(if_match ? { ifMatch: `"${version}"` } : {}),
  });
  const problem = command.problem;
  const changed = problem !== undefined && (problem.status === 409 || problem.status === 412);
  const form = useForm<T>({ initial, draft_key: `case.${view.id}.${step}`, problem });

  const save = async () => {
    const faults = Object.entries(check?.(form.values) ?? {});
    if (faults.length > 0) {
      form.setErrors(faults.map(([pointer, detail]) => ({ pointer, detail, code: 'missing' })));
      return;
    }
    if ((await command.run(form.values)) === undefined) return;
    form.reset();
    announce(t(`cases.done.${step}`));
    onClose();
  };
  const readAgain = async () => {
    await queries.invalidateQueries({ queryKey: keys.one('case', view.id) });
    const now = queries.getQueryData<{ data: CaseView }>(keys.one('case', view.id));
    if (now) setVersion(now.data.version);
    command.clear();
  };
  return (
    <FormDialog
      title={t(`cases.step.${step}`)}
      form={form}
      verb={t(`cases.verb.${step}`)}
      busy={command.busy}
      problem={problem}
      onSave={() => void save()}
      onClose={onClose}
      conflict={
        changed ? (
          <Changed problem={problem} onRead={() => void readAgain()} />
        ) : (
          problem && hasNoField(problem, form.values) && <ErrorState error={problem} inline />
        )
      }
      {...(width ? { width } : {})}
    >
      {children(form)}
    </FormDialog>
  );
}

/** Whether a refusal names a field that this form does not have: it must be said all the same. */
export function hasNoField(problem: Problem, values: object): boolean {
  return problem.errors.some(({ pointer }) => pointer !== '' && !((pointer.split('/')[1] ?? '') in values));
}

/** Says how the case stands now, after a refusal because of its state or version. */
export function Changed({ problem, onRead }: { problem: Problem; onRead: () => void }) {
  const t = useT();
  const state = (problem.current as { state?: string } | undefined)?.state;
  const key = `status.case.${state}`;
  return (
    <section className="ad-conflict">
      <ErrorState error={problem} inline />
      {state && <p>{t('cases.changed.state', { state: hasText(key) ? t(key) : state })}</p>}
      <div className="ad-steps">
        <Button onClick={onRead} icon="again">
          {t('cases.changed.read')}
        </Button>
      </div>
    </section>
  );
}
