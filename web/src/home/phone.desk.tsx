/** Cases that wait for help by phone, by the time their answer is due (P37). */
import { useQuery } from '@tanstack/react-query';
import { CaseClocks, countWords } from '../cases/badges.tsx';
import { homeQuery } from '../cases/requests.ts';
import { useT } from '../i18n/index.ts';
import { SeverityBadge, StatusBadge } from '../ui/badges.tsx';
import { Empty, Query } from '../ui/states.tsx';
import { Line, Panel } from './parts.tsx';

export default function PhoneQueuePanel() {
  const t = useT();
  const query = useQuery(homeQuery);
  return (
    <Query of={query} shape="card">
      {({ phone_queue: queue, as_of }) =>
        queue && (
          <Panel
            title={t('home.phone')}
            tiles={[
              {
                key: 'waiting',
                label: t('home.phone.waiting'),
                count: countWords(queue.waiting),
                to: '/cases',
                search: { view: 'open', state: 'triaged' },
              },
              {
                key: 'running',
                label: t('home.phone.running'),
                count: countWords(queue.running),
                to: '/cases',
                search: { view: 'open', state: 'phone_support' },
              },
            ]}
          >
            {queue.items.length === 0 ? (
              <Empty title={t('home.phone.none')} hint={t('home.phone.none.hint')} />
            ) : (
              <ul className="ad-todo-list">
                {queue.items.map((row) => (
                  <Line
                    key={row.id}
                    to={`/cases/${row.id}`}
                    when={<CaseClocks clocks={row.clocks} as_of={as_of} zone={row.zone} lead />}
                    what={
                      <>
                        <b>{row.next ? t(`cases.next.${row.next.step}`) : ''}</b> {row.site_name}
                      </>
                    }
                    detail={
                      <>
                        <span className="ac-figure">{row.number}</span> · {row.symptom}
                      </>
                    }
                    end={
                      <>
                        <SeverityBadge severity={row.severity} vip={row.vip_level !== 'none'} />
                        <StatusBadge kind="case" state={row.state} />
                        <span className="ac-second">{row.owner.name}</span>
                      </>
                    }
                  />
                ))}
              </ul>
            )}
          </Panel>
        )
      }
    </Query>
  );
}
