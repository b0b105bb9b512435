/** Labels for assets as a PDF: sheets of A4, or a label printer's roll. */
import { useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { PaperProblem, type PaperTemplate, savePdf } from '../ui/pdf.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { printLabels } from './requests.ts';

/** Labels at once, as the server allows. */
export const MOST_LABELS = 480;

/** Asks on what and from where to print, then saves the PDF. */
export function LabelsDialog({ asset_ids, onClose }: { asset_ids: readonly string[]; onClose: () => void }) {
  const t = useT();
  const command = useCommand(printLabels, { touches: [] });
  const form = useForm<{ size: 'a4' | '50x30'; first: string }>({
    initial: { size: 'a4', first: '1' },
    problem: command.problem,
  });
  const { size } = form.values;
  const make = async (template: PaperTemplate) => {
    const first = Number(form.values.first);
    if (size === 'a4' && !(Number.isInteger(first) && first >= 1 && first <= 24)) {
      form.setErrors([{ pointer: '/skip', code: 'first', detail: t('assets.labels.first.wrong') }]);
      return;
    }
    const skip = size === 'a4' ? first - 1 : 0;
    const pdf = await command.run({ asset_ids: [...asset_ids], size, skip, template });
    if (!pdf) return;
    savePdf(pdf, 'labels');
    announce(t('assets.labels.made'));
    onClose();
  };
  return (
    <FormDialog
      title={t('assets.labels.title', { count: asset_ids.length })}
      form={form}
      verb={t('assets.labels.make')}
      busy={command.busy}
      problem={command.problem?.code === 'template_broken' ? undefined : command.problem}
      onClose={onClose}
      onSave={() => void make('in_force')}
    >
      <Field label={t('assets.labels.size')} required>
        {(input) => (
          <select
            {...input}
            value={size}
            onChange={(event) => form.set('size', event.target.value === 'a4' ? 'a4' : '50x30')}
          >
            <option value="a4">{t('assets.labels.a4')}</option>
            <option value="50x30">{t('assets.labels.50x30')}</option>
          </select>
        )}
      </Field>
      {size === 'a4' && (
        <Field
          label={t('assets.labels.first')}
          required
          hint={t('assets.labels.first.hint')}
          error={form.errorAt('/skip')}
        >
          {(input) => <input {...input} {...form.text('first')} inputMode="numeric" maxLength={2} />}
        </Field>
      )}
      {command.problem?.code === 'template_broken' && (
        <PaperProblem problem={command.problem} onBuiltIn={() => void make('built_in')} />
      )}
    </FormDialog>
  );
}
