import type { Widened } from '../../../../shared/domain/search/match-expression.ts';
import { addBit, noBits, type Bits } from './bits.ts';
import { evaluate, type Evaluation } from './evaluation.ts';
import type { FacetRepo } from './facet-repo.ts';
import type { MatchRepo } from './match-repo.ts';
import { createMatches, type Matches } from './matches.ts';
import { createNames, type Names } from './names.ts';
import { planQuery, type CatalogueQuery, type FacetTest, type PlannedQuery } from './plan.ts';
import { rank, type Ranking } from './ranking.ts';
import { createRecent } from './recent.ts';
import type { TableKeeper } from './table-keeper.ts';
import { placesWhere } from './table-sets.ts';

/** Names of sources are not in catalogue.db. */
export type SourceNames = readonly { readonly id: string; readonly name: string }[];

/** Turns queries into evaluations, and keeps what was found out for as long as nothing changes. */
export interface EngineGround {
  plan(query: CatalogueQuery, sourceNames: SourceNames): PlannedQuery;
  begin(planned: PlannedQuery): Evaluation;
  /** Null when the query has nothing to rank by. */
  ranking(planned: PlannedQuery, evaluation: Evaluation): Ranking | null;
  setHeld(assetIds: readonly string[]): void;
  /**
   * Looks up, a letter at a time and once, what words begin with: the first time this reads far over the disk, and
   * whoever types a letter should not wait for it. Returns whether there may be more.
   */
  warm(): boolean;
  /** What was found out holds no longer. */
  forget(): void;
}

/** Letters that are looked up unasked: all of the alphabets, and a few of those who write without one. */
const mostLetters = 150;

/** Makes the ground that queries are answered on. */
export function createEngineGround(deps: {
  readonly keeper: TableKeeper;
  readonly facetRepo: FacetRepo;
  readonly matchRepo: MatchRepo;
}): EngineGround {
  const { keeper, facetRepo, matchRepo } = deps;
  // Each keeps its stream open until something changes: to find its place again takes as long as all before it has.
  const questions = createRecent<Matches>(24, (one) => one.pause());
  const sets = createRecent<Bits>(24);
  const rankings = createRecent<Ranking | null>(8);
  const widened = createRecent<readonly Widened[]>(200);
  const names = createRecent<Names>(2);
  let heldIds: readonly string[] = [];
  let warmed = { letter: '', count: 0 };
  const widen = (beginning: string): readonly Widened[] =>
    widened.get(beginning, () => matchRepo.widen(beginning));

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
  const known = new Map<string, readonly string[]>();
  const namesOf = (what: 'event' | 'country'): Names =>
    names.get(what, () => {
      const titles = what === 'event' ? facetRepo.eventTitles() : null;
      const nameOf = (value: string): string | undefined => (titles ? titles.get(value) : value);
      return createNames(keeper.table.words[what], { nameOf, known });
    });
  return {
    plan: (query, sourceNames) => planQuery(query, { sourceNames, widen }),
    begin: (planned) => {
      keeper.complete();
      const { table } = keeper;
      return evaluate(
        planned.plan,
        {
          table,
          places: (test: FacetTest) =>
            sets.get(JSON.stringify(test), () => placesWhere(table, test, { held, names: namesOf })),
          matches: (asked) =>
            questions.get(JSON.stringify(asked), () => createMatches({ repo: matchRepo, table }, asked)),
        },
        planned,
      );
    },
    ranking: (planned, evaluation) =>
      rankings.get(JSON.stringify(planned), () => {
        const rankable = evaluation.rankable();
        return (
          rankable && rank({ ...rankable, words: planned.words }, { repo: matchRepo, table: keeper.table })
        );
      }),
    setHeld: (assetIds) => {
      heldIds = assetIds;
      sets.clear();
      rankings.clear();
    },
    warm: () => {
      const letter = warmed.count >= mostLetters ? null : matchRepo.letterAfter(warmed.letter);
      if (letter === null) return false;
      widen(letter);
      warmed = { letter, count: warmed.count + 1 };
      return true;
    },
    forget: () => {
      for (const recent of [questions, sets, rankings, widened, names]) recent.clear();
    },
  };
}
