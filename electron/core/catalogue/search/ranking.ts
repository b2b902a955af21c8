import { eachBit, hasBit, type Bits } from './bits.ts';
import type { Evaluation } from './evaluation.ts';
import type { FacetTable } from './facet-table.ts';
import type { MatchRepo } from './match-repo.ts';

/** Hits with all words in the title come first, from the whole catalogue; then the best of the newest others. */
const mostInTitle = 500;
const mostRanked = 1000;

/** The hits in the order of how well they fit; behind them, the others newest first. */
export interface Ranking {
  /** Rows, the best first. */
  readonly best: readonly number[];
  /** The hits below this row are not among the best, apart from those of `inTitle`. */
  readonly floor: number;
  readonly inTitle: ReadonlySet<number>;
}

/**
 * Ranks the hits of a full-text question. To rank all of them would take seconds when there are many, for bm25 looks at
 * each; so the words decide by where they stand, and the rank among the newest.
 *
 * @param beside the places that hold by everything but the question.
 */
export function rank(
  asked: { readonly match: string; readonly beside: Bits },
  deps: { readonly repo: MatchRepo; readonly table: FacetTable },
): Ranking {
  const { repo, table } = deps;
  const isHit = (row: number): boolean => {
    const place = table.placeOf(row);
    return table.columns.row[place] === row && hasBit(asked.beside, place);
  };
  // The whole question again beside the title: a word to be left out may stand anywhere.
  const titled = repo.rows(`({title} : (${asked.match})) AND (${asked.match})`, {
    highest: Number.MAX_SAFE_INTEGER,
    lowest: 0,
    limit: mostInTitle,
  });
  const inTitle = new Set(titled.filter(isHit));
  const ranked = repo.ranked(asked.match, mostRanked);
  const others = ranked
    .filter(([row]) => !inTitle.has(row) && isHit(row))
    .sort(([, a], [, b]) => a - b)
    .map(([row]) => row);
  const floor = ranked.length < mostRanked ? 0 : (ranked.at(-1)?.[0] ?? 0);
  return { best: [...inTitle, ...others], floor, inTitle };
}

/** The rows of a page behind the best: hits below `below`, without those of the title that were shown before. */
export function behindBest(
  evaluation: Evaluation,
  table: FacetTable,
  page: { readonly ranking: Ranking | null; readonly below: number; readonly limit: number },
): number[] {
  const from = table.placeOf(page.below - 1);
  for (;;) {
    const rows: number[] = [];
    const to = evaluation.knownTo();
    eachBit(evaluation.places(), { from, to }, (place) => {
      const row = table.columns.row[place] ?? 0;
      if (!page.ranking?.inTitle.has(row)) rows.push(row);
      return rows.length < page.limit;
    });
    if (rows.length >= page.limit || to >= table.size) return rows;
    evaluation.advance();
  }
}
