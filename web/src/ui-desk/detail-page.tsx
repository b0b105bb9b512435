/** A record without a timeline: head strip, then panels in two columns (one on a narrow screen). */
import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useT } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { useTitle } from './title.ts';
import './detail.css';

export function DetailPage(props: {
  number?: string;
  title: string;
  trail?: ReactNode;
  badges?: ReactNode;
  /** Buttons at the right of the head; at most one primary. */
  actions?: ReactNode;
  children: ReactNode;
}) {
  const t = useT();
  const router = useRouter();
  const { number, title, trail, badges, actions, children } = props;
  useTitle(number ? `${number} ${title}` : title);
  return (
    <article className="ad-detail">
      <header className="ac-panel ad-record-head ad-detail-head">
        <button type="button" className="ac-link" onClick={() => router.history.back()} title={t('common.back')}>
          <Icon name="back" size={20} title={t('common.back')} />
        </button>
        <div className="ad-detail-name">
          <h1>
            {number && <span className="ac-figure">{number}</span>} {title}
          </h1>
          {trail && <div className="ad-trail">{trail}</div>}
          {badges && <div className="ad-badges">{badges}</div>}
        </div>
        {actions && <div className="ad-detail-actions">{actions}</div>}
      </header>
      <div className="ad-detail-body">{children}</div>
    </article>
  );
}

/** A panel of a record or settings page; `wide` takes both columns. */
export function Panel(props: {
  title: string;
  hint?: ReactNode;
  action?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  const { title, hint, action, wide = false, children } = props;
  return (
    <section className={`ac-panel ad-panel${wide ? ' ad-wide' : ''}`}>
      <div className="ad-head">
        <h2>{title}</h2>
        {action}
      </div>
      {hint && <p className="ac-hint">{hint}</p>}
      {children}
    </section>
  );
}
