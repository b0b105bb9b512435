/** What became of removed parts (P23). */
import { useState } from 'react';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Choice, Field, useForm } from '../ui/form.tsx';
import { useDeed } from './command.ts';
import { NotSent, Refusal, refocus, Section } from './parts.tsx';
import type { Visit } from './requests.ts';
import { Scan } from './scan.field.tsx';
import { serialIn } from './scan.ts';
import { fates } from './steps.ts';

export function OldParts({ visit, editable }: { visit: Visit; editable: boolean }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const command = useDeed(visit, 'old-part');
  const form = useForm({
    initial: { name: '', serial: '', quantity: '1', fate: 'returned' as (typeof fates)[number] },
    draft_key: `visit.${visit.id}.old_part`,
    problem: command.problem,
  });
  const save = async () => {
    const sent = form.values;
    const { name, serial, quantity, fate } = sent;
    // Anything but a whole number is sent as 0, which the server refuses in words.
    const pieces = /^\d{1,4}$/.test(quantity.trim()) ? Number(quantity) : 0;
    const body = { name, serial: serial.trim() || null, quantity: pieces, fate };
    const kept = () => {
      form.spend(sent);
      setOpen(false);
    };
    if (await command.run(body, { kept, back: () => form.giveBack(sent) }))
      refocus(document.getElementById('part-old_parts'));
  };
  const asking = editable && (open || form.dirty);
  if (!editable && visit.old_parts.length === 0) return null;
  return (
    <Section id="old_parts" title={t('visits.old_part.title')}>
      {visit.old_parts.length === 0 && !asking && <p className="ac-second">{t('visits.old_part.none')}</p>}
      {visit.old_parts.map((part) => (
        <p key={part.id} className="af-entry">
          <NotSent of={part} />
          {part.name} {part.serial} × {part.quantity} · {t(`visits.fate.${part.fate}`)}
        </p>
      ))}
      {asking && (
        <form
          className="ac-form"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <Field label={t('visits.old_part.name')} required error={form.errorAt('/name')}>
            {(input) => <input {...input} {...form.text('name')} maxLength={200} />}
          </Field>
          <Field label={t('visits.old_part.serial')} error={form.errorAt('/serial')}>
            {(input) => <input {...input} {...form.text('serial')} maxLength={80} />}
          </Field>
          <Scan label={t('visits.scan.serial')} onRead={(said) => form.set('serial', serialIn(said))} />
          <Field label={t('visits.old_part.quantity')} required error={form.errorAt('/quantity')}>
            {(input) => <input {...input} {...form.text('quantity')} inputMode="numeric" maxLength={4} />}
          </Field>
          <Choice
            label={t('visits.old_part.fate')}
            value={form.values.fate}
            onChange={(fate) => form.set('fate', fate)}
            options={fates.map((value) => ({ value, label: t(`visits.fate.${value}`) }))}
          />
          <Refusal problem={command.problem} onRetry={() => void save()} />
          <div className="af-actions">
            <Button
              onClick={() => {
                form.reset();
                setOpen(false);
              }}
            >
              {t('common.cancel')}
            </Button>
            <Button type="submit" kind="primary">
              {t('common.save')}
            </Button>
          </div>
        </form>
      )}
      {editable && !asking && (
        <Button icon="plus" onClick={() => setOpen(true)}>
          {t('visits.old_part.add')}
        </Button>
      )}
    </Section>
  );
}
