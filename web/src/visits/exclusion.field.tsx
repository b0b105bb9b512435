/** An exclusion seen on site (P31-P34): which, with which evidence, explained to the customer, how they took it. */
import { useRef, useState } from 'react';
import { toProblem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import type { KeptFile } from '../outbox/store.ts';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Choice, Field, useForm } from '../ui/form.tsx';
import { useDeed } from './command.ts';
import { Refusal } from './parts.tsx';
import { PhotoStrip, PhotoTrouble, TakePhoto } from './photos.field.tsx';
import { sha256 } from './picture.ts';
import type { DayCard, Visit } from './requests.ts';
import { word } from './service-order.tsx';
import { type SignatureHandle, SignaturePad } from './signature-pad.tsx';
import type { Photos } from './use-photos.ts';

interface Values {
  code: string;
  text: string;
  explained: boolean;
  acknowledgement: '' | 'signed' | 'refused';
  ruling: 'decide' | 'propose';
  reason: string;
}

const initial: Values = { code: '', text: '', explained: false, acknowledgement: '', ruling: 'decide', reason: '' };

function ExclusionForm(props: { visit: Visit; card: DayCard; photos: Photos; onDone: () => void }) {
  const { visit, card, photos, onDone } = props;
  const t = useT();
  const both = useBoth();
  const pad = useRef<SignatureHandle>(null);
  const command = useDeed(visit, 'exclusion');
  const [unsent, setUnsent] = useState<'signature'>();
  const form = useForm({ initial, draft_key: `visit.${visit.id}.exclusion`, problem: command.problem });
  const chosen = card.exclusions.find(({ code }) => code === form.values.code);
  const proof = visit.evidence.filter(({ kind }) => kind === 'exclusion').map((photo) => photo.sha256);

  const submit = async () => {
    if (!chosen) return;
    const { text, explained, acknowledgement, ruling, reason } = form.values;
    let signature_sha256: string | null = null;
    const files: KeptFile[] = [];
    if (acknowledgement === 'signed') {
      const picture = await pad.current?.picture();
      setUnsent(picture ? undefined : 'signature');
      if (!picture) return;
      const bytes = await picture.arrayBuffer();
      signature_sha256 = await sha256(bytes);
      files.push({ sha256: signature_sha256, bytes });
    }
    const body = {
      code: chosen.code,
      text: text.trim() || null,
      photos: proof,
      explained,
      acknowledgement: acknowledgement || null,
      signature_sha256,
      decision: ruling === 'decide' ? { applies: true, reason: reason.trim() || text.trim() } : null,
    };
    if (!(await command.run(body, { files, hear: true }))) return;
    form.reset();
    onDone();
  };
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<unknown>();
  const send = async () => {
    if (sending) return;
    setSending(true);
    setFault(undefined);
    try {
      await submit();
    } catch (error) {
      setFault(error);
    } finally {
      setSending(false);
    }
  };

  return (
    <form
      className="ac-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Choice
        label={t('visits.exclusion.which')}
        value={form.values.code}
        onChange={(code) => form.set('code', code)}
        error={form.errorAt('/code')}
        options={card.exclusions
          .filter(({ code }) => code !== 'out_of_period')
          .map(({ code, name, clause }) => ({ value: code, label: both(name), hint: both(clause.text) }))}
      />
      {chosen && (
        <>
          <p className="ac-second">
            {t('visits.exclusion.then', { verdict: word(t, 'verdict', chosen.verdict) })}{' '}
            {chosen.charges
              .filter(({ kind }) => ['labour', 'parts', 'travel'].includes(kind))
              .map((charge) =>
                t('visits.charge.who', {
                  kind: both(charge.name),
                  payer: word(t, 'payer', charge.payer ?? 'undecided'),
                }),
              )
              .join(' · ')}
          </p>
          <div className="af-photo-kind">
            <p>
              <b>{t('visits.photo.exclusion')}</b>
              {chosen.needs.includes('photo') && (
                <span className="ac-second"> {t('visits.exclusion.photo_needed')}</span>
              )}
            </p>
            <PhotoStrip visit={visit} kind="exclusion" />
            <TakePhoto
              label={t('visits.photo.take_exclusion')}
              onTake={(files) => void photos.take('exclusion', files)}
            />
            <PhotoTrouble photos={photos} />
            {form.errorAt('/photos') && <p className="ac-field-error">{form.errorAt('/photos')}</p>}
          </div>
          <Field
            label={t('visits.exclusion.text')}
            required={chosen.needs.includes('text')}
            error={form.errorAt('/text')}
          >
            {(input) => <textarea {...input} {...form.text('text')} rows={2} maxLength={2000} />}
          </Field>
          <label className="af-tick">
            <input
              type="checkbox"
              checked={form.values.explained}
              onChange={(event) => form.set('explained', event.target.checked)}
            />
            <span>{t('visits.exclusion.explained')}</span>
          </label>
          {form.errorAt('/explained') && <p className="ac-field-error">{form.errorAt('/explained')}</p>}
          <Choice
            label={t('visits.exclusion.customer')}
            value={form.values.acknowledgement}
            onChange={(answer) => form.set('acknowledgement', answer)}
            error={form.errorAt('/acknowledgement')}
            options={(['signed', 'refused'] as const).map((value) => ({
              value,
              label: t(`visits.exclusion.customer.${value}`),
            }))}
          />
          {form.values.acknowledgement === 'signed' && (
            <SignaturePad ref={pad} label={t('visits.paper.customer_signature')} />
          )}
          {unsent && <p className="ac-field-error">{t('visits.sign.draw_first')}</p>}
          <Choice
            label={t('visits.exclusion.ruling')}
            value={form.values.ruling}
            onChange={(ruling) => form.set('ruling', ruling)}
            options={(['decide', 'propose'] as const).map((value) => ({
              value,
              label: t(`visits.exclusion.ruling.${value}`),
            }))}
          />
          <Refusal problem={command.problem} onRetry={() => void send()} />
          {fault !== undefined && <Refusal problem={toProblem(fault)} onRetry={() => void send()} />}
        </>
      )}
      <div className="af-actions">
        <Button onClick={onDone}>{t('common.cancel')}</Button>
        <Button
          type="submit"
          kind="primary"
          busy={command.busy || sending}
          disabled={!chosen}
          reason={t('visits.exclusion.which')}
        >
          {t('visits.exclusion.send')}
        </Button>
      </div>
    </form>
  );
}

/** The exclusions that were recorded, and the way to record one. */
export function ExclusionPart(props: { visit: Visit; card: DayCard; photos: Photos; editable: boolean }) {
  const { visit, card, photos, editable } = props;
  const t = useT();
  const [open, setOpen] = useState(false);
  const settled = visit.order.coverage?.verdict === 'chargeable';
  // Once open it stays until it is answered, whatever the verdict on screen becomes meanwhile.
  if (!editable || card.exclusions.length === 0 || (settled && !open)) return null;
  return open ? (
    <ExclusionForm visit={visit} card={card} photos={photos} onDone={() => setOpen(false)} />
  ) : (
    <Button onClick={() => setOpen(true)}>{t('visits.exclusion.open')}</Button>
  );
}
