/** A page that is handed to the customer: it covers the engineer's app, in large type. */
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useT } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';

export function Cover({ visit_id, title, children }: { visit_id: string; title: string; children: ReactNode }) {
  const t = useT();
  const top = useRef<HTMLElement>(null);
  useEffect(() => {
    top.current?.focus();
  }, []);
  return (
    <section className="af-cover" ref={top} tabIndex={-1} aria-label={title}>
      <Link to="/visits/$visit_id" params={{ visit_id }} className="ac-link af-back">
        <Icon name="back" /> {t('visits.visit.back_to_visit')}
      </Link>
      {children}
    </section>
  );
}
