/** Where the next step of a case leads, when it is taken on another screen. Pure. */
import type { CaseView } from './requests.ts';

/** What the button says (`cases.lead.<key>`), and where it goes. */
export interface Lead {
  key: 'plan_visit' | 'assign' | 'visit' | 'invoice' | 'owed' | 'call';
  to: string;
  search?: Record<string, string | number>;
}

/** What is known beside the case itself. */
export interface Around {
  may: (...any: string[]) => boolean;
  /** The follow-up call that is owed, if this person may see it. */
  follow_up_id: string | null;
}

/**
 * The screen that the next step stands on: a work order to make, somebody to assign, the visit under way, the invoice that
 * keeps the case open, the follow-up call. None while the next step is taken here, or by somebody else.
 */
export function leadOf(
  view: Pick<CaseView, 'id' | 'state' | 'back' | 'next' | 'blockers'>,
  { may, follow_up_id }: Around,
): Lead | undefined {
  const order = view.blockers.find(({ kind }) => kind === 'work_order');
  const owed = view.blockers.find(({ kind }) => kind === 'invoice_duty');
  switch (view.state) {
    case 'onsite_agreed':
    case 'in_field': {
      if (!order) {
        return may('visits.plan')
          ? { key: 'plan_visit', to: '/work-orders/new', search: { case_id: view.id } }
          : undefined;
      }
      const to = `/work-orders/${order.key}`;
      // A step that somebody set by hand doesn't say whether a visit is planned: the work order does.
      if (view.next?.step === 'plan_visit' && may('visits.plan')) return { key: 'assign', to, search: { assign: 1 } };
      return may('visits.read') ? { key: 'visit', to } : undefined;
    }
    case 'follow_up':
      // The case can't be closed before: whoever calls would be refused.
      if (owed && may('visits.read')) {
        return { key: may('visits.invoice') ? 'invoice' : 'owed', to: `/work-orders/${owed.key}` };
      }
      if (order && may('visits.read')) return { key: 'visit', to: `/work-orders/${order.key}` };
      return follow_up_id && may('care.follow_up') ? { key: 'call', to: `/care/${follow_up_id}` } : undefined;
    default:
      return undefined;
  }
}
