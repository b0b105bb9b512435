/** What a dispatcher looks at first: work nobody is planned for, visits that nobody began, and today's appointments (P8). */
import { useQuery } from '@tanstack/react-query';
import { homeQuery } from '../cases/requests.ts';
import { useT } from '../i18n/index.ts';
import { StatusBadge } from '../ui/badges.tsx';
import { Query } from '../ui/states.tsx';
import { WindowText } from '../work-orders/parts.tsx';
import { Line, Panel } from './parts.tsx';

export default function DispatchPanel() {
  const t = useT();
  const query = useQuery(homeQuery);
  return (
    <Query of={query} shape="card">
      {({ dispatch, appointments }) => {
        if (!dispatch || !appointments) return null;
        const { kept, broken, planned } = appointments;
        const judged = kept + broken;
        const rate = judged === 0 ? t('home.dispatch.none_yet') : `${Math.floor((kept * 100) / judged)} %`;
        return (
          <Panel
            title={t('home.dispatch')}
            tiles={[
              {
                key: 'unassigned',
                label: t('home.dispatch.unassigned'),
                count: dispatch.unassigned,
                to: '/dispatch',
                search: { f: 'unassigned' },
              },
              {
                key: 'late',
                label: t('home.dispatch.late'),
                count: dispatch.late,
                grave: true,
                to: '/work-orders',
                search: { view: 'late' },
              },
              {
                key: 'unanswered',
                label: t('home.dispatch.unanswered'),
                count: dispatch.unanswered,
                to: '/dispatch',
              },
              { key: 'proposed', label: t('home.dispatch.proposed'), count: dispatch.proposed, to: '/dispatch' },
              {
                key: 'today',
                label: t('home.dispatch.today'),
                count: dispatch.today,
                to: '/work-orders',
                search: { view: 'today' },
              },
              { key: 'kept', label: t('home.dispatch.kept', { kept, judged, planned }), count: rate },
            ]}
          >
            {dispatch.late_visits.length > 0 && (
              <ul className="ad-todo-list">
                {dispatch.late_visits.map((visit) => (
                  <Line
                    key={visit.number}
                    to={`/work-orders/${visit.work_order_id}`}
                    when={
                      <span className="ad-late">
                        <WindowText window={{ start: visit.window_start, end: visit.window_end }} zone={visit.zone} />
                      </span>
                    }
                    what={visit.site_name}
                    detail={
                      <>
                        <span className="ac-figure">{visit.number}</span> · {visit.engineer_name}
                      </>
                    }
                    end={<StatusBadge kind="visit" state={visit.state} />}
                  />
                ))}
              </ul>
            )}
          </Panel>
        );
      }}
    </Query>
  );
}
