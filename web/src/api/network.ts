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

/** A signal that aborts after a while, or with another one; also in browsers without `AbortSignal.timeout`. */
export function within(wait_ms: number, other?: AbortSignal): AbortSignal {
  const end = new AbortController();
  setTimeout(() => end.abort(), wait_ms);
  if (other?.aborted) end.abort();
  other?.addEventListener('abort', () => end.abort(), { once: true });
  return end.signal;
}
