/** Proposing and deciding an exclusion (P31-P34), and overruling a decision (P55). */
import { type CommandOptions, useCommand } from '../api/command.ts';
import { keys } from '../api/queries.ts';
import { hasNoField } from '../cases/steps/step-dialog.desk.tsx';
import { useT } from '../i18n/index.ts';
import { announce } from '../ui/announce.tsx';
import { Choice, Field, type Form, useForm } from '../ui/form.tsx';
import { ErrorState } from '../ui/states.tsx';
import { FormDialog } from '../ui-desk/dialog.tsx';
import { EvidencePhotos } from './photos.desk.tsx';
import {
  type CaseDecision,
  decide,
  type ExclusionCode,
  exclusionCodes,
  type Finding,
  overrule,
  propose,
  type Schemas,
} from './requests.ts';

interface Proof {
  text: string;
  photos: string[];
  explained: boolean;
  acknowledgement: '' | Schemas['Acknowledge'];
}
const noProof: Proof = { text: '', photos: [], explained: false, acknowledgement: '' };
const proofBody = ({ text, photos, explained, acknowledgement }: Proof) => ({
  ...(text.trim() ? { text: text.trim() } : {}),
  photos,
  explained,
  ...(acknowledgement ? { acknowledgement } : {}),
});

function useStep<T extends object>(options: {
  case_id: string;
  name: string;
  initial: T;
  send: (values: T, options: CommandOptions) => Promise<unknown>;
  check: (values: T) => Record<string, string>;
  done: string;
  onClose: () => void;
}) {
  const { case_id, name, initial, send, check, done, onClose } = options;
  const command = useCommand(send, { touches: [keys.one('case', case_id)] });
  const form = useForm<T>({ initial, draft_key: `case.${case_id}.${name}`, problem: command.problem });
  const save = async () => {
    const faults = Object.entries(check(form.values));
    if (faults.length > 0) {
      form.setErrors(faults.map(([pointer, detail]) => ({ pointer, detail, code: 'missing' })));
      return;
    }
    if ((await command.run(form.values)) === undefined) return;
    form.reset();
    announce(done);
    onClose();
  };
  const { problem, busy } = command;
  const conflict = problem && hasNoField(problem, form.values) && <ErrorState error={problem} inline />;
  return { form, busy, problem, conflict, onSave: () => void save(), onClose };
}

function ProofFields({ form }: { form: Form<Proof> }) {
  const t = useT();
  return (
    <>
      <Field label={t('coverage.field.text')} error={form.errorAt('/text')}>
        {(input) => <textarea {...input} {...form.text('text')} maxLength={2000} />}
      </Field>
      <EvidencePhotos
        value={form.values.photos}
        onChange={(photos) => form.set('photos', photos)}
        error={form.errorAt('/photos')}
      />
      <div>
        <label className="ad-check">
          <input
            type="checkbox"
            checked={form.values.explained}
            onChange={(event) => form.set('explained', event.target.checked)}
          />
          {t('coverage.field.explained')}
        </label>
        {form.errorAt('/explained') && (
          <p className="ac-field-error" aria-invalid="true">
            {form.errorAt('/explained')}
          </p>
        )}
      </div>
      <Field
        label={t('coverage.field.acknowledgement')}
        error={form.errorAt('/acknowledgement') ?? form.errorAt('/signature_sha256')}
      >
        {(input) => (
          <select {...input} {...form.text('acknowledgement')}>
            <option value="">{t('coverage.acknowledgement.none')}</option>
            <option value="refused">{t('coverage.acknowledgement.refused')}</option>
          </select>
        )}
      </Field>
    </>
  );
}

/** An exclusion that somebody saw; it changes no charge yet. */
export function ProposeExclusionDialog(props: {
  case_id: string;
  taken: readonly ExclusionCode[];
  onClose: () => void;
}) {
  const t = useT();
  const { case_id, taken, onClose } = props;
  const step = useStep<Proof & { code: '' | ExclusionCode }>({
    case_id,
    name: 'exclusion',
    initial: { code: '', ...noProof },
    check: ({ code, text, photos }) => ({
      ...(code ? {} : { '/code': t('coverage.missing.code') }),
      ...(text.trim() || photos.length > 0 ? {} : { '/text': t('coverage.missing.evidence') }),
    }),
    send: (values, options) => propose(case_id, { code: values.code || 'mixed_system', ...proofBody(values) }, options),
    done: t('coverage.done.proposed'),
    onClose,
  });
  return (
    <FormDialog title={t('coverage.exclusion.propose')} verb={t('coverage.verb.propose')} {...step}>
      <p className="ac-hint">{t('coverage.propose.hint')}</p>
      <Choice
        label={t('coverage.field.code')}
        value={step.form.values.code || undefined}
        options={exclusionCodes
          .filter((code) => !taken.includes(code))
          .map((value) => ({ value, label: t(`coverage.exclusion.${value}`) }))}
        onChange={(code) => step.form.set('code', code)}
        error={step.form.errorAt('/code')}
      />
      <ProofFields form={step.form as unknown as Form<Proof>} />
    </FormDialog>
  );
}

/** A person's decision on a proposed exclusion, with the evidence that the policy asks for. */
export function DecideExclusionDialog(props: { case_id: string; finding: Finding; onClose: () => void }) {
  const t = useT();
  const { case_id, finding, onClose } = props;
  const step = useStep<Proof & { applies: '' | 'yes' | 'no'; reason: string }>({
    case_id,
    name: `exclusion.${finding.id}`,
    initial: { applies: '', reason: '', ...noProof, explained: Boolean(finding.explained_at) },
    check: ({ applies, reason }) => ({
      ...(applies ? {} : { '/applies': t('coverage.missing.applies') }),
      ...(reason.trim() ? {} : { '/reason': t('coverage.missing.reason') }),
    }),
    send: (values, options) =>
      decide(
        finding.id,
        { applies: values.applies === 'yes', reason: values.reason.trim(), ...proofBody(values) },
        options,
      ),
    done: t('coverage.done.decided'),
    onClose,
  });
  return (
    <FormDialog
      title={t('coverage.decide.title', { name: t(`coverage.exclusion.${finding.code}`) })}
      verb={t('coverage.verb.decide')}
      {...step}
    >
      <Choice
        label={t('coverage.field.applies')}
        value={step.form.values.applies || undefined}
        options={[
          { value: 'yes', label: t('coverage.applies.yes'), hint: t('coverage.applies.yes.hint') },
          { value: 'no', label: t('coverage.applies.no'), hint: t('coverage.applies.no.hint') },
        ]}
        onChange={(applies) => step.form.set('applies', applies)}
        error={step.form.errorAt('/applies')}
      />
      <Field label={t('common.reason')} required error={step.form.errorAt('/reason')}>
        {(input) => <textarea {...input} {...step.form.text('reason')} maxLength={2000} />}
      </Field>
      <ProofFields form={step.form as unknown as Form<Proof>} />
    </FormDialog>
  );
}

type OverruleValues = { verdict: string; reason: string } & Record<string, string>;

/** Another verdict or other payers, with a reason; the engine's verdict stays on record. */
export function OverruleDialog(props: { case_id: string; kept: CaseDecision; onClose: () => void }) {
  const t = useT();
  const { case_id, kept, onClose } = props;
  const charges = kept.decision.charges.filter(({ outcome }) => outcome !== 'refused');
  const chosen = (values: OverruleValues) =>
    charges.flatMap(({ kind, payer }) => {
      const next = values[`payer_${kind}`];
      return (next === 'customer' || next === 'company') && next !== payer ? [{ kind, payer: next }] : [];
    });
  const step = useStep<OverruleValues>({
    case_id,
    name: 'overrule',
    initial: { verdict: '', reason: '' },
    check: (values) => ({
      ...(values.verdict || chosen(values as OverruleValues).length > 0
        ? {}
        : { '/verdict': t('coverage.missing.change') }),
      ...(values.reason?.trim() ? {} : { '/reason': t('coverage.missing.reason') }),
    }),
    send: (values, options) =>
      overrule(
        kept.id,
        {
          reason: (values.reason ?? '').trim(),
          ...(values.verdict ? { verdict: values.verdict as Schemas['Verdict'] } : {}),
          payers: chosen(values as OverruleValues) as Schemas['PayerChoice'][],
        },
        options,
      ),
    done: t('coverage.done.overruled'),
    onClose,
  });
  return (
    <FormDialog title={t('coverage.overrule')} verb={t('coverage.verb.overrule')} width={640} {...step}>
      <p className="ac-hint">{t('coverage.overrule.hint')}</p>
      <Field label={t('coverage.field.verdict')} error={step.form.errorAt('/verdict')}>
        {(input) => (
          <select {...input} {...step.form.text('verdict')}>
            <option value="">{t('coverage.unchanged')}</option>
            {(['covered', 'chargeable'] as const)
              .filter((verdict) => verdict !== kept.decision.verdict)
              .map((verdict) => (
                <option key={verdict} value={verdict}>
                  {t(`status.coverage.${verdict}`)}
                </option>
              ))}
          </select>
        )}
      </Field>
      <div className="ad-two">
        {charges.map(({ kind, payer }) => (
          <Field key={kind} label={t(`coverage.charge.${kind}`)}>
            {(input) => (
              <select {...input} {...step.form.text(`payer_${kind}`)}>
                <option value="">
                  {t('coverage.payer_now', { payer: payer ? t(`coverage.payer.${payer}`) : '—' })}
                </option>
                {(['company', 'customer'] as const)
                  .filter((each) => each !== payer)
                  .map((each) => (
                    <option key={each} value={each}>
                      {t(`coverage.payer.${each}`)}
                    </option>
                  ))}
              </select>
            )}
          </Field>
        ))}
      </div>
      <Field label={t('common.reason')} required error={step.form.errorAt('/reason')}>
        {(input) => <textarea {...input} {...step.form.text('reason')} maxLength={500} />}
      </Field>
    </FormDialog>
  );
}
