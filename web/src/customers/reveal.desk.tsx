/** A contact's masked number; the whole one is shown for a minute, after a reason that goes into the audit. */
import { useEffect, useState } from 'react';
import { type CommandOptions, useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { Icon } from '../ui/icon.tsx';
import { ConfirmInWords } from '../ui-desk/confirm-in-words.tsx';
import { revealNumber } from './requests.ts';

const shown_ms = 60_000;

export function ContactPhone({ contact_id, masked }: { contact_id: string; masked: string | null | undefined }) {
  const t = useT();
  const may = useMay();
  const [asking, setAsking] = useState(false);
  const [number, setNumber] = useState<Awaited<ReturnType<typeof revealNumber>>>();
  const command = useCommand((reason: string, options: CommandOptions) => revealNumber(contact_id, reason, options));

  useEffect(() => {
    if (!number) return;
    const timer = setTimeout(() => setNumber(undefined), shown_ms);
    return () => clearTimeout(timer);
  }, [number]);

  if (!masked) return <span className="ac-second">—</span>;
  return (
    <span className="ac-phone">
      {number ? (
        <>
          <a className="ac-figure" href={`tel:${number.phone_e164}`}>
            {number.dial}
            {number.extension && ` ${t('customers.extension', { extension: number.extension })}`}
          </a>
          <span className="ac-hint">{t('customers.reveal.left', { count: number.left_today })}</span>
        </>
      ) : (
        <span className="ac-figure">{masked}</span>
      )}
      {!number && may('customers.reveal') && (
        <button type="button" className="ac-link" onClick={() => setAsking(true)} title={t('common.phone.reveal_why')}>
          <Icon name="eye" size={14} /> {t('common.phone.reveal')}
        </button>
      )}
      <ConfirmInWords
        open={asking}
        title={t('customers.reveal')}
        consequences={[t('customers.reveal.recorded'), t('customers.reveal.minute')]}
        verb={t('common.phone.reveal')}
        reason="required"
        busy={command.busy}
        problem={command.problem}
        onCancel={() => {
          command.clear();
          setAsking(false);
        }}
        onConfirm={async (reason) => {
          const answer = await command.run(reason);
          if (!answer) return;
          setNumber(answer);
          setAsking(false);
        }}
      />
    </span>
  );
}
