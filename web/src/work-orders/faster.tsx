/** Two people at the same work order: whoever comes second is told who was faster, when, and what stands now. */
import { useQuery } from '@tanstack/react-query';
import type { Problem } from '../api/problem.ts';
import { timeline } from '../cases/requests.ts';
import { useT } from '../i18n/index.ts';
import { StatusBadge } from '../ui/badges.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorState } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { EngineerName, WindowText } from './parts.tsx';
import { workOrderQuery } from './requests.ts';

// A visit by somebody else may be refused as an overlap with it: the same engineer was chosen for the same order.
export const overtaken = new Set([
  'engineer_busy',
  'visit_open',
  'version_changed',
  'work_order_ended',
  'visit_cancelled',
  'visit_in_field',
]);

/** The refusal of a step; with who did what meanwhile, when somebody else was faster. */
export function Refused({ problem, order_id }: { problem: Problem | undefined; order_id: string }) {
  if (!problem) return null;
  const faster = (problem.status === 409 || problem.status === 412) && overtaken.has(problem.code);
  return (
    <>
      <ErrorState error={problem} inline />
      {faster && <WhoWasFaster order_id={order_id} />}
    </>
  );
}

/** Who did what at this order last, and how it stands; nothing as long as nobody is planned and it is still to be done. */
export function WhoWasFaster({ order_id }: { order_id: string }) {
  const t = useT();
  const order = useQuery({ ...workOrderQuery(order_id), staleTime: 0 }).data?.data;
  const case_id = order?.case_id;
  const latest = useQuery({
    queryKey: ['case', case_id, 'latest-plan', order_id],
    enabled: case_id !== undefined,
    queryFn: async () => {
      const page = await timeline(case_id ?? '', undefined);
      const mine = page.items.filter(
        ({ kind, body }) =>
          /^(visit|work_order)\./.test(kind) &&
          (body as { work_order_id?: unknown } | null)?.work_order_id === order_id,
      );
      return mine[0] ?? null;
    },
    staleTime: 0,
  }).data;
  if (!order || (!order.visit && order.takes_visits)) return null;
  return (
    <div className="ad-faster" role="status">
      <Icon name="merge" />
      <div>
        {latest && (
          <p>
            {t('workorders.faster.by', { name: latest.actor?.name ?? t('workorders.faster.somebody') })}{' '}
            <DateTime at={latest.at} zone={order.site.zone} />
          </p>
        )}
        {order.visit ? (
          <p>
            <EngineerName {...order.visit.engineer} /> <WindowText window={order.visit.window} zone={order.site.zone} />{' '}
            <StatusBadge kind="visit" state={order.visit.state} />
          </p>
        ) : (
          <p>
            <StatusBadge kind="work_order" state={order.state} />
          </p>
        )}
      </div>
    </div>
  );
}
