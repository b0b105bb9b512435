/** Whether this phone's browser keeps what waits, or may throw it away. */

/** Asks the browser not to throw away what is kept when space is short; false if it may. */
export async function askToPersist(): Promise<boolean> {
  try {
    return (await navigator.storage?.persist?.()) ?? false;
  } catch {
    return false;
  }
}

/** How safe the kept things are. */
export interface Keeping {
  /** The browser promised not to throw them away by itself. */
  persisted: boolean;
  /** Bytes that are left; undefined where the browser doesn't say. */
  left_bytes: number | undefined;
  /** Safari throws away what a page keeps after seven days without a visit, unless it is on the home screen. */
  evicts: boolean;
}

/** Below this there may be no room for the photos of a day. */
export const scarceBytes = 30 * 1024 * 1024;

/** Looks at the browser's storage; asks for its promise if there is none. */
export async function lookAtKeeping(): Promise<Keeping> {
  const persisted = (await navigator.storage?.persisted?.().catch(() => false)) || (await askToPersist());
  const estimate = await navigator.storage?.estimate?.().catch(() => undefined);
  const left_bytes = estimate?.quota === undefined ? undefined : estimate.quota - (estimate.usage ?? 0);
  const ios =
    /iPhone|iPad|iPod/.test(navigator.userAgent) ||
    (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
  const installed = matchMedia('(display-mode: standalone)').matches;
  return { persisted, left_bytes, evicts: ios && !installed };
}
