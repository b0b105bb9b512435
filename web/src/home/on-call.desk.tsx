/** A manager's warning: hours of the next 30 days without a primary and a backup on call (P11). Silent while there are none. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useT } from '../i18n/index.ts';
import { onCallQuery } from '../organisation/requests.ts';
import { useBoth } from '../ui/both.ts';
import { DateTime } from '../ui/values.tsx';
import { Line, Panel } from './parts.tsx';

export default function OnCallPanel() {
  const t = useT();
  const both = useBoth();
  const open = (useQuery(onCallQuery).data ?? []).filter(({ first_gap }) => first_gap);
  if (open.length === 0) return null;
  return (
    <Panel title={t('home.on_call', { count: open.length })}>
      <ul className="ad-todo-list">
        {open.slice(0, 5).map(({ unit_id, unit, gap_min, first_gap }) => (
          <Line
            key={unit_id}
            when={first_gap && <DateTime at={first_gap.from} />}
            what={<Link to={`/settings/on-call/${unit_id}`}>{both(unit)}</Link>}
            detail={t('home.on_call.hours', { hours: Math.ceil(gap_min / 60) })}
          />
        ))}
      </ul>
    </Panel>
  );
}
