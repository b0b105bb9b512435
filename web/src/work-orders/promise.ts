/** A window that was chosen with the customer, on its way in the address from the new order to who goes. Pure. */
import { toMs } from '../ui/format.ts';
import type { Preset } from './proposals.desk.tsx';
import type { OfferedWindow } from './requests.ts';

/** By when somebody is promised with a window; nothing besides the visit's own end where that is all the window leaves. */
export const untilOf = ({ visit, window }: OfferedWindow): string | undefined =>
  toMs(window.end) > toMs(visit.start) ? window.end : undefined;

export const promiseSearch = ({ engineer_id, visit, window }: OfferedWindow) => ({
  engineer: engineer_id,
  start: visit.start,
  until: window.end,
});

/** Who was offered, when, and by when the customer was promised somebody; nothing if the address says no such thing. */
export function presetOf(search: { engineer?: unknown; start?: unknown; until?: unknown }): Preset | undefined {
  const { engineer, start, until } = search;
  if (typeof engineer !== 'string' || typeof start !== 'string' || typeof until !== 'string') return undefined;
  const [start_ms, until_ms] = [toMs(start), toMs(until)];
  return Number.isFinite(start_ms) && until_ms > start_ms ? { engineer_id: engineer, start_ms, until_ms } : undefined;
}
