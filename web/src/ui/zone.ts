/** The zone in which times are shown: the signed-in person's, until a component asks for another one (a site's). */
import { useSyncExternalStore } from 'react';

let zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'Asia/Shanghai';
const listeners = new Set<() => void>();

/** Sets the zone of this app; an unknown one is refused and the old one stays. */
export function setZone(next: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: next });
  } catch {
    return;
  }
  zone = next;
  for (const listener of listeners) listener();
}

/** The zone in use, as an IANA name. */
export function useZone(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => zone,
  );
}
