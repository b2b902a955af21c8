import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';

/** Rows that a list asks for at once. */
export const pageSize = 200;

interface Page<Item> {
  readonly total: number;
  readonly exact?: boolean;
  readonly items: readonly Item[];
}

/** The pages of a list that were read so far as one list, and the way to the next of them. */
export function usePages<Item>(list: UseInfiniteQueryResult<InfiniteData<Page<Item>>>) {
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = list;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  return {
    items,
    total: list.data?.pages[0]?.total ?? 0,
    /** Whether all of them were counted; else there are at least so many. */
    exact: list.data?.pages[0]?.exact ?? true,
    isPending: list.isPending,
    error: list.data === undefined ? list.error : null,
    loadMore,
  };
}
