import { useInfiniteQuery } from '@tanstack/react-query';
import { useCore } from '../../lib/app-context.tsx';
import { filterOf } from '../../lib/catalogue-filter.ts';
import type { CatalogueSearch } from '../../lib/search-params.ts';
import { pageSize, usePages } from '../../lib/use-pages.ts';

/** The catalogue through its filter, page after page as the reader scrolls. */
export function useCatalogue(search: CatalogueSearch) {
  const { queries } = useCore();
  const filter = filterOf(search);
  const list = useInfiniteQuery({
    ...queries.catalogue.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...filter,
        limit: pageSize,
        // A list is by day unless it is said otherwise; the core would rank several words.
        order: search.order ?? 'newest',
        ...(cursor !== undefined && { cursor }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.cursor ?? undefined,
    }),
    placeholderData: (previous) => previous,
  });
  return { ...usePages(list), filter, filtered: Object.keys(filter).length > 0 };
}
