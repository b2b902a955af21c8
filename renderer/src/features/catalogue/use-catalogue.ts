import { useInfiniteQuery } from '@tanstack/react-query';
import type { EventId } from '../../../../shared/contract/values.ts';
import { useCore } from '../../lib/app-context.tsx';
import { compact, type CatalogueSearch } from '../../lib/search-params.ts';
import { pageSize, usePages } from '../../lib/use-pages.ts';

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
  return { ...usePages(list), filtered: Object.keys(filter).length > 0 };
}
