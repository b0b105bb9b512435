/** The selected order beside the board: what, where, when, its next step; who can go stands open when nobody is planned. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { CaseClocks, CaseCoverage } from '../cases/badges.tsx';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { SeverityBadge, StatusBadge } from '../ui/badges.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Query } from '../ui/states.tsx';
import { Fact } from '../ui-desk/record-page.tsx';
import { WhoWasFaster } from '../work-orders/faster.tsx';
import { LockedBy } from '../work-orders/lock.desk.tsx';
import { EngineerName, PromisedText, useSkillName, WindowText } from '../work-orders/parts.tsx';
import { type Preset, ProposalsPanel } from '../work-orders/proposals.desk.tsx';
import { type AsOf, type OrderView, type SeenVisit, workOrderQuery } from '../work-orders/requests.ts';
import { StepButtons, useOrderSteps } from '../work-orders/steps.desk.tsx';
import { formatMinutes } from '../work-orders/words.ts';

interface PaneProps {
  order_id: string;
  /** Engineer and time where the order was dropped. */
  preset: Preset | undefined;
  onClose: () => void;
  /** After somebody was assigned: goes on with the next order. */
  onAssigned: (order_id: string) => void;
}

export function OrderPane(props: PaneProps) {
  const t = useT();
  const { order_id, onClose } = props;
  const query = useQuery(workOrderQuery(order_id));
  return (
    <aside className="ac-panel ad-board-pane" aria-label={t('dispatch.pane')}>
      <Query of={query}>{({ data }) => <Selected key={data.id} order={data} {...props} />}</Query>
      {query.error && query.data === undefined && (
        <Button icon="cross" onClick={onClose}>
          {t('common.close')}
        </Button>
      )}
    </aside>
  );
}

function Selected({ order, preset, onClose, onAssigned }: PaneProps & { order: AsOf<OrderView> }) {
  const t = useT();
  const both = useBoth();
  const may = useMay();
  const skillName = useSkillName();
  const { site, visit } = order;
  const open = order.takes_visits && !visit && may('visits.plan');
  const [assigning, setAssigning] = useState<{ move: SeenVisit | undefined } | undefined>(() =>
    open ? { move: undefined } : undefined,
  );

  // A drop says where it goes; the pane opens with it, so that what it breaks is read before it is done.
  useEffect(() => {
    if (preset && may('visits.plan')) setAssigning({ move: visit ?? undefined });
  }, [preset, visit, may]);

  const steps = useOrderSteps({
    order: {
      ...order,
      zone: site.zone,
      visit: visit ? { ...visit, engineer_name: visit.engineer.name } : undefined,
    },
    onAssign: (move) => setAssigning({ move }),
  });
  return (
    <>
      <div className="ad-pane-head">
        <Link to={`/work-orders/${order.id}`} className="ac-figure ad-pane-number">
          {order.number}
        </Link>
        <Button icon="cross" onClick={onClose}>
          {t('common.close')}
        </Button>
      </div>
      <h2 className="ad-pane-site">{site.name}</h2>
      <div className="ad-badges">
        <SeverityBadge severity={order.severity} />
        <StatusBadge kind="work_order" state={order.state} />
        <CaseCoverage badge={order.coverage} />
        <CaseClocks
          clocks={order.clocks.filter(({ promise }) => promise === 'arrive')}
          as_of={order.as_of}
          zone={site.zone}
        />
      </div>
      {visit && (
        <p className="ad-pane-visit">
          <EngineerName {...visit.engineer} /> <StatusBadge kind="visit" state={visit.state} />{' '}
          <WindowText window={visit.window} zone={site.zone} /> <PromisedText visit={visit} zone={site.zone} />
        </p>
      )}
      <LockedBy lock={visit?.lock} zone={site.zone} />
      <dl className="ad-pane-facts">
        <Fact label={t('workorders.symptom')}>{order.symptom}</Fact>
        <Fact label={t('workorders.wish')}>
          <WindowText window={order.wish} zone={site.zone} />
        </Fact>
        <Fact label={t('workorders.skill')}>
          <span>
            {skillName(order.skill)} · {formatMinutes(order.duration_min)}
          </span>
        </Fact>
        <Fact label={t('workorders.address')}>{site.address}</Fact>
        {order.asset && (
          <Fact label={t('workorders.asset')}>
            <span>
              {both(order.asset.product)} {order.asset.model}
            </span>
          </Fact>
        )}
      </dl>
      {steps.dialogs}
      {assigning && !assigning.move && visit ? (
        <WhoWasFaster order_id={order.id} />
      ) : assigning ? (
        <div className="ad-pane-assign">
          <div className="ad-head">
            <h3>{t(assigning.move ? 'workorders.do.reassign' : 'workorders.proposals.title')}</h3>
            {assigning.move && (
              <button type="button" className="ac-link" onClick={() => setAssigning(undefined)}>
                {t('common.close')}
              </button>
            )}
          </div>
          <ProposalsPanel
            key={preset ? `${preset.engineer_id}.${preset.start_ms}` : 'ranked'}
            order={{
              id: order.id,
              zone: site.zone,
              duration_min: order.duration_min,
              wish: order.wish,
            }}
            move={assigning.move}
            preset={preset}
            focus
            onDone={() => {
              setAssigning(undefined);
              onAssigned(order.id);
            }}
          />
        </div>
      ) : null}
      {(!assigning || assigning.move || visit) && (
        <div className="ad-steps">
          <StepButtons next={assigning && !visit ? undefined : steps.next} others={steps.others} />
        </div>
      )}
      {assigning && !assigning.move && !visit && steps.others.length > 0 && (
        <div className="ad-steps">
          <StepButtons next={undefined} others={steps.others} />
        </div>
      )}
    </>
  );
}
