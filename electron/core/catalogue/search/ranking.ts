import { hasBit, type Bits } from './bits.ts';
import type { FacetTable } from './facet-table.ts';
import type { MatchRepo } from './match-repo.ts';

/** Where the words stand says most: all in the title, then all among the names and keywords. */
const tiers = ['title', 'title people organisations place country event keywords'];
const mostOfTier = 500;
const mostRanked = 1000;
/**
 * So many places of words are looked at, which takes some ten ms. Beyond that, where they stand is only looked at among
 * the newest, and they are not ranked: words that nearly everything has say little.
 */
const mostToLookAt = 300_000;
const sample = 100;

/** The hits in the order of how well they fit; behind them, the others newest first. */
export interface Ranking {
  /** Rows, the best first. */
  readonly best: readonly number[];
  /** Hits below this row are not among the best, apart from those of `fromAll`. */
  readonly floor: number;
  /** Those of the best that were taken from the whole catalogue. */
  readonly fromAll: ReadonlySet<number>;
}

/** What is ranked. */
export interface Rankable {
  readonly match: string;
  /** The places that hold by everything but the match. */
  readonly beside: Bits;
  /** The words of the match, each by itself. */
  readonly words: readonly string[];
}

/**
 * Ranks the hits of a full-text question. To rank all of them would take seconds when there are many, for bm25 looks at
 * each; so where the words stand decides first, over the whole catalogue, and bm25 among the newest of the others.
 */
export function rank(
  asked: Rankable,
  deps: { readonly repo: MatchRepo; readonly table: FacetTable },
): Ranking {
  const { repo, table } = deps;
  const isHit = (row: number): boolean => {
    const place = table.placeOf(row);
    return table.columns.row[place] === row && hasBit(asked.beside, place);
  };
  const frequency = asked.words.reduce((sum, word) => sum + estimate(word, deps), 0);
  const lookedAt = Math.floor((table.size * mostToLookAt) / Math.max(1, frequency));
  const lowest = lookedAt < table.size ? (table.columns.row[lookedAt] ?? 0) : 0;
  const fromAll = new Set<number>();
  for (const columns of tiers) {
    const within = `{${columns}} : (${asked.match})`;
    // The whole question again beside the tier: a word to be left out may stand anywhere.
    const tier = asked.match.includes(' NOT ') ? `(${within}) AND (${asked.match})` : within;
    const found = repo.newest(tier, { lowest, limit: mostOfTier });
    for (const row of found) if (isHit(row)) fromAll.add(row);
  }
  const ranked = frequency < mostToLookAt ? repo.ranked(asked.match, mostRanked) : [];
  const others = ranked
    .filter(([row]) => !fromAll.has(row) && isHit(row))
    .sort(([, a], [, b]) => a - b)
    .map(([row]) => row);
  const floor = ranked.length === 0 ? Number.MAX_SAFE_INTEGER : (ranked.at(-1)?.[0] ?? 0);
  return { best: [...fromAll, ...others], floor, fromAll };
}

/** How many assets have a word, by how close together the newest of them stand. */
function estimate(word: string, { repo, table }: { repo: MatchRepo; table: FacetTable }): number {
  const rows = repo.newest(word, { lowest: 0, limit: sample });
  const last = rows.at(-1);
  if (rows.length < sample || last === undefined) return rows.length;
  return (table.size * sample) / Math.max(1, table.placeOf(last));
}
