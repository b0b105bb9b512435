/** A case in the right pane of the list: enough to decide whether to open it. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useT } from '../i18n/index.ts';
import { useBoth } from '../ui/both.ts';
import { Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { CaseBadges } from './badges.tsx';
import { caseQuery } from './requests.ts';
import './cases.css';

export function CasePane({ id }: { id: string }) {
  const t = useT();
  const both = useBoth();
  const query = useQuery(caseQuery(id));
  return (
    <Query of={query}>
      {({ data }) => (
        <div className="ad-case-pane">
          <h2>
            <Link to={`/cases/${id}`} className="ac-figure">
              {data.number}
            </Link>
          </h2>
          <div className="ad-badges">
            <CaseBadges row={data} as_of={data.as_of} />
          </div>
          <p className="ad-case-symptom">{data.symptom}</p>
          <dl className="ad-case-facts">
            <dt>{t('cases.fact.next')}</dt>
            <dd>
              {data.next ? (
                <>
                  {t(`cases.next.${data.next.step}`)}
                  {data.next.note ? `: ${data.next.note}` : ''}{' '}
                  <span className={data.late ? 'ad-late' : 'ac-second'}>
                    <DateTime at={data.next.due_at} zone={data.zone} />
                  </span>
                </>
              ) : (
                '—'
              )}
            </dd>
            <dt>{t('cases.fact.owner')}</dt>
            <dd>{data.owner.name || '—'}</dd>
            <dt>{t('cases.fact.customer')}</dt>
            <dd>{data.customer_name}</dd>
            <dt>{t('cases.fact.site')}</dt>
            <dd>
              {data.site_name}
              <div className="ac-second">{data.address}</div>
            </dd>
            <dt>{t('cases.fact.device')}</dt>
            <dd>{data.asset ? `${both(data.asset.product)} ${data.asset.model} · ${data.asset.serial}` : '—'}</dd>
            <dt>{t('cases.fact.contact')}</dt>
            <dd>{data.contact ? `${data.contact.name || '—'} ${data.contact.phone_masked ?? ''}` : '—'}</dd>
            <dt>{t('cases.fact.unit')}</dt>
            <dd>{both(data.unit.name)}</dd>
            <dt>{t('cases.fact.reported')}</dt>
            <dd>
              <DateTime at={data.reported_at} zone={data.zone} />
            </dd>
          </dl>
        </div>
      )}
    </Query>
  );
}
