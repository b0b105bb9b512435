/** Complaints that are owed an answer, the oldest first (P9, P65); nothing where there are none. */
import { useQuery } from '@tanstack/react-query';
import { ComplaintDue } from '../care/complaint-due.tsx';
import { owedQuery } from '../care/complaint-requests.ts';
import { useT } from '../i18n/index.ts';
import { ErrorState } from '../ui/states.tsx';
import { Line, Panel } from './parts.tsx';

/** Lines on the home page. */
const shown = 5;

export default function ComplaintsPanel() {
  const t = useT();
  const { data, error, refetch } = useQuery(owedQuery);
  if (!data && error)
    return (
      <Panel title={t('care.complaint.home')}>
        <ErrorState error={error} onRetry={() => void refetch()} inline />
      </Panel>
    );
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  const late = items.filter((row) => row.late).length;
  return (
    <Panel
      title={t('care.complaint.home')}
      tiles={[
        {
          key: 'owed',
          label: t('care.complaint.home.owed'),
          count: items.length >= 50 ? '50+' : items.length,
          to: '/care/complaints',
        },
        {
          key: 'late',
          label: t('care.complaint.home.late'),
          count: late,
          grave: true,
          to: '/care/complaints',
          search: { view: 'late' },
        },
      ]}
    >
      <ul className="ad-todo-list">
        {items.slice(0, shown).map((row) => (
          <Line
            key={row.case_id}
            to={`/cases/${row.case_id}`}
            when={<ComplaintDue row={row} />}
            what={`${t(`care.complaint.state.${row.state}`)} · ${row.site_name}`}
            detail={`${row.number} · ${row.words}`}
          />
        ))}
      </ul>
    </Panel>
  );
}
