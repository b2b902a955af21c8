import type { Hit } from '../../../shared/contract/search.ts';

/** Where to look. */
export type Place = 'catalogue' | 'library' | 'events' | 'all';

interface Found {
  readonly total: number;
  /** Absent where everything is counted anyway. */
  readonly exact?: boolean;
  readonly items: readonly Hit[];
  readonly cursor: string | null;
}

interface Page {
  readonly query: string;
  readonly cursor: string | undefined;
  readonly limit: number;
}

/** One search over the three areas, each of which knows how to look through its own. */
export function createSearch(deps: {
  catalogue: (page: Page, signal: AbortSignal | undefined) => Promise<Found>;
  library: (page: Page) => Found;
  events: (page: Page) => Found;
}) {
  const places = { library: deps.library, catalogue: deps.catalogue, events: deps.events };
  return {
    find: async (wanted: Page & { in: Place }, signal?: AbortSignal) => {
      const startedAt = performance.now();
      // A cursor belongs to one place, so a search everywhere gives the first page of each.
      const found =
        wanted.in === 'all'
          ? together(
              await Promise.all(
                Object.values(places).map(async (find) => find({ ...wanted, cursor: undefined }, signal)),
              ),
            )
          : await places[wanted.in](wanted, signal);
      return {
        ...found,
        exact: found.exact ?? true,
        items: [...found.items],
        ms: performance.now() - startedAt,
      };
    },
  };
}

function together(all: readonly Found[]): Found {
  return {
    total: all.reduce((sum, { total }) => sum + total, 0),
    exact: all.every(({ exact = true }) => exact),
    items: all.flatMap(({ items }) => items),
    cursor: null,
  };
}
