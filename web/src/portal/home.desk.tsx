/** What customers asked on their pages and nobody has answered: one's own cases first. */
import { useQuery } from '@tanstack/react-query';
import { Line, Panel } from '../home/parts.tsx';
import { useT } from '../i18n/index.ts';
import { DateTime } from '../ui/values.tsx';
import { waitingQuery } from './requests.ts';

/** Lines on the home page. */
const shown = 8;

const counted = (rows: readonly unknown[]) => (rows.length >= 100 ? '100+' : rows.length);

export default function CustomerRequestsPanel() {
  const t = useT();
  const { data } = useQuery(waitingQuery);
  if (!data || data.all.length === 0) return null;
  const { mine, all } = data;
  return (
    <Panel
      title={t('portal.home')}
      tiles={[
        {
          key: 'mine',
          label: t('portal.home.mine'),
          count: counted(mine),
          grave: true,
          to: '/cases/requests',
          search: { view: 'mine' },
        },
        { key: 'all', label: t('portal.home.all'), count: counted(all), to: '/cases/requests' },
      ]}
    >
      <ul className="ad-todo-list">
        {[...mine, ...all.filter((request) => !request.mine)].slice(0, shown).map((request) => (
          <Line
            key={request.id}
            to={`/cases/${request.case_id}`}
            when={<DateTime at={request.made_at} zone={request.zone} />}
            what={`${t(`portal.request.${request.kind}`)} · ${request.site_name}`}
            detail={`${request.case_number}${request.words ? ` · ${request.words}` : ''}`}
          />
        ))}
      </ul>
    </Panel>
  );
}
