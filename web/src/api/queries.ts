/** Query keys and the query client. Keys begin with the subject's type, so that an event finds what it makes stale. */
import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from './problem.ts';

/** Keys of queries: `keys.one('case', id)`, `keys.part('case', id, 'timeline')`, `keys.list('case', filter)`. */
export const keys = {
  one: (type: string, id: string) => [type, id] as const,
  part: (type: string, id: string, part: string) => [type, id, part] as const,
  list: (type: string, filter: unknown = {}) => [type, 'list', filter] as const,
};

/** Reads are tried again twice when the server may have been away, never when it refused. */
export function shouldRetry(failures: number, error: unknown): boolean {
  const refused = error instanceof ProblemError && error.problem.status > 0 && error.problem.status < 500;
  return !refused && failures < 2;
}

/**
 * The query client of an app. Live events keep data fresh, so a read is not repeated just because a window got focus.
 * `offline` is for the app that also works without a network: its reads then fail at once and what is kept stays on screen.
 */
export function makeQueryClient(offline = false): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: shouldRetry,
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        ...(offline ? { networkMode: 'always', gcTime: Number.POSITIVE_INFINITY } : {}),
      },
    },
  });
}
