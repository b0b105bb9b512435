/** Whether the device has a network at all; whether the server answers is told by `useLiveState`. */
import { useSyncExternalStore } from 'react';

function subscribe(listener: () => void) {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

/** True while the browser says that there is a network. */
export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine);
}

/** A signal that aborts after a while, also in browsers without `AbortSignal.timeout`. */
export function within(wait_ms: number): AbortSignal {
  if (typeof AbortSignal.timeout === 'function') return AbortSignal.timeout(wait_ms);
  const late = new AbortController();
  setTimeout(() => late.abort(), wait_ms);
  return late.signal;
}
