/** Service agreements that end soon and that nobody has renewed (P29). */
import { useQuery } from '@tanstack/react-query';
import { homeQuery } from '../cases/requests.ts';
import { useT } from '../i18n/index.ts';
import { Query } from '../ui/states.tsx';
import { Line, Panel } from './parts.tsx';

const day_ms = 86_400_000;
/** An agreement with fewer days left stands in red. */
const near_days = 30;

export default function AgreementsPanel() {
  const t = useT();
  const query = useQuery(homeQuery);
  return (
    <Query of={query} shape="card">
      {({ agreements }) => {
        if (!agreements || agreements.count === 0) return null;
        const left = (day: string) => Math.round((Date.parse(day) - Date.parse(agreements.today)) / day_ms);
        return (
          <Panel
            title={t('home.agreements')}
            tiles={[{ key: 'count', label: t('home.agreements.count'), count: agreements.count }]}
          >
            <ul className="ad-todo-list">
              {agreements.items.map((agreement) => (
                <Line
                  key={agreement.id}
                  to={`/customers/${agreement.customer_id}`}
                  when={
                    <span className={left(agreement.covered_to) <= near_days ? 'ad-late' : undefined}>
                      {t('home.days', { days: left(agreement.covered_to) })}
                    </span>
                  }
                  what={agreement.customer_name}
                  detail={
                    <span className="ac-figure">
                      {agreement.number} · {agreement.covered_to}
                    </span>
                  }
                />
              ))}
            </ul>
          </Panel>
        );
      }}
    </Query>
  );
}
