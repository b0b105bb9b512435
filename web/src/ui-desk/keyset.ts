/** Lists by keyset: pages of 50 that follow a cursor, put together as one list of rows. */
import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

/** A page as the server answers it. */
export interface Page<Row> {
  items: Row[];
  next?: string | null;
  /** Of a search that stopped before its end, on the first page: how many rows it found. */
  cut_at?: number | undefined;
}

/** Rows so far, and how to get more of them. */
export interface KeysetList<Row> {
  rows: readonly Row[];
  /** The rows are those of a search that stopped before its end: how many it found. */
  cut_at?: number | undefined;
  isPending: boolean;
  error: unknown;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  refetch: () => void;
}

/** `useKeysetList(keys.list('case', filter), (after) => call(api.GET('/api/cases', { params: { query: { ...filter, after } } })))` */
export function useKeysetList<Row>(
  queryKey: QueryKey,
  page: (after: string | undefined) => Promise<Page<Row>>,
): KeysetList<Row> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => page(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
  });
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  return {
    rows,
    cut_at: query.data?.pages[0]?.cut_at,
    isPending: query.isPending,
    error: query.error,
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    refetch: () => void query.refetch(),
  };
}
