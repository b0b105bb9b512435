/** What stands in for content: nothing yet, still loading, or an error. */
import type { ReactNode } from 'react';
import { isTransient, toProblem } from '../api/problem.ts';
import { useT } from '../i18n/index.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

/** Says what will appear here and how to make the first one; `action` is the button that does. */
export function Empty({ title, hint, action }: { title: string; hint?: string; action?: ReactNode }) {
  return (
    <div className="ac-empty">
      <Icon name="inbox" size={28} />
      <p className="ac-empty-title">{title}</p>
      {hint && <p className="ac-second">{hint}</p>}
      {action}
    </div>
  );
}

/** A skeleton of the real layout. It appears after 300 ms only (in CSS), so that quick answers don't flicker. */
export function Loading({ shape = 'list', rows = 6 }: { shape?: 'list' | 'record' | 'form' | 'card'; rows?: number }) {
  const t = useT();
  const lines = Array.from({ length: rows }, (_, index) => index);
  return (
    <div className={`ac-loading ac-loading-${shape}`} role="status" aria-label={t('common.loading')}>
      {lines.map((line) => (
        <span key={line} className="ac-skeleton" />
      ))}
    </div>
  );
}

/** What happened, why, what to do; with a retry where trying again can help. `error` is whatever was thrown, or a Problem. */
export function ErrorState({
  error,
  onRetry,
  inline = false,
}: {
  error: unknown;
  onRetry?: () => void;
  inline?: boolean;
}) {
  const t = useT();
  const problem =
    error && typeof error === 'object' && 'code' in error && 'title' in error
      ? (error as ReturnType<typeof toProblem>)
      : toProblem(error);
  const helps = onRetry && isTransient(problem);
  return (
    <div className={`ac-error${inline ? ' ac-error-inline' : ''}`} role="alert" data-code={problem.code}>
      <Icon name="warning" size={inline ? 16 : 28} />
      <div>
        <p className="ac-error-title">{problem.title}</p>
        {problem.detail && <p>{problem.detail}</p>}
        {problem.cure && <p className="ac-error-cure">{problem.cure}</p>}
        {problem.errors.length > 0 && (
          <ul>
            {problem.errors.map((field) => (
              <li key={`${field.pointer}${field.code}`}>{field.detail}</li>
            ))}
          </ul>
        )}
        {problem.request_id && problem.status >= 500 && (
          <p className="ac-second">{t('common.problem.reference', { id: problem.request_id })}</p>
        )}
        {helps && (
          <Button onClick={onRetry} icon="again">
            {t('common.retry')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Draws a query: its skeleton, its error with retry, or its data. Data that is there stays on screen when a re-read fails. */
export function Query<T>(props: {
  of: { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
  shape?: 'list' | 'record' | 'form' | 'card';
  children: (data: T) => ReactNode;
}) {
  const { of, shape = 'record', children } = props;
  if (of.data !== undefined) return children(of.data);
  if (of.error) return <ErrorState error={of.error} onRetry={() => void of.refetch()} />;
  return <Loading shape={shape} />;
}
