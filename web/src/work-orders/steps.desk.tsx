/** The steps of a desk on a work order and its visit, for the record and for the board's pane alike. */
import { Dropdown } from 'antd';
import { type ReactNode, useState } from 'react';
import { useCommand } from '../api/command.ts';
import { useT } from '../i18n/index.ts';
import { useMay } from '../identity/me.ts';
import { announce } from '../ui/announce.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useActions } from '../ui-desk/actions.ts';
import { ConfirmInWords } from '../ui-desk/confirm-in-words.tsx';
import type { OtherStep } from '../ui-desk/record-page.tsx';
import { Refused } from './faster.tsx';
import { LockDialog } from './lock.desk.tsx';
import { commands, type OrderKind, type SeenVisit, touched, type VisitLock } from './requests.ts';

/** What the steps have to know: the record and the board's orders both have it. */
export interface Steerable {
  id: string;
  number: string;
  kind: OrderKind;
  zone: string;
  state: string;
  version?: number;
  takes_visits: boolean;
  visit?:
    | {
        id: string;
        number: string;
        state: string;
        version: number;
        engineer_name: string;
        lock?: VisitLock | null | undefined;
      }
    | undefined;
}

type PlainStep = 'confirm' | 'dispatch' | 'unlock';
const planned = ['proposed', 'confirmed', 'dispatched', 'accepted'];
const movable = [...planned, 'declined'];

/**
 * The next step and the others. `assigning` says what the panel below is open for: a new visit, or moving the present one.
 */
export function useOrderSteps(options: {
  order: Steerable;
  onAssign: (move: SeenVisit | undefined) => void;
  onInvoice?: (() => void) | undefined;
  onOpenServiceOrder?: (() => void) | undefined;
}) {
  const t = useT();
  const may = useMay();
  const { order, onAssign, onInvoice, onOpenServiceOrder } = options;
  const [asking, setAsking] = useState<'visit' | 'break_off' | 'order' | 'lock'>();
  const [invoice, setInvoice] = useState(false);
  const visit = order.visit;
  const step = useCommand(({ name, of }: { name: PlainStep; of: SeenVisit }, command) => commands[name](of, command), {
    touches: touched(order.id),
  });
  const cancelVisit = useCommand(
    ({ of, reason }: { of: SeenVisit; reason: string }, command) => commands.cancel_visit(of, reason, command),
    { touches: touched(order.id) },
  );
  const breakOff = useCommand(
    ({ of, reason }: { of: SeenVisit; reason: string }, command) => commands.break_off(of, reason, command),
    { touches: touched(order.id) },
  );
  const cancelOrder = useCommand(
    ({ version, reason }: { version: number; reason: string }, command) =>
      commands.cancel_order(order.id, version, { reason, invoice_charges: invoice }, command),
    { touches: touched(order.id) },
  );
  const plan = may('visits.plan');
  const run = async (name: PlainStep) => {
    if (!visit) return;
    const done = await step.run({ name, of: visit });
    if (done) announce(t(`workorders.did.${name}`, { number: done.number }));
  };

  let next: { label: string; onClick: () => void; busy?: boolean } | undefined;
  if (plan && visit?.state === 'proposed') {
    next = { label: t('workorders.do.confirm'), onClick: () => void run('confirm'), busy: step.busy };
  } else if (plan && visit?.state === 'confirmed') {
    next = { label: t('workorders.do.dispatch'), onClick: () => void run('dispatch'), busy: step.busy };
  } else if (plan && !visit && order.takes_visits) {
    next = { label: t('workorders.do.assign'), onClick: () => onAssign(undefined) };
  } else if (onInvoice) {
    next = { label: t('workorders.invoice.issue'), onClick: onInvoice };
  } else if (onOpenServiceOrder) {
    next = { label: t('workorders.service_order'), onClick: onOpenServiceOrder };
  }

  const lockable = plan && visit !== undefined && planned.includes(visit.state);
  const toggle = lockable && {
    label: t(visit.lock ? 'workorders.do.unlock' : 'workorders.do.lock'),
    run: () => (visit.lock ? void run('unlock') : setAsking('lock')),
  };
  useActions(toggle ? [{ id: 'workorders.lock', icon: 'lock', key: 'l', ...toggle }] : []);

  const others: OtherStep[] = [];
  if (plan && visit) {
    const fixed = movable.includes(visit.state) ? undefined : t('workorders.in_field');
    others.push({
      key: 'reassign',
      label: t('workorders.do.reassign'),
      reason: fixed,
      onClick: () => onAssign(visit),
    });
    if (toggle) others.push({ key: 'lock', label: toggle.label, onClick: toggle.run });
    others.push({
      key: 'cancel_visit',
      label: t('workorders.do.cancel_visit'),
      danger: true,
      reason: fixed,
      onClick: () => setAsking('visit'),
    });
    if (fixed) {
      others.push({
        key: 'break_off',
        label: t('workorders.do.break_off'),
        danger: true,
        onClick: () => setAsking('break_off'),
      });
    }
  }
  if (plan && order.version !== undefined && !['closed', 'cancelled'].includes(order.state)) {
    const kept = visit && !movable.includes(visit.state) ? t('workorders.in_field') : undefined;
    const done = !visit && !order.takes_visits ? t('workorders.work_is_done') : undefined;
    others.push({
      key: 'cancel_order',
      label: t('workorders.do.cancel_order'),
      danger: true,
      reason: kept ?? done,
      onClick: () => setAsking('order'),
    });
  }
  if (onOpenServiceOrder && next?.label !== t('workorders.service_order')) {
    others.push({ key: 'service_order', label: t('workorders.service_order'), onClick: onOpenServiceOrder });
  }

  const dialogs: ReactNode = (
    <>
      <Refused problem={step.problem} order_id={order.id} />
      {asking === 'lock' && visit && (
        <LockDialog
          of={visit}
          number={visit.number}
          engineer_name={visit.engineer_name}
          order_id={order.id}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking === 'visit' && visit && (
        <ConfirmInWords
          open
          danger
          title={t('workorders.do.cancel_visit')}
          consequences={[
            t('workorders.cancel_visit.will', { number: visit.number, name: visit.engineer_name }),
            t('workorders.cancel_visit.told'),
          ]}
          verb={t('workorders.do.cancel_visit')}
          reason="required"
          busy={cancelVisit.busy}
          problem={cancelVisit.problem}
          onCancel={() => {
            cancelVisit.clear();
            setAsking(undefined);
          }}
          onConfirm={async (reason) => {
            if (!(await cancelVisit.run({ of: visit, reason }))) return;
            setAsking(undefined);
            announce(t('workorders.did.cancel_visit', { number: visit.number }));
          }}
        />
      )}
      {asking === 'break_off' && visit && (
        <ConfirmInWords
          open
          danger
          title={t('workorders.do.break_off')}
          consequences={[
            t('workorders.break_off.will', { number: visit.number, name: visit.engineer_name }),
            t('workorders.break_off.then'),
            t('workorders.break_off.when'),
          ]}
          verb={t('workorders.do.break_off')}
          reason="required"
          busy={breakOff.busy}
          problem={breakOff.problem}
          onCancel={() => {
            breakOff.clear();
            setAsking(undefined);
          }}
          onConfirm={async (reason) => {
            if (!(await breakOff.run({ of: visit, reason }))) return;
            setAsking(undefined);
            announce(t('workorders.did.break_off', { number: visit.number }));
          }}
        />
      )}
      {asking === 'order' && order.version !== undefined && (
        <ConfirmInWords
          open
          danger
          title={t('workorders.do.cancel_order')}
          consequences={[
            t('workorders.cancel_order.will', { number: order.number }),
            t('workorders.cancel_order.case'),
            ...(cancelOrder.problem?.code === 'work_order_charges_stand'
              ? [
                  <label key="invoice" className="ad-check">
                    <input type="checkbox" checked={invoice} onChange={(event) => setInvoice(event.target.checked)} />
                    {t('workorders.cancel_order.invoice')}
                  </label>,
                ]
              : []),
            ...(visit ? [t('workorders.cancel_visit.will', { number: visit.number, name: visit.engineer_name })] : []),
          ]}
          verb={t('workorders.do.cancel_order')}
          reason="required"
          busy={cancelOrder.busy}
          problem={cancelOrder.problem}
          onCancel={() => {
            cancelOrder.clear();
            setAsking(undefined);
          }}
          onConfirm={async (reason) => {
            if (!(await cancelOrder.run({ version: order.version ?? 0, reason }))) return;
            setAsking(undefined);
            announce(t('workorders.did.cancel_order', { number: order.number }));
          }}
        />
      )}
    </>
  );
  return { next, others, dialogs };
}

/** The other steps under "…", the next one beside them. */
export function StepButtons(props: {
  next: { label: string; onClick: () => void; busy?: boolean } | undefined;
  others: readonly OtherStep[];
}) {
  const t = useT();
  const { next, others } = props;
  return (
    <>
      {others.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: others.map(({ key, label, danger, reason }) => ({
              key,
              danger: danger ?? false,
              disabled: reason !== undefined,
              label: reason ? `${label} (${reason})` : label,
            })),
            onClick: ({ key }) => others.find((other) => other.key === key)?.onClick(),
          }}
        >
          <button type="button" className="ac-button" aria-haspopup="menu">
            <Icon name="more" title={t('common.other_steps')} />
          </button>
        </Dropdown>
      )}
      {next && (
        <Button kind="primary" onClick={next.onClick} busy={next.busy ?? false}>
          {next.label}
        </Button>
      )}
    </>
  );
}
