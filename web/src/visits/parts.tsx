/** Small parts of the visit page: a section, a refusal with the present state, a form that asks for a reason. */
import { type ReactNode, useId } from 'react';
import type { Problem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { StatusBadge } from '../ui/badges.tsx';
import { Button } from '../ui/button.tsx';
import { Field, useForm } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorState } from '../ui/states.tsx';
import type { Doing } from './command.ts';
import { isUnsent } from './offline/apply.ts';

/** A refusal; by the state of the visit, it says where the visit stands now. */
export function Refusal({ problem, onRetry }: { problem: Problem | undefined; onRetry?: () => void }) {
  const t = useT();
  if (!problem) return null;
  const current = problem.current as { state?: unknown } | undefined;
  const state = typeof current?.state === 'string' ? current.state : undefined;
  return (
    <div className="af-refusal">
      {/* What belongs to a field stands at that field. */}
      <ErrorState error={{ ...problem, errors: [] }} inline {...(onRetry ? { onRetry } : {})} />
      {state && (
        <p role="status">
          {t('visits.visit.stands_now')} <StatusBadge kind="visit" state={state} />
        </p>
      )}
    </div>
  );
}

/** Says that something stands on this phone only. */
export function NotSent({ of, short = false }: { of: object; short?: boolean }) {
  const t = useT();
  if (!isUnsent(of)) return null;
  return (
    <span className="af-unsent">
      <Icon name="outbox" size={14} /> {t(short ? 'visits.offline.unsent_short' : 'visits.offline.unsent')}
    </span>
  );
}

/** A section of the work, with a mark when nothing is missing in it. */
export function Section(props: { id: string; title: string; done?: boolean; open?: string; children: ReactNode }) {
  const { id, title, done, open, children } = props;
  const heading = useId();
  return (
    <section id={`part-${id}`} className="ac-panel af-section" aria-labelledby={heading} tabIndex={-1}>
      <h2 id={heading} className="af-section-title">
        {done !== undefined && (
          <span className={done ? 'af-mark af-mark-done' : 'af-mark'}>
            <Icon name={done ? 'check' : 'dot'} size={16} />
          </span>
        )}
        {title}
        {open && <span className="ac-second">{open}</span>}
      </h2>
      {children}
    </section>
  );
}

/** Puts the focus where work goes on, if what had it is gone; somebody who went elsewhere meanwhile stays there. */
export function refocus(element: HTMLElement | null): void {
  const active = document.activeElement;
  if (!active || active === document.body) element?.focus({ preventScroll: true });
}

/** Asks for a reason in words; what was typed stays until it is kept, and comes back if it is refused. */
export function ReasonForm(props: {
  draft_key: string;
  label: string;
  hint?: string;
  submit: string;
  danger?: boolean;
  busy: boolean;
  problem: Problem | undefined;
  suggestions?: readonly string[];
  onSend: (reason: string, doing: Doing) => Promise<unknown>;
  onCancel: () => void;
}) {
  const t = useT();
  const { draft_key, label, hint, submit, danger = false, busy, problem, suggestions = [], onSend, onCancel } = props;
  const form = useForm({ initial: { reason: '' }, draft_key, problem });
  return (
    <form
      className="ac-form ac-panel af-section"
      onSubmit={(event) => {
        event.preventDefault();
        const sent = form.values;
        void onSend(sent.reason, { kept: () => form.spend(sent), back: () => form.giveBack(sent) });
      }}
    >
      <Field label={label} hint={hint} required error={form.errorAt('/reason')}>
        {(input) => <textarea {...input} {...form.text('reason')} maxLength={500} rows={2} />}
      </Field>
      {suggestions.length > 0 && (
        <div className="ac-chips">
          {suggestions.map((text) => (
            <button
              key={text}
              type="button"
              className="ac-chip"
              aria-pressed={form.values.reason === text}
              onClick={() => form.set('reason', text)}
            >
              {text}
            </button>
          ))}
        </div>
      )}
      {(!problem || problem.errors.length === 0) && <Refusal problem={problem} />}
      <div className="af-actions">
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
        <Button type="submit" kind={danger ? 'danger' : 'primary'} busy={busy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
