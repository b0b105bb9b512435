/**
 * What an engineer sees of visits: those that the day holds, as long as nothing done here ends them. Of the others the server
 * says 404, so the app does not ask (decision 2). Pure.
 */
import type { Op, Queue } from '../../outbox/model.ts';
import type { MyDay } from '../requests.ts';

const endings = new Set(['leave', 'decline']);

/** Whether an operation takes the visit out of its engineer's sight. */
export const endsSight = (op: Pick<Op, 'kind'>): boolean => endings.has(op.kind);

/** Whether the app may ask the server about a visit. */
export function mayAsk(day: MyDay | undefined, queue: Queue, visit_id: string): boolean {
  if (!day?.visits.some(({ id }) => id === visit_id)) return false;
  return !queue.some((op) => op.lane === visit_id && op.state === 'waiting' && endsSight(op));
}
