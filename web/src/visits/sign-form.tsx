/** A name and a signature, bound to the digest of what is shown above it. */
import { useRef, useState } from 'react';
import type { Problem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { Refusal } from './parts.tsx';
import type { Strokes } from './requests.ts';
import { type SignatureHandle, SignaturePad } from './signature-pad.tsx';

export function SignForm(props: {
  draft_key: string;
  /** Who is expected to sign; can be changed. */
  name: string;
  statement: string;
  hash: string;
  submit: string;
  busy: boolean;
  problem: Problem | undefined;
  onSign: (signer_name: string, strokes: Strokes) => Promise<boolean>;
}) {
  const { draft_key, name, statement, hash, submit, busy, problem, onSign } = props;
  const t = useT();
  const pad = useRef<SignatureHandle>(null);
  const [empty, setEmpty] = useState(false);
  const form = useForm({ initial: { signer_name: name }, draft_key, problem });
  const send = async () => {
    const strokes = pad.current?.strokes() ?? [];
    setEmpty(strokes.length === 0);
    if (strokes.length === 0) return;
    if (await onSign(form.values.signer_name, strokes)) form.reset();
  };
  return (
    <form
      className="ac-form af-sign-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <p>{statement}</p>
      <Field label={t('visits.sign.name')} required error={form.errorAt('/signer_name')}>
        {(input) => <input {...input} {...form.text('signer_name')} maxLength={80} autoComplete="off" />}
      </Field>
      <SignaturePad ref={pad} label={t('visits.paper.customer_signature')} onSigned={() => setEmpty(false)} />
      {(empty || form.errorAt('/strokes')) && (
        <p role="alert" className="ac-field-error">
          {form.errorAt('/strokes') ?? t('visits.sign.draw_first')}
        </p>
      )}
      <p className="so-hash">{t('visits.paper.hash', { hash })}</p>
      <Refusal problem={problem} onRetry={() => void send()} />
      <Button type="submit" kind="step" icon="sign" busy={busy}>
        {submit}
      </Button>
    </form>
  );
}
