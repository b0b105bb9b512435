/** The board as a list of visits, for those who read rather than look, and where no map can be drawn. */
import { useMemo } from 'react';
import { useT } from '../i18n/index.ts';
import { SeverityBadge, StatusBadge } from '../ui/badges.tsx';
import { Icon } from '../ui/icon.tsx';
import { Empty } from '../ui/states.tsx';
import { type Column, VirtualTable } from '../ui-desk/table.tsx';
import { useSkillName, WindowText } from '../work-orders/parts.tsx';
import type { BoardBlock } from './requests.ts';
import { DueText } from './unscheduled.desk.tsx';

export function BoardList(props: {
  blocks: readonly BoardBlock[];
  zone: string;
  engineerName: (id: string) => string;
  /** Where somebody is on the way to a visit, in words; nothing where they don't share that. */
  wayOf: (block: BoardBlock) => string | undefined;
  selected: string | undefined;
  onSelect: (order_id: string) => void;
  onOpen: (order_id: string) => void;
}) {
  const t = useT();
  const skillName = useSkillName();
  const { blocks, zone, engineerName, wayOf, selected, onSelect, onOpen } = props;
  const columns = useMemo<Column<BoardBlock>[]>(
    () => [
      {
        key: 'window',
        title: t('workorders.window'),
        width: 200,
        render: ({ window }) => <WindowText window={window} zone={zone} />,
      },
      {
        key: 'engineer',
        title: t('workorders.engineer'),
        width: 130,
        render: ({ engineer_id }) => engineerName(engineer_id),
      },
      {
        key: 'way',
        title: t('dispatch.way'),
        width: 190,
        render: (block) => wayOf(block) ?? '',
      },
      {
        key: 'state',
        title: t('workorders.state'),
        width: 120,
        render: ({ visit_state }) => <StatusBadge kind="visit" state={visit_state} />,
      },
      {
        key: 'severity',
        title: t('workorders.severity'),
        width: 90,
        render: ({ order }) => <SeverityBadge severity={order.severity} />,
      },
      {
        key: 'behind',
        title: t('dispatch.plan'),
        width: 110,
        render: ({ behind, lock }) => (
          <>
            {behind && (
              <span className="ad-away">
                <Icon name="warning" size={14} /> {t('dispatch.behind_plan')}
              </span>
            )}
            {lock && (
              <span className="ac-second" title={[lock.by, lock.reason].filter(Boolean).join(' · ')}>
                <Icon name="lock" size={14} /> {t('dispatch.locked')}
              </span>
            )}
          </>
        ),
      },
      {
        key: 'site',
        title: t('workorders.site'),
        width: 220,
        render: ({ order }) => <span title={order.site_name}>{order.site_name}</span>,
      },
      {
        key: 'due',
        title: t('workorders.due'),
        width: 200,
        render: ({ order, arrived_at }) => (arrived_at ? '—' : <DueText due_at={order.due_at} zone={zone} />),
      },
      { key: 'skill', title: t('workorders.skill'), width: 110, render: ({ order }) => skillName(order.skill) },
      {
        key: 'number',
        title: t('workorders.number'),
        width: 150,
        render: ({ order }) => <span className="ac-figure">{order.number}</span>,
      },
    ],
    [t, zone, engineerName, wayOf, skillName],
  );
  if (blocks.length === 0) return <Empty title={t('dispatch.list.empty')} hint={t('dispatch.list.empty.hint')} />;
  const chosen = blocks.find(({ order }) => order.work_order_id === selected)?.id;
  const order = (id: string) => blocks.find((block) => block.id === id)?.order.work_order_id ?? '';
  return (
    <VirtualTable
      label={t('dispatch.list')}
      columns={columns}
      rows={blocks}
      rowId={({ id }) => id}
      selected={chosen}
      onSelect={(id) => onSelect(order(id))}
      onOpen={(id) => onOpen(order(id))}
      place="dispatch.list"
    />
  );
}
