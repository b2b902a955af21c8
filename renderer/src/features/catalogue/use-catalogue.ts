import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { EventId } from '../../../../shared/contract/values.ts';
import { useCore } from '../../lib/app-context.tsx';
import { compact, type CatalogueSearch } from '../../lib/search-params.ts';

const pageSize = 200;

/** The catalogue through its filter, page after page as the reader scrolls. */
export function useCatalogue(search: CatalogueSearch) {
  const { queries } = useCore();
  const { query, event, from, to, version, status } = search;
  const filter = compact({
    query,
    eventId: event as EventId | undefined,
    dayFrom: from,
    dayTo: to,
    versionKind: version,
    status,
  });
  const list = useInfiniteQuery({
    ...queries.catalogue.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...filter,
        limit: pageSize,
        ...(cursor !== undefined && { cursor }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.cursor ?? undefined,
    }),
    placeholderData: (previous) => previous,
  });
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = list;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  return {
    items,
    total: list.data?.pages[0]?.total ?? 0,
    isPending: list.isPending,
    error: list.data === undefined ? list.error : null,
    filtered: Object.keys(filter).length > 0,
    loadMore,
  };
}
