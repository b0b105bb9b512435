/** What the board shows of what was read: the strip's filters, what was typed, sorting. Pure. */
import { toMs } from '../ui/format.ts';
import type { BoardBlock, BoardOrder } from './requests.ts';

/** The filters of the home strip. */
export const stripKeys = ['unassigned', 'due_soon', 'breached', 'behind_plan'] as const;
export type StripKey = (typeof stripKeys)[number];

const hour_ms = 3_600_000;

/** What is asked of an order or block. */
export interface BoardFilter {
  strip: StripKey | undefined;
  skill: string;
  severity: string;
  text: string;
}

function asked(order: BoardOrder, filter: BoardFilter, engineer: string): boolean {
  if (filter.skill && order.skill !== filter.skill) return false;
  if (filter.severity && order.severity !== filter.severity) return false;
  const text = filter.text.trim().toLowerCase();
  return (
    text === '' ||
    [order.number, order.case_number, order.site_name, engineer].some((value) => value.toLowerCase().includes(text))
  );
}

function byDue(order: BoardOrder, strip: StripKey, now_ms: number): boolean {
  if (!order.due_at) return false;
  const left_ms = toMs(order.due_at) - now_ms;
  return strip === 'breached' ? left_ms < 0 : left_ms >= 0 && left_ms <= hour_ms;
}

/** Whether an unscheduled order passes. Nobody is planned for it, so it can't be behind its plan. */
export function orderPasses(order: BoardOrder, filter: BoardFilter, now_ms: number): boolean {
  if (!asked(order, filter, '')) return false;
  const { strip } = filter;
  if (strip === undefined || strip === 'unassigned') return true;
  return strip !== 'behind_plan' && byDue(order, strip, now_ms);
}

/** Whether a visit passes. Once somebody has arrived, the arrival can't be due or broken any more. */
export function blockPasses(block: BoardBlock, filter: BoardFilter, engineer: string, now_ms: number): boolean {
  if (!asked(block.order, filter, engineer)) return false;
  const { strip } = filter;
  if (strip === undefined) return true;
  if (strip === 'unassigned') return false;
  if (strip === 'behind_plan') return block.behind;
  return !block.arrived_at && byDue(block.order, strip, now_ms);
}

/** The columns by which the unscheduled list is sorted. */
export const sortKeys = ['due', 'severity', 'site', 'skill', 'duration'] as const;
export type SortKey = (typeof sortKeys)[number];

/** Sorted anew; what is equal stays by due time, what has none comes last. */
export function sorted(orders: readonly BoardOrder[], by: SortKey, descending: boolean): BoardOrder[] {
  const due = (order: BoardOrder) => (order.due_at ? toMs(order.due_at) : Number.MAX_SAFE_INTEGER);
  const compare: Record<SortKey, (a: BoardOrder, b: BoardOrder) => number> = {
    due: () => 0,
    severity: (a, b) => Number(b.severity === 'major') - Number(a.severity === 'major'),
    site: (a, b) => a.site_name.localeCompare(b.site_name, 'zh-CN'),
    skill: (a, b) => (a.skill ?? '').localeCompare(b.skill ?? ''),
    duration: (a, b) => a.duration_min - b.duration_min,
  };
  const sign = descending ? -1 : 1;
  return [...orders].sort(
    (a, b) => sign * (compare[by](a, b) || (by === 'due' ? due(a) - due(b) : 0)) || due(a) - due(b),
  );
}
