/** A form screen: one column, labels above; the draft is kept by `useForm`, Ctrl-Enter saves, errors stand at their fields. */
import type { ReactNode } from 'react';
import type { Problem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { type Form, useSaveKey } from '../ui/form.tsx';
import { ErrorState } from '../ui/states.tsx';
import { useTitle } from './title.ts';
import './detail.css';

export function FormPage<T extends object>(props: {
  title: string;
  form: Form<T>;
  /** The verb of the button: "Report", "Add site". */
  verb: string;
  busy: boolean;
  onSave: () => void;
  onCancel?: () => void;
  /** Refusal of the last attempt; field errors stand at the fields, the rest here. */
  problem?: Problem | undefined;
  children: ReactNode;
  /** What stands beside the form: who calls, devices at the site, the promise. */
  aside?: ReactNode;
}) {
  const t = useT();
  const { title, form, verb, busy, onSave, onCancel, problem, children, aside } = props;
  const onKeyDown = useSaveKey(onSave);
  useTitle(title);
  const general = problem && (problem.errors.length === 0 || problem.errors.some(({ pointer }) => pointer === ''));
  return (
    <div className="ad-form-page" data-aside={aside ? 'yes' : 'no'}>
      <section className="ac-panel ad-form">
        <div className="ad-head">
          <h1>{title}</h1>
          {form.dirty && <span className="ac-hint">{t('common.form.draft_kept')}</span>}
        </div>
        {form.restored && form.dirty && (
          <p className="ad-restored" role="status">
            {t('common.form.restored')}{' '}
            <button type="button" className="ac-link" onClick={form.reset}>
              {t('common.form.discard')}
            </button>
          </p>
        )}
        <form
          className="ac-form"
          noValidate
          onKeyDown={onKeyDown}
          onSubmit={(event) => {
            event.preventDefault();
            onSave();
          }}
        >
          {children}
          {general && <ErrorState error={problem} inline />}
          <div className="ad-steps">
            {onCancel && <Button onClick={onCancel}>{t('common.cancel')}</Button>}
            <Button kind="primary" type="submit" busy={busy}>
              {verb} <kbd>Ctrl ↵</kbd>
            </Button>
          </div>
        </form>
      </section>
      {aside && <aside className="ad-form-aside">{aside}</aside>}
    </div>
  );
}
