/** What stands on a screen about a visit that this phone may show, or why there is none. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useT } from '../i18n/index.ts';
import { StatusBadge } from '../ui/badges.tsx';
import { Loading, Query } from '../ui/states.tsx';
import type { useVisitHere } from './command.ts';
import type { MyDay, Visit } from './requests.ts';

/** A visit that is over or somebody else's: its customer's data are no longer here (decision 2). */
export function VisitOver({ brief }: { brief: MyDay['over'][number] | undefined }) {
  const t = useT();
  return (
    <section className="ac-panel af-section" role="status">
      <h1>{t(brief ? 'visits.over.title' : 'visits.over.gone_title')}</h1>
      {brief && (
        <p className="af-split">
          <span className="ac-figure">{brief.number}</span>
          <StatusBadge kind="visit" state={brief.state} />
        </p>
      )}
      <p className="ac-second">{t(brief ? 'visits.over.hint' : 'visits.over.gone_hint')}</p>
      <Link to="/today" className="ac-button ac-button-primary">
        {t('visits.over.to_today')}
      </Link>
    </section>
  );
}

/** Draws a visit as it stands on this phone; without one, says where it went. */
export function OfVisit(props: { here: ReturnType<typeof useVisitHere>; children: (visit: Visit) => ReactNode }) {
  const { here, children } = props;
  if (here.query.data === undefined && here.gone)
    return here.asked ? <VisitOver brief={here.over} /> : <Loading shape="card" />;
  return (
    <Query of={here.query} shape="card">
      {children}
    </Query>
  );
}
