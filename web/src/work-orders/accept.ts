/** What is accepted of a plan, as the server takes it: by the versions that were seen. Pure. */
import type { Schemas } from './requests.ts';

type PlanMove = Pick<Schemas['PlanMove'], 'visit_id' | 'version' | 'window' | 'chosen' | 'work_order_id'>;
type PlanProposal = Pick<Schemas['PlanProposal'], 'work_order_id' | 'version' | 'window' | 'chosen'>;

/** Moves keep the order of the plan, in which they can be made one after the other. */
export function acceptance(
  proposals: readonly PlanProposal[],
  moves: readonly PlanMove[],
  {
    reason,
    planned_as,
    at_customers_wish = false,
  }: { reason: string; planned_as: Schemas['PlannedAs']; at_customers_wish?: boolean },
): Schemas['AcceptPlan'] {
  return {
    moves: moves.map(({ visit_id, version, window, chosen }) => ({
      visit_id,
      version,
      engineer_id: chosen.engineer_id,
      window_start: window.start,
      window_end: window.end,
    })),
    visits: proposals.map(({ work_order_id, version, window, chosen }) => ({
      work_order_id,
      version,
      engineer_id: chosen.engineer_id,
      window_start: window.start,
      window_end: window.end,
      ...(at_customers_wish ? { at_customers_wish } : {}),
    })),
    planned_as,
    ...(moves.length > 0 ? { reason } : {}),
  };
}

/** The work order that a refusal is about: `/visits/1` names the second of the visits that were sent. */
export function refusedOrder(
  pointers: readonly string[],
  proposals: readonly PlanProposal[],
  moves: readonly PlanMove[],
): string | undefined {
  for (const pointer of pointers) {
    const [, list, at] = /^\/(visits|moves)\/(\d+)(\/|$)/.exec(pointer) ?? [];
    const found = list === 'visits' ? proposals[Number(at)] : list === 'moves' ? moves[Number(at)] : undefined;
    if (found) return found.work_order_id;
  }
  return undefined;
}
