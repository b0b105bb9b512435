/** What was found and done at this site before, visits to the same device first. */
import { useQuery } from '@tanstack/react-query';
import { useT } from '../../i18n/index.ts';
import { Query } from '../../ui/states.tsx';
import { DateTime } from '../../ui/values.tsx';
import { SideGroup } from '../../ui-desk/record-page.tsx';
import { pastVisitsQuery } from '../requests.ts';

export function PastVisits({ case_id }: { case_id: string }) {
  const t = useT();
  const query = useQuery(pastVisitsQuery(case_id));
  return (
    <SideGroup title={t('cases.group.past')}>
      <Query of={query}>
        {(visits) =>
          visits.length === 0 ? (
            <p className="ac-second">{t('cases.past.none')}</p>
          ) : (
            <ul className="ad-past">
              {visits.map((past) => (
                <li key={past.number}>
                  <DateTime at={past.left_at} /> <span className="ac-figure">{past.number}</span>{' '}
                  <span className="ac-second">
                    {[t(`status.visit.${past.outcome}`), past.serial, past.same_asset && t('cases.past.same_asset')]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                  <div>{past.symptom}</div>
                  {past.found && (
                    <div className="ac-second">
                      {t('cases.past.found', { found: past.found, action: past.action ?? '—' })}
                    </div>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Query>
    </SideGroup>
  );
}
