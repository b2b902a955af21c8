import { useInfiniteQuery } from '@tanstack/react-query';
import type { EventId } from '../../../../shared/contract/values.ts';
import { useCore } from '../../lib/app-context.tsx';
import { compact, type LibrarySearch } from '../../lib/search-params.ts';
import { pageSize, usePages } from '../../lib/use-pages.ts';

/** The library through its filter, page after page as the reader scrolls. */
export function useLibrary(search: LibrarySearch) {
  const { queries } = useCore();
  const { query, event, from, to, tag } = search;
  const filter = compact({
    query,
    eventId: event as EventId | undefined,
    dayFrom: from,
    dayTo: to,
    tag,
  });
  const list = useInfiniteQuery({
    ...queries.library.list.infiniteOptions({
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
  return { ...usePages(list), filtered: Object.keys(filter).length > 0 };
}
