import type { AssetListRow } from '../catalogue-read-repo.ts';
import type { Connection } from '../../storage/open-database.ts';
import { countBits, noBits, addBit, type Bits } from './bits.ts';
import { countFacets, type FacetGroup } from './count-facets.ts';
import { evaluate, type Evaluation } from './evaluation.ts';
import { createFacetRepo } from './facet-repo.ts';
import { createTableKeeper } from './table-keeper.ts';
import { createMatchRepo } from './match-repo.ts';
import { createMatches, type Matches } from './matches.ts';
import { createPageRepo } from './page-repo.ts';
import { planQuery, type CatalogueQuery, type FacetTest, type PlannedQuery } from './plan.ts';
import { behindBest, rank, type Ranking } from './ranking.ts';
import { createRecent } from './recent.ts';
import { createSuggestions, type Suggestion, type SuggestField } from './suggestions.ts';
import { placesWhere } from './table-sets.ts';

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
  readonly exact: boolean;
  readonly groups: FacetGroup[];
  readonly ms: number;
}

/** Names of sources are not in catalogue.db. */
export type SourceNames = readonly { readonly id: string; readonly name: string }[];

// For how long hits are counted beyond what a page needs: behind that, what is known is said to be the least.
const countPageMs = 14;
const countFacetsMs = 40;

/**
 * Searches catalogue.db through a connection that nobody else reads by. Plain and synchronous; what is left to be done
 * is done by `goOn` when nothing is asked.
 */
export function createSearchEngine(db: Connection, now: () => number = () => performance.now()) {
  const facetRepo = createFacetRepo(db);
  const matchRepo = createMatchRepo(db);
  const pageRepo = createPageRepo(db);
  const keeper = createTableKeeper(facetRepo, now);
  const suggestions = createSuggestions(db);
  const questions = createRecent<Matches>(24);
  const sets = createRecent<Bits>(24);
  const rankings = createRecent<Ranking>(8);
  const letters = createRecent<readonly string[]>(200);
  let heldIds: readonly string[] = [];
  let unfinished: Evaluation | null = null;

  /** Takes over what others have written since. */
  const refresh = (): void => {
    if (!keeper.refresh()) return;
    for (const recent of [questions, sets, rankings, letters]) recent.clear();
    unfinished = null;
  };
  const held = (): Bits => {
    const { table } = keeper;
    const bits = noBits(table.size);
    for (const id of heldIds) {
      const row = facetRepo.rowOf(id);
      const place = row === undefined ? table.size : table.placeOf(row);
      if (row !== undefined && table.columns.row[place] === row) addBit(bits, place);
    }
    return bits;
  };
  const places = (test: FacetTest): Bits =>
    sets.get(JSON.stringify(test), () => placesWhere(keeper.table, test, held));
  const plan = (query: CatalogueQuery, sourceNames: SourceNames): PlannedQuery =>
    planQuery(query, {
      sourceNames,
      // Only single letters: from two on there is an index.
      widen: (word) =>
        [...word].length === 1 ? letters.get(word, () => matchRepo.beginnings(word)) : undefined,
    });
  const begin = (planned: PlannedQuery): Evaluation => {
    keeper.complete();
    return evaluate(
      planned.plan,
      {
        table: keeper.table,
        places,
        matches: (asked) =>
          questions.get(JSON.stringify(asked), () =>
            createMatches({ repo: matchRepo, table: keeper.table }, asked),
          ),
      },
      planned,
    );
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
    find: (asked: { query: CatalogueQuery; page: PageAsked; sourceNames: SourceNames }): FoundPage => {
      const startedAt = now();
      refresh();
      const planned = plan(asked.query, asked.sourceNames);
      const { cursor, limit } = asked.page;
      const wanted = asked.page.order ?? (planned.words > 1 ? 'relevance' : 'newest');
      if (!keeper.isWhole() && planned.plan.kind === 'match' && wanted === 'newest') {
        const below = rowOfCursor(cursor);
        const rows = pageRepo.matching(planned.plan.match, {
          below,
          limit: limit + 1,
          withTwins: planned.withTwins,
        });
        const known = { total: rows.length, exact: false, order: wanted, ms: now() - startedAt };
        return { ...known, ...cut(rows, limit, (last) => String(last.row)) };
      }
      const evaluation = begin(planned);
      const question = wanted === 'relevance' ? evaluation.rankable() : null;
      const ranking =
        question &&
        rankings.get(JSON.stringify(planned), () => rank(question, { repo: matchRepo, table: keeper.table }));
      const found = pageOf({ evaluation, ranking, cursor, limit });
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
    facets: (asked: { query: CatalogueQuery; sourceNames: SourceNames }): FoundFacets => {
      const startedAt = now();
      refresh();
      const planned = plan(asked.query, asked.sourceNames);
      const evaluation = begin(planned);
      const counted = count(evaluation, startedAt + countFacetsMs);
      const groups = countFacets(
        { table: keeper.table, places: evaluation.places(), to: evaluation.knownTo() },
        { source: (id) => asked.sourceNames.find((one) => one.id === id)?.name, event: facetRepo.eventTitle },
      );
      return { ...counted, groups, ms: now() - startedAt };
    },
    /** Completes what is being typed into a field. */
    suggest: (asked: { field: SuggestField; text: string; limit: number }): Suggestion[] =>
      suggestions.find(asked),
    /** How many assets are listed when nothing is asked. */
    countAll: (): { total: number; exact: boolean } => {
      refresh();
      if (!keeper.isWhole()) return { total: pageRepo.countAll(), exact: true };
      return { total: countBits(keeper.table.listed(), keeper.table.size), exact: keeper.isCurrent() };
    },
    /** Told by whoever wrote: these rows are others now, or gone. */
    rowsChanged: (rows: readonly number[] | 'all'): void => keeper.rowsChanged(rows),
    /** Which assets are here. */
    setHeld: (assetIds: readonly string[]): void => {
      heldIds = assetIds;
      sets.clear();
    },
    /** Does a little of what is left to be done, some ms. Returns whether there is more. */
    goOn: (): boolean => {
      if (keeper.goOn()) return true;
      refresh();
      if (unfinished === null) return false;
      unfinished.advance();
      if (unfinished.knownTo() >= keeper.table.size) unfinished = null;
      return true;
    },
  };

  function pageOf(asked: {
    evaluation: Evaluation;
    ranking: Ranking | null;
    cursor: string | undefined;
    limit: number;
  }): { rows: number[]; cursor: string | null } {
    const { evaluation, ranking, limit } = asked;
    const offset = ranking ? offsetOfCursor(asked.cursor) : null;
    const best = ranking && offset !== null ? ranking.best.slice(offset, offset + limit) : [];
    if (ranking && offset !== null && offset + best.length < ranking.best.length)
      return { rows: best, cursor: `best-${offset + best.length}` };
    const below = ranking && offset !== null ? ranking.floor : rowOfCursor(asked.cursor);
    const more = behindBest(evaluation, keeper.table, { ranking, below, limit: limit + 1 - best.length });
    const rows = [...best, ...more].slice(0, limit);
    const goesOn = best.length + more.length > limit;
    // A page may end with the last of the best: then the others begin below the floor.
    const last = rows.length > best.length ? rows.at(-1) : below;
    return { rows, cursor: goesOn ? String(last) : null };
  }
}
export type SearchEngine = ReturnType<typeof createSearchEngine>;

function cut<R>(
  rows: R[],
  limit: number,
  cursorOf: (last: R) => string,
): { rows: R[]; cursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, cursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}

/** The row below which a page begins. */
function rowOfCursor(cursor: string | undefined): number {
  const row = Number(cursor ?? Number.MAX_SAFE_INTEGER);
  return Number.isSafeInteger(row) ? row : Number.MAX_SAFE_INTEGER;
}

/** Where among the best a page begins; null for a page behind them. */
function offsetOfCursor(cursor: string | undefined): number | null {
  if (cursor === undefined) return 0;
  const offset = /^best-(\d{1,9})$/.exec(cursor)?.[1];
  return offset === undefined ? null : Number(offset);
}
