/**
 * The server's time, so that clocks on screen agree with it whatever the device's clock says (decision 20: the demo's
 * clock may stand in another month). The offset is learnt from each answer.
 */
import { useSyncExternalStore } from 'react';

let offset_ms = 0;
const listeners = new Set<() => void>();

/** Learns from the headers of an answer. `x-server-now` (RFC 3339) is exact; `Date` has whole seconds. */
export function learnServerTime(headers: Headers, received_ms = Date.now()): void {
  const exact = Date.parse(headers.get('x-server-now') ?? '');
  const rough = Date.parse(headers.get('date') ?? '');
  const server_ms = Number.isNaN(exact) ? rough + 500 : exact;
  if (Number.isNaN(server_ms)) return;
  const next = server_ms - received_ms;
  // A network delay moves the offset a little with each answer; following it would make every clock jitter.
  if (Math.abs(next - offset_ms) > 1500) {
    offset_ms = next;
    for (const listener of listeners) listener();
  }
}

/** The server's time now, in milliseconds since 1970. */
export function serverNow(): number {
  return Date.now() + offset_ms;
}

let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== undefined) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The server's time, cut to whole steps of `step_ms`: the component is drawn again once per step, not every second. */
export function useServerNow(step_ms = 1000): number {
  return useSyncExternalStore(subscribe, () => Math.floor(serverNow() / step_ms) * step_ms);
}
