import type { AssetListRow } from '../catalogue-read-repo.ts';
import type { Connection } from '../../storage/open-database.ts';
import { countBits } from './bits.ts';
import { createCounting } from './counting.ts';
import { countFacets, type FacetGroup } from './count-facets.ts';
import { createEngineGround, type SourceNames } from './engine-ground.ts';
import { createFacetRepo } from './facet-repo.ts';
import { findPage, rowOfCursor } from './find-page.ts';
import { createMatchRepo } from './match-repo.ts';
import { createPageRepo, type PageRepo } from './page-repo.ts';
import type { CatalogueQuery } from './plan.ts';
import { createSuggestions } from './suggestions.ts';
import { createTableKeeper } from './table-keeper.ts';

/** The order of a list. */
export type Order = 'newest' | 'relevance';

/** A page that is asked for. `cursor` is one that was given with the page before. */
export interface PageAsked {
  readonly cursor?: string | undefined;
  readonly limit: number;
  /** Left out, one word lists by date and more rank. */
  readonly order?: Order | undefined;
}

/** A page of what was found. */
export interface FoundPage {
  readonly rows: AssetListRow[];
  readonly cursor: string | null;
  readonly total: number;
  /** Whether all hits were counted; else there are at least so many. */
  readonly exact: boolean;
  readonly order: Order;
  readonly ms: number;
}

/** What the hits are made of. */
export interface FoundFacets {
  readonly total: number;
  /** Whether all hits were counted; else there are at least so many. */
  readonly exact: boolean;
  readonly groups: FacetGroup[];
  readonly ms: number;
}

/** A query as the engine is asked it. */
export interface AskedQuery {
  readonly query: CatalogueQuery;
  readonly sourceNames: SourceNames;
}

// For how long hits are counted beyond what a page needs: behind that, what is known is said to be the least.
const countPageMs = 8;
const countFacetsMs = 45;

/** What a search engine works with: two connections to catalogue.db that nobody else uses, and a monotonic clock. */
export interface SearchEngineDeps {
  readonly db: Connection;
  /** For what is read in slices: while that goes on, it sees nothing that is new. */
  readonly streams: Connection;
  readonly now: () => number;
}

/** Searches catalogue.db. Plain and synchronous; what is left to be done is done by `goOn` when nothing is asked. */
export function createSearchEngine({ db, streams, now }: SearchEngineDeps) {
  const facetRepo = createFacetRepo(db);
  const matchRepo = createMatchRepo(db, streams);
  const pageRepo = createPageRepo(db);
  const suggestions = createSuggestions(db);
  const keeper = createTableKeeper(facetRepo, now);
  const ground = createEngineGround({ keeper, facetRepo, matchRepo });
  const counting = createCounting({ keeper, now });

  /** Takes over what others have written since. */
  const refresh = (): void => {
    if (!keeper.refresh()) return;
    ground.forget();
    counting.giveUp();
  };
  return {
    /** Finds a page. */
    find: (asked: AskedQuery & { page: PageAsked }): FoundPage => {
      const startedAt = now();
      refresh();
      const planned = ground.plan(asked.query, asked.sourceNames);
      const { cursor, limit } = asked.page;
      const wanted = asked.page.order ?? (planned.words.length > 1 ? 'relevance' : 'newest');
      // While the table is being read, a list by date can do without.
      if (!keeper.isWhole() && planned.plan.kind === 'match' && wanted === 'newest') {
        const { withTwins } = planned;
        const found = byDate(pageRepo, { match: planned.plan.match, withTwins, cursor, limit });
        return { ...found, ms: now() - startedAt };
      }
      const evaluation = ground.begin(planned);
      const ranking = wanted === 'relevance' ? ground.ranking(planned, evaluation) : null;
      const found = findPage({ evaluation, ranking, table: keeper.table }, { cursor, limit });
      const counted = counting.count(evaluation, startedAt + countPageMs);
      return {
        rows: pageRepo.rows(found.rows),
        cursor: found.cursor,
        // Hits of the page are hits, whatever was counted.
        total: Math.max(counted.total, found.rows.length),
        exact: counted.exact,
        order: ranking ? 'relevance' : 'newest',
        ms: now() - startedAt,
      };
    },
    /** Counts what hits are made of. */
    facets: (asked: AskedQuery): FoundFacets => {
      const startedAt = now();
      refresh();
      const evaluation = ground.begin(ground.plan(asked.query, asked.sourceNames));
      const counted = counting.count(evaluation, startedAt + countFacetsMs);
      const hits = { table: keeper.table, places: evaluation.places(), to: evaluation.knownTo() };
      const groups = countFacets(hits, {
        source: (id) => asked.sourceNames.find((source) => source.id === id)?.name,
        event: facetRepo.eventTitle,
      });
      return { ...counted, groups, ms: now() - startedAt };
    },
    suggest: suggestions.find,
    /** How many assets are listed when nothing is asked. */
    countAll: (): { total: number; exact: boolean } => {
      refresh();
      if (!keeper.isWhole() || !keeper.isCurrent()) return { total: pageRepo.countAll(), exact: true };
      return { total: countBits(keeper.table.listed(), keeper.table.size), exact: true };
    },
    /** Told by whoever wrote: these rows are others now, or gone. */
    rowsChanged: keeper.rowsChanged,
    /** The same by their ids, of assets that are still there and where they were. */
    assetsChanged: (assetIds: readonly string[]): void =>
      keeper.rowsChanged(assetIds.flatMap((id) => facetRepo.rowOf(id) ?? [])),
    /** Which assets are here. */
    setHeld: ground.setHeld,
    /** Does a little of what is left to be done, some ms. Returns whether there may be more. */
    goOn: (): boolean => {
      if (keeper.goOn()) return true;
      refresh();
      return counting.goOn() || (keeper.isWhole() && ground.warm());
    },
    /** Lets go of the database. */
    close: ground.forget,
    /** Whether all that was written is known; if not, `goOn` is worth a call some seconds later. */
    isCurrent: keeper.isCurrent,
  };
}

/** A page without the table: nothing is counted. */
function byDate(
  pages: PageRepo,
  asked: { match: string; withTwins: boolean; cursor: string | undefined; limit: number },
): Omit<FoundPage, 'ms'> {
  const { match, withTwins, limit } = asked;
  const below = rowOfCursor(asked.cursor);
  const found = pages.matching(match, { below, limit: limit + 1, withTwins });
  const rows = found.slice(0, limit);
  const cursor = found.length > limit ? String(rows.at(-1)?.row) : null;
  return { rows, cursor, total: rows.length, exact: false, order: 'newest' };
}
