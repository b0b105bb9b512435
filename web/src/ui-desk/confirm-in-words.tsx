/** Asks before a step that can't be undone: in words, what will happen; the button is the verb, never "OK". */
import { Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Problem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Field, useSaveKey } from '../ui/form.tsx';
import { ErrorState } from '../ui/states.tsx';

/**
 * `consequences` are whole sentences. `reason` asks for one (many commands need it); `typed` is a word that has to be
 * typed, for steps that destroy. `onConfirm` gets the reason; the dialog stays open until the caller closes it.
 */
export function ConfirmInWords(props: {
  open: boolean;
  title: string;
  consequences: readonly ReactNode[];
  verb: string;
  danger?: boolean;
  reason?: 'required' | 'optional';
  typed?: string;
  busy?: boolean;
  problem?: Problem | undefined;
  onConfirm: (reason: string) => void;
  onCancel: () => void;
}) {
  const { open, title, onCancel } = props;
  return (
    <Modal open={open} title={title} onCancel={onCancel} footer={null} destroyOnHidden width={480}>
      <Body {...props} />
    </Modal>
  );
}

function Body(props: Parameters<typeof ConfirmInWords>[0]) {
  const t = useT();
  const { consequences, verb, danger = false, reason, typed, busy = false, problem, onConfirm, onCancel } = props;
  const [why, setWhy] = useState('');
  const [word, setWord] = useState('');
  const missing = (reason === 'required' && !why.trim()) || (typed !== undefined && word !== typed);
  const confirm = () => {
    if (!missing) onConfirm(why.trim());
  };
  const onKeyDown = useSaveKey(confirm);
  return (
    <form
      className="ac-form"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        confirm();
      }}
    >
      <ul className="ad-consequences">
        {consequences.map((sentence, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the sentences are fixed while the dialog is open
          <li key={index}>{sentence}</li>
        ))}
      </ul>
      {reason && (
        <Field
          label={t('common.reason')}
          required={reason === 'required'}
          error={problem?.errors.find(({ pointer }) => pointer === '/reason')?.detail}
        >
          {(input) => (
            <textarea {...input} value={why} maxLength={500} onChange={(event) => setWhy(event.target.value)} />
          )}
        </Field>
      )}
      {typed !== undefined && (
        <Field label={t('common.confirm.type', { word: typed })} required>
          {(input) => (
            <input {...input} value={word} autoComplete="off" onChange={(event) => setWord(event.target.value)} />
          )}
        </Field>
      )}
      {problem && <ErrorState error={problem} inline />}
      <div className="ad-steps">
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
        <Button kind={danger ? 'danger' : 'primary'} type="submit" busy={busy} disabled={missing}>
          {verb}
        </Button>
      </div>
    </form>
  );
}
