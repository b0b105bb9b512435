/**
 * The server's time, so that clocks on screen agree with it whatever the device's clock says (decision 20: the demo's
 * clock may stand in another month). The offset is learnt from each answer and kept for a start without a network.
 */
import { useSyncExternalStore } from 'react';

const storageKey = 'aftercare.clock';
let { offset_ms, drift_s } = kept();
const listeners = new Set<() => void>();

function kept(): { offset_ms: number; drift_s: number } {
  try {
    const { offset_ms, drift_s } = JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Record<string, unknown>;
    return {
      offset_ms: typeof offset_ms === 'number' ? offset_ms : 0,
      drift_s: typeof drift_s === 'number' ? drift_s : 0,
    };
  } catch {
    return { offset_ms: 0, drift_s: 0 };
  }
}

function keep() {
  try {
    localStorage.setItem(storageKey, JSON.stringify({ offset_ms, drift_s }));
  } catch {
    // Without storage the next start learns it again.
  }
}

/** Seconds from which a wrong clock of the device is told to people. */
export const tellingDriftS = 120;

/**
 * Seconds by which this device's clock is ahead of the server's machine (negative: behind). Measured by `Date`, which tells the
 * machine's own clock, also where the demo's clock stands in another month.
 */
export const deviceDriftS = (): number => drift_s;

/** The same, drawn again when it changes. */
export const useDeviceDriftS = (): number => useSyncExternalStore(subscribe, deviceDriftS);

/** Learns from the headers of an answer. `x-server-now` (RFC 3339) is exact; `Date` has whole seconds. */
export function learnServerTime(headers: Headers, received_ms = Date.now()): void {
  const exact = Date.parse(headers.get('x-server-now') ?? '');
  const rough = Date.parse(headers.get('date') ?? '');
  const server_ms = Number.isNaN(exact) ? rough + 500 : exact;
  if (Number.isNaN(server_ms)) return;
  if (!Number.isNaN(rough)) {
    const drift = Math.round((received_ms - rough - 500) / 1000);
    if (Math.abs(drift - drift_s) > 2) {
      drift_s = drift;
      keep();
      for (const listener of listeners) listener();
    }
  }
  const next = server_ms - received_ms;
  // A network delay moves the offset a little with each answer; following it would make every clock jitter.
  if (Math.abs(next - offset_ms) > 1500) {
    offset_ms = next;
    keep();
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
