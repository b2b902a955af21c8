import type { AssetListRow } from '../catalogue-read-repo.ts';
import type { Connection } from '../../storage/open-database.ts';
import { countBits } from './bits.ts';
import { countFacets, type FacetGroup } from './count-facets.ts';
import { createEngineGround, type SourceNames } from './engine-ground.ts';
import type { Evaluation } from './evaluation.ts';
import { createFacetRepo } from './facet-repo.ts';
import { findPage, rowOfCursor } from './find-page.ts';
import { createMatchRepo } from './match-repo.ts';
import { createPageRepo } from './page-repo.ts';
import type { CatalogueQuery } from './plan.ts';
import { createSuggestions, type Suggestion, type SuggestField } from './suggestions.ts';
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
const countPageMs = 14;
const countFacetsMs = 45;

/**
 * Searches catalogue.db through a connection that nobody else reads by. Plain and synchronous; what is left to be done
 * is done by `goOn` when nothing is asked.
 */
export function createSearchEngine(db: Connection, now: () => number) {
  const facetRepo = createFacetRepo(db);
  const matchRepo = createMatchRepo(db);
  const pageRepo = createPageRepo(db);
  const suggestions = createSuggestions(db);
  const keeper = createTableKeeper(facetRepo, now);
  const ground = createEngineGround({ keeper, facetRepo, matchRepo });
  let unfinished: Evaluation | null = null;

  /** Takes over what others have written since. */
  const refresh = (): void => {
    if (!keeper.refresh()) return;
    ground.forget();
    unfinished = null;
  };
  /** Counts on until the time is over; what is left is done when nothing is asked. */
  const count = (evaluation: Evaluation, until: number): { total: number; exact: boolean } => {
    const { size } = keeper.table;
    while (evaluation.knownTo() < size && now() + evaluation.nextMs() < until) evaluation.advance();
    const known = evaluation.knownTo();
    unfinished = known < size ? evaluation : null;
    return { total: countBits(evaluation.places(), known), exact: known >= size && keeper.isCurrent() };
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
        const page = { below: rowOfCursor(cursor), limit: limit + 1, withTwins: planned.withTwins };
        const found = pageRepo.matching(planned.plan.match, page);
        const rows = found.slice(0, limit);
        return {
          rows,
          cursor: found.length > limit ? String(rows.at(-1)?.row) : null,
          total: rows.length,
          exact: false,
          order: wanted,
          ms: now() - startedAt,
        };
      }
      const evaluation = ground.begin(planned);
      const ranking = wanted === 'relevance' ? ground.ranking(planned, evaluation) : null;
      const found = findPage({ evaluation, ranking, table: keeper.table }, { cursor, limit });
      const counted = count(evaluation, startedAt + countPageMs);
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
      const counted = count(evaluation, startedAt + countFacetsMs);
      const hits = { table: keeper.table, places: evaluation.places(), to: evaluation.knownTo() };
      const sourceName = (id: string): string | undefined =>
        asked.sourceNames.find((source) => source.id === id)?.name;
      const groups = countFacets(hits, { source: sourceName, event: facetRepo.eventTitle });
      return { ...counted, groups, ms: now() - startedAt };
    },
    /** Completes what is being typed into a field. */
    suggest: (asked: { field: SuggestField; text: string; limit: number }): Suggestion[] =>
      suggestions.find(asked),
    /** How many assets are listed when nothing is asked. */
    countAll: (): { total: number; exact: boolean } => {
      refresh();
      if (!keeper.isWhole() || !keeper.isCurrent()) return { total: pageRepo.countAll(), exact: true };
      return { total: countBits(keeper.table.listed(), keeper.table.size), exact: true };
    },
    /** Told by whoever wrote: these rows are others now, or gone. */
    rowsChanged: (rows: readonly number[] | 'all'): void => keeper.rowsChanged(rows),
    /** Which assets are here. */
    setHeld: (assetIds: readonly string[]): void => ground.setHeld(assetIds),
    /** Does a little of what is left to be done, some ms. Returns whether there may be more. */
    goOn: (): boolean => {
      if (keeper.goOn()) return true;
      refresh();
      if (unfinished === null) return false;
      unfinished.advance();
      if (unfinished.knownTo() >= keeper.table.size) unfinished = null;
      return true;
    },
    /** Whether all that was written is known; if not, `goOn` is worth a call some seconds later. */
    isCurrent: (): boolean => keeper.isCurrent(),
  };
}
