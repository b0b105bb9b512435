/** Follow-up calls to make, and what customers were unhappy with (P13, P7). */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { homeQuery } from '../cases/requests.ts';
import { useT } from '../i18n/index.ts';
import { Empty, Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { Line, Panel } from './parts.tsx';

export default function FollowUpsPanel() {
  const t = useT();
  const query = useQuery(homeQuery);
  return (
    <Query of={query} shape="card">
      {({ follow_ups: calls }) => {
        if (!calls) return null;
        const first = calls.next_calls[0];
        return (
          <>
            <Panel
              title={t('home.calls')}
              action={
                first && (
                  <Link to={`/care/${first.id}`} className="ac-button ac-button-primary">
                    {t('home.calls.first')}
                  </Link>
                )
              }
              tiles={[
                { key: 'today', label: t('home.calls.today'), count: calls.due_today, to: '/care' },
                {
                  key: 'late',
                  label: t('home.calls.late'),
                  count: calls.late,
                  grave: true,
                  to: '/care',
                  search: { view: 'late' },
                },
                { key: 'due', label: t('home.calls.due'), count: calls.due, to: '/care' },
                { key: 'low', label: t('home.calls.low'), count: calls.low, to: '/care', search: { view: 'done' } },
              ]}
            >
              {calls.next_calls.length === 0 ? (
                <Empty title={t('home.calls.none')} hint={t('home.calls.none.hint')} />
              ) : (
                <ul className="ad-todo-list">
                  {calls.next_calls.map((call) => (
                    <Line
                      key={call.id}
                      to={`/care/${call.id}`}
                      when={
                        <span className={call.late ? 'ad-late' : undefined}>
                          {t('home.by')} <DateTime at={call.due_at} zone={call.zone} />
                        </span>
                      }
                      what={`${call.site_name} · ${call.contact_name || call.customer_name}`}
                      detail={
                        <>
                          <span className="ac-figure">{call.case_number}</span> · {call.symptom}
                        </>
                      }
                      end={
                        call.attempts > 0 && (
                          <span className="ac-second">{t('home.calls.attempts', { count: call.attempts })}</span>
                        )
                      }
                    />
                  ))}
                </ul>
              )}
            </Panel>
            {calls.low_scores.length > 0 && (
              <Panel title={t('home.calls.low_title')}>
                <ul className="ad-todo-list">
                  {calls.low_scores.map((call) => (
                    <Line
                      key={call.id}
                      to={`/care/${call.id}`}
                      when={
                        <b>
                          {call.rating == null
                            ? t('home.calls.concern')
                            : t('home.calls.score', { rating: call.rating })}
                        </b>
                      }
                      what={call.site_name}
                      detail={
                        <>
                          <span className="ac-figure">{call.case_number}</span> · {call.symptom}
                        </>
                      }
                      end={
                        call.done_at && (
                          <span className="ac-second">
                            <DateTime at={call.done_at} zone={call.zone} />
                          </span>
                        )
                      }
                    />
                  ))}
                </ul>
              </Panel>
            )}
          </>
        );
      }}
    </Query>
  );
}
