/** A dialog with a form: draft kept, Ctrl-Enter saves, errors at their fields; the focus returns to where it came from. */
import { Modal } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import type { Problem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { type Form, useSaveKey } from '../ui/form.tsx';
import { ErrorState } from '../ui/states.tsx';
import './detail.css';

/** A dialog that is open as long as it is drawn. */
export function Dialog(props: { title: string; onClose: () => void; width?: number; children: ReactNode }) {
  const { title, onClose, width = 560, children } = props;
  const [from] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (from instanceof HTMLElement) setTimeout(() => from.focus(), 0);
    },
    [from],
  );
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      footer={null}
      width={width}
      mask={{ closable: false }}
      style={{ top: 24 }}
      className="ad-dialog"
      afterOpenChange={(open) => {
        // Whoever opened it by a key types on at once.
        const root = open ? document.querySelector('.ad-dialog') : null;
        const first = root?.querySelector<HTMLElement>('form input, form textarea, form select');
        if (first && !root?.querySelector('form')?.contains(document.activeElement)) first.focus();
      }}
    >
      {children}
    </Modal>
  );
}

/** Draw it only while it is open: the form's state begins when it opens. Field errors stand at the fields, the rest here. */
export function FormDialog<T extends object>(props: {
  title: string;
  form: Form<T>;
  /** The verb of the button. */
  verb: string;
  busy: boolean;
  problem?: Problem | undefined;
  onSave: () => void;
  onClose: () => void;
  width?: number;
  /** What to do about a change by somebody else, from `useEdit`. */
  conflict?: ReactNode;
  children: ReactNode;
}) {
  const t = useT();
  const { title, form, verb, busy, problem, onSave, onClose, width, conflict, children } = props;
  const onKeyDown = useSaveKey(onSave);
  const general = problem && !conflict && unplaced(problem);
  return (
    <Dialog title={title} onClose={onClose} {...(width ? { width } : {})}>
      <form
        className="ac-form"
        noValidate
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          onSave();
        }}
      >
        <DraftNote form={form} />
        {children}
        {conflict}
        {general && <ErrorState error={problem} inline />}
        <div className="ad-steps">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Whether a refusal has something to say that stands at no field. */
export function unplaced(problem: Problem): boolean {
  return problem.errors.length === 0 || problem.errors.some(({ pointer }) => pointer === '');
}

/** Says that a draft of earlier was put back, and lets it go. */
export function DraftNote<T extends object>({ form }: { form: Form<T> }) {
  const t = useT();
  if (!form.restored || !form.dirty) return null;
  return (
    <p className="ad-restored" role="status">
      {t('common.form.restored')}{' '}
      <button type="button" className="ac-link" onClick={form.reset}>
        {t('common.form.discard')}
      </button>
    </p>
  );
}
