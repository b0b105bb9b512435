/** Who of the customer was shown what on site, and for how long (P25). */
import { useState } from 'react';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { useDeed } from './command.ts';
import { NotSent, Refusal, refocus, Section } from './parts.tsx';
import type { Visit } from './requests.ts';

export function Guidance({ visit, editable }: { visit: Visit; editable: boolean }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const command = useDeed(visit, 'guidance');
  const form = useForm({
    initial: { who: '', topic: '', minutes: '10' },
    draft_key: `visit.${visit.id}.guidance`,
    problem: command.problem,
  });
  const save = async () => {
    const sent = form.values;
    const { who, topic, minutes } = sent;
    // Anything but a whole number is sent as 0, which the server refuses in words.
    const body = { who, topic, minutes: /^\d{1,3}$/.test(minutes.trim()) ? Number(minutes) : 0 };
    const kept = () => {
      form.spend(sent);
      setOpen(false);
    };
    if (await command.run(body, { kept, back: () => form.giveBack(sent) }))
      refocus(document.getElementById('part-guidance'));
  };
  const asking = editable && (open || form.dirty);
  if (!editable && visit.guidance.length === 0) return null;
  return (
    <Section id="guidance" title={t('visits.guidance.title')}>
      {visit.guidance.length === 0 && !asking && <p className="ac-second">{t('visits.guidance.none')}</p>}
      {visit.guidance.map((one) => (
        <p key={one.id} className="af-entry">
          <NotSent of={one} />
          {t('visits.paper.guidance.one', { who: one.who, topic: one.topic, minutes: one.minutes })}
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
          <Field label={t('visits.guidance.who')} required error={form.errorAt('/who')}>
            {(input) => <input {...input} {...form.text('who')} maxLength={80} />}
          </Field>
          <Field label={t('visits.guidance.topic')} required error={form.errorAt('/topic')}>
            {(input) => <input {...input} {...form.text('topic')} maxLength={200} />}
          </Field>
          <Field label={t('visits.guidance.minutes')} required error={form.errorAt('/minutes')}>
            {(input) => <input {...input} {...form.text('minutes')} inputMode="numeric" maxLength={3} />}
          </Field>
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
          {t('visits.guidance.add')}
        </Button>
      )}
    </Section>
  );
}
