/** A work order: who goes when, what was done, what it costs whom. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { CaseClocks, CaseCoverage } from '../cases/badges.tsx';
import { ContactPhone } from '../customers/reveal.desk.tsx';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { SeverityBadge, StatusBadge } from '../ui/badges.tsx';
import { useBoth } from '../ui/both.ts';
import { Button } from '../ui/button.tsx';
import { Query } from '../ui/states.tsx';
import { DateTime } from '../ui/values.tsx';
import { DetailPage, Panel } from '../ui-desk/detail-page.tsx';
import { Fact, FactGroup } from '../ui-desk/record-page.tsx';
import { ChargesPanel, InvoiceDialog, InvoiceFacts } from './charges.desk.tsx';
import { EngineerName, useSkillName, WindowText } from './parts.tsx';
import { presetOf } from './promise.ts';
import { ProposalsPanel } from './proposals.desk.tsx';
import { type AsOf, type OrderView, type SeenVisit, workOrderQuery } from './requests.ts';
import { StepButtons, useOrderSteps } from './steps.desk.tsx';
import { VisitsPanel, WorkPanel } from './visits.desk.tsx';
import { formatMinutes } from './words.ts';
import './work-orders.css';

export default function WorkOrderPage() {
  const { work_order_id = '' } = useParams({ strict: false }) as { work_order_id?: string };
  const query = useQuery(workOrderQuery(work_order_id));
  return <Query of={query}>{({ data }) => <WorkOrderRecord key={data.id} order={data} />}</Query>;
}

function WorkOrderRecord({ order }: { order: AsOf<OrderView> }) {
  const t = useT();
  const both = useBoth();
  const may = useMay();
  const navigate = useNavigate();
  const skillName = useSkillName();
  const search = useSearch({ strict: false }) as {
    assign?: unknown;
    engineer?: unknown;
    start?: unknown;
    until?: unknown;
  };
  const [preset, setPreset] = useState(() => presetOf(search));
  const [assigning, setAssigning] = useState<{ move: SeenVisit | undefined } | undefined>(() =>
    search.assign && order.takes_visits && may('visits.plan') ? { move: undefined } : undefined,
  );
  const [invoicing, setInvoicing] = useState(false);
  const { site, visit } = order;
  const { zone } = site;
  const last = order.visits.at(-1);
  const owed = order.invoice && !order.invoice.invoice_number;
  const closeAssign = () => {
    setAssigning(undefined);
    setPreset(undefined);
    if (search.assign) void navigate({ to: '.', search: {}, replace: true });
  };
  const steps = useOrderSteps({
    order: {
      ...order,
      zone,
      visit: visit ? { ...visit, engineer_name: visit.engineer.name } : undefined,
    },
    onAssign: (move) => setAssigning({ move }),
    onInvoice: owed && may('visits.invoice') ? () => setInvoicing(true) : undefined,
    onOpenServiceOrder:
      order.visits.length > 0 ? () => void navigate({ to: `/service-orders/${order.id}` }) : undefined,
  });
  return (
    <DetailPage
      number={order.number}
      title={site.name}
      trail={
        <>
          <span>{t(`workorders.kind.${order.kind}`)}</span>
          <Link to={`/cases/${order.case_id}`} className="ac-figure">
            {order.case_number}
          </Link>
          <Link to={`/customers/${order.customer_id}`}>{order.customer_name}</Link>
        </>
      }
      badges={
        <>
          <SeverityBadge severity={order.severity} />
          <StatusBadge kind="work_order" state={order.state} />
          <CaseCoverage badge={order.coverage} />
          <CaseClocks clocks={order.clocks} as_of={order.as_of} zone={zone} />
        </>
      }
      actions={<StepButtons next={assigning ? undefined : steps.next} others={steps.others} />}
    >
      <div className="ad-column">
        {steps.dialogs}
        {assigning && (
          <Panel
            title={assigning.move ? t('workorders.do.reassign') : t('workorders.proposals.title')}
            action={
              <Button icon="cross" onClick={closeAssign}>
                {t('common.close')}
              </Button>
            }
          >
            <ProposalsPanel
              order={{ id: order.id, zone, duration_min: order.duration_min, wish: order.wish }}
              move={assigning.move}
              preset={assigning.move ? undefined : preset}
              focus
              onDone={closeAssign}
            />
          </Panel>
        )}
        {order.cancel_reason && (
          <p className="ad-warn">{t('workorders.cancelled_because', { reason: order.cancel_reason })}</p>
        )}
        <VisitsPanel order={order} />
        {last && <WorkPanel visit_id={last.id} zone={zone} />}
        <ChargesPanel order={order} />
      </div>
      <div className="ad-column">
        <FactGroup title={t('workorders.what')}>
          <Fact label={t('workorders.symptom')}>{order.symptom}</Fact>
          {order.asset && (
            <Fact label={t('workorders.asset')}>
              <Link to={`/assets/${order.asset.id}`}>
                {both(order.asset.product)} {order.asset.model} · {order.asset.serial}
              </Link>
            </Fact>
          )}
          <Fact label={t('workorders.skill')}>{skillName(order.skill)}</Fact>
          <Fact label={t('workorders.duration_short')}>
            <span className="ac-figure">{formatMinutes(order.duration_min)}</span>
          </Fact>
        </FactGroup>
        <FactGroup title={t('workorders.where_when')}>
          <Fact label={t('workorders.wish')}>
            <WindowText window={order.wish} zone={zone} />
          </Fact>
          {order.promised && (
            <Fact label={t('workorders.promise')}>
              <b>
                <WindowText window={order.promised} zone={zone} />
              </b>
            </Fact>
          )}
          {visit && (
            <Fact label={t('workorders.engineer')}>
              <EngineerName {...visit.engineer} />
            </Fact>
          )}
          <Fact label={t('workorders.site')}>
            <Link to={`/sites/${site.id}`}>{site.name}</Link>
          </Fact>
          <Fact label={t('workorders.address')}>{site.address}</Fact>
          <Fact label={t('workorders.place')}>{order.place || '—'}</Fact>
          {order.contact && (
            <Fact label={t('workorders.contact')}>
              <span>
                {order.contact.name} <ContactPhone contact_id={order.contact.id} masked={order.contact.phone_masked} />
              </span>
            </Fact>
          )}
          <Fact label={t('workorders.unit')}>{both(order.unit)}</Fact>
          <Fact label={t('workorders.made_at')}>
            <DateTime at={order.created_at} zone={zone} />
          </Fact>
          {order.closed_at && (
            <Fact label={t('workorders.closed_at')}>
              <DateTime at={order.closed_at} zone={zone} />
            </Fact>
          )}
        </FactGroup>
        <InvoiceFacts order={order} onIssue={() => setInvoicing(true)} />
      </div>
      {invoicing && <InvoiceDialog order={order} onClose={() => setInvoicing(false)} />}
    </DetailPage>
  );
}
