/** What was found, its cause, what was done (P22). */
import { useState } from 'react';
import { useT } from '../i18n/index.ts';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { useDeed } from './command.ts';
import { NotSent, Refusal, refocus, Section } from './parts.tsx';
import type { Schemas, Visit } from './requests.ts';
import { word } from './service-order.tsx';

type FaultCode = Schemas['FaultCodeView'];

export function Findings(props: { visit: Visit; editable: boolean; codes: readonly FaultCode[] }) {
  const t = useT();
  const both = useBoth();
  const { visit, editable, codes } = props;
  const kind = visit.order.asset?.skill;
  const choice = (of: FaultCode['kind']) =>
    codes.filter((code) => code.kind === of && (!code.product_kind || !kind || code.product_kind === kind));
  const named = (of: FaultCode['kind'], code: string) => {
    const found = codes.find((each) => each.kind === of && each.code === code);
    return found ? both(found.name) : word(t, of, code);
  };
  const [more, setMore] = useState(false);
  const command = useDeed(visit, 'finding');
  const form = useForm({
    initial: { text: '', fault_code: '', cause_code: '', action: '' },
    draft_key: `visit.${visit.id}.finding`,
    problem: command.problem,
  });
  const asking = editable && (visit.findings.length === 0 || more || form.dirty);
  const save = async () => {
    const sent = form.values;
    const kept = () => {
      form.spend(sent);
      setMore(false);
    };
    const saved = await command.run(
      { text: sent.text, fault_code: sent.fault_code || null, cause_code: sent.cause_code, action: sent.action },
      { kept, back: () => form.giveBack(sent) },
    );
    if (saved) refocus(document.getElementById('part-finding'));
  };
  return (
    <Section id="finding" title={t('visits.finding.title')} done={visit.findings.length > 0}>
      {visit.findings.map((finding) => (
        <div key={`${finding.at}${finding.text}`} className="af-entry">
          <NotSent of={finding} />
          <p>{finding.text}</p>
          <p className="ac-second">
            {finding.fault_code && `${named('fault', finding.fault_code)} · `}
            {t('visits.finding.cause_is', { cause: named('cause', finding.cause_code) })}
          </p>
          <p>{finding.action}</p>
        </div>
      ))}
      {asking && (
        <form
          className="ac-form"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <Field label={t('visits.finding.text')} required error={form.errorAt('/text')}>
            {(input) => <textarea {...input} {...form.text('text')} rows={2} maxLength={2000} />}
          </Field>
          <Field label={t('visits.finding.fault')} required error={form.errorAt('/fault_code')}>
            {(input) => (
              <select {...input} {...form.text('fault_code')}>
                <option value="">{t('common.choose')}</option>
                {choice('fault').map(({ code, name }) => (
                  <option key={code} value={code}>
                    {both(name)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t('visits.finding.cause')} required error={form.errorAt('/cause_code')}>
            {(input) => (
              <select {...input} {...form.text('cause_code')}>
                <option value="">{t('common.choose')}</option>
                {choice('cause').map(({ code, name }) => (
                  <option key={code} value={code}>
                    {both(name)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t('visits.finding.action')} required error={form.errorAt('/action')}>
            {(input) => <textarea {...input} {...form.text('action')} rows={2} maxLength={2000} />}
          </Field>
          <Refusal problem={command.problem} onRetry={() => void save()} />
          <Button type="submit">{t('visits.finding.save')}</Button>
        </form>
      )}
      {editable && !asking && (
        <Button icon="plus" onClick={() => setMore(true)}>
          {t('visits.finding.more')}
        </Button>
      )}
    </Section>
  );
}
