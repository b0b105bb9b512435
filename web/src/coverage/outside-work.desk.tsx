/** Who else worked on the asset, and when: weighed against the list of designated persons and firms. */
import { useCommand } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import { serverNow } from '../api/server-clock.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { useForm } from '../ui/form.tsx';
import { dayOf } from '../ui/format.ts';
import { useZone } from '../ui/zone.ts';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { type CaseDecision, stateFacts } from './requests.ts';

export function OutsideWorkDialog(props: { case_id: string; kept: CaseDecision; onClose: () => void }) {
  const t = useT();
  const { case_id, kept, onClose } = props;
  const today = dayOf(serverNow(), useZone());
  const command = useCommand(
    (work: { name: string; done_on: string }[], options) => stateFacts(case_id, { outside_work: work }, options),
    { touches: [keys.one('case', case_id)] },
  );
  const known = kept.outside_work.map(({ name, done_on }) => ({ name, done_on }));
  const form = useForm({
    initial: { work: known.length > 0 ? known : [{ name: '', done_on: today }] },
    draft_key: `case.${case_id}.outside_work`,
    problem: command.problem,
  });
  const { work } = form.values;
  const put = (index: number, next: Partial<(typeof work)[number]>) =>
    form.set(
      'work',
      work.map((one, at) => (at === index ? { ...one, ...next } : one)),
    );
  return (
    <FormDialog
      title={t('coverage.outside_work.edit')}
      verb={t('common.save')}
      form={form}
      busy={command.busy}
      problem={command.problem}
      onClose={onClose}
      onSave={async () => {
        if (!(await command.run(work.filter(({ name }) => name.trim() !== '')))) return;
        form.reset();
        announce(t('coverage.outside_work.done'));
        onClose();
      }}
    >
      <p className="ac-hint">{t('coverage.outside_work.hint')}</p>
      {work.map(({ name, done_on }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the name of a new line is typed here
        <div key={index} className="ad-row">
          <input
            aria-label={t('coverage.outside_work.name')}
            placeholder={t('coverage.outside_work.name')}
            size={28}
            maxLength={120}
            value={name}
            onChange={(event) => put(index, { name: event.target.value })}
          />
          <input
            aria-label={t('coverage.outside_work.done_on')}
            type="date"
            max={today}
            value={done_on}
            onChange={(event) => put(index, { done_on: event.target.value })}
          />
          <button
            type="button"
            className="ac-link"
            onClick={() =>
              form.set(
                'work',
                work.filter((_, at) => at !== index),
              )
            }
          >
            {t('common.remove')}
          </button>
        </div>
      ))}
      {form.errorAt('/outside_work') && <p className="ac-field-error">{form.errorAt('/outside_work')}</p>}
      <div>
        <Button icon="plus" onClick={() => form.set('work', [...work, { name: '', done_on: today }])}>
          {t('coverage.outside_work.add')}
        </Button>
      </div>
    </FormDialog>
  );
}
