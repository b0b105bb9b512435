/** What is dragged over the timeline, and what it would do where it is: the clock, what stands there, the shift. Pure but for the hand. */
import { toMs } from '../ui/format.ts';
import type { Span } from '../work-orders/words.ts';
import type { BoardBlock, BoardEngineer, BoardOrder } from './requests.ts';

export type Dragged = Pick<BoardOrder, 'work_order_id' | 'site_name' | 'duration_min' | 'due_at'>;

const quarter_ms = 15 * 60_000;

// Browsers tell what is dragged only once it is dropped; there is one pointer.
let held: Dragged | undefined;
export const hold = (order: Dragged | undefined): void => {
  held = order;
};
export const heldOrder = (): Dragged | undefined => held;

/** Where something dropped there begins: at a quarter of an hour. */
export const atQuarter = (at_ms: number): number => Math.round(at_ms / quarter_ms) * quarter_ms;

/** What it would do, as far as the board knows: ways and what follows are reckoned once it is dropped. */
export interface DropEffect {
  window: Span;
  /** Seconds between the start and when the arrival is due; negative behind it, undefined if nothing is due. */
  margin_s: number | undefined;
  /** The visit that stands there. */
  overlaps: BoardBlock | undefined;
  at_work: boolean;
}

export function dropEffect(
  order: Dragged,
  start_ms: number,
  row: { engineer: Pick<BoardEngineer, 'shifts'>; blocks: readonly BoardBlock[] },
): DropEffect {
  const end_ms = start_ms + order.duration_min * 60_000;
  const within = ({ start, end }: Span) => toMs(start) < end_ms && start_ms < toMs(end);
  return {
    window: { start: new Date(start_ms).toISOString(), end: new Date(end_ms).toISOString() },
    margin_s: order.due_at ? (toMs(order.due_at) - start_ms) / 1000 : undefined,
    // Its own visit may move over itself; who has left a place is free.
    overlaps: row.blocks.find(
      ({ order: { work_order_id }, visit_state, window }) =>
        work_order_id !== order.work_order_id && visit_state !== 'left' && within(window),
    ),
    at_work: row.engineer.shifts.some(({ start, end }) => toMs(start) <= start_ms && end_ms <= toMs(end)),
  };
}
