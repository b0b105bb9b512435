/** Answers that are kept on the phone, so that its screens open without a signal. */
import { hashKey, type QueryClient } from '@tanstack/react-query';
import { dropSentFiles, forgetReads, keepRead, keptReads } from './store.ts';

/** Kept answers older than this are of a day that is over. */
const lifetime_ms = 4 * 24 * 3600 * 1000;

/** What is kept: who one is, the day, visits, service orders, coverage, the letterhead, the devices of the day's sites. */
export function isKept(query_key: readonly unknown[]): boolean {
  const [type, second, third] = query_key;
  if (type === 'me') return true;
  if (type === 'visit') return true;
  if (type === 'hotline' || type === 'asset') return second === 'list' && typeof third === 'object';
  return (
    (type === 'work_order' && third === 'service_order' && second !== 'list') ||
    (type === 'case' && third === 'coverage')
  );
}

/** Puts what is kept on screen, and keeps what is read from now on. */
export async function keepReads(queries: QueryClient): Promise<void> {
  try {
    const now_ms = Date.now();
    const stale: string[] = [];
    for (const { key, query_key, data, at_ms } of await keptReads()) {
      if (now_ms - at_ms > lifetime_ms) stale.push(key);
      else if (queries.getQueryData(query_key) === undefined)
        queries.setQueryData(query_key, data, { updatedAt: at_ms });
    }
    if (stale.length > 0) await forgetReads(stale);
  } catch {
    // A phone that keeps nothing still works with a signal; the outbox says so where it matters.
  }
  queries.getQueryCache().subscribe((event) => {
    const { query } = event;
    if (event.type !== 'updated' || event.action.type !== 'success' || !isKept(query.queryKey)) return;
    const read = {
      key: hashKey(query.queryKey),
      query_key: query.queryKey,
      data: query.state.data,
      at_ms: query.state.dataUpdatedAt,
    };
    void keepRead(read).catch(() => {});
  });
}

/** Forgets every kept answer and photo: the session ended, or somebody else signed in. What waits to be sent stays. */
export async function wipeReads(queries: QueryClient): Promise<void> {
  queries.clear();
  await forgetKept();
}

/** Forgets what this phone keeps of answers and of photos that the server has. */
export async function forgetKept(): Promise<void> {
  await forgetReads().catch(() => {});
  await dropSentFiles(() => false).catch(() => {});
}
