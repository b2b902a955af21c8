import { addAll, addRange, invert, keepBoth, noBits, type Bits } from './bits.ts';
import type { FacetTable } from './facet-table.ts';
import type { Matches } from './matches.ts';
import type { FacetTest, Plan } from './plan.ts';

/** A plan being answered: what holds, from the newest on, as far as it was needed. */
export interface Evaluation {
  /** The places that all of the plan holds of. Only those before `knownTo` count. */
  places(): Bits;
  /** The first place of which it is not known yet; the number of all places when everything is known. */
  knownTo(): number;
  /** Finds out more, at the least known part. */
  advance(): void;
  /**
   * The full-text question that every hit must answer and the places that hold by the rest, when the rest is known
   * without another such question: then hits can be ranked by it.
   */
  rankable(): { readonly match: string; readonly beside: Bits } | null;
}

/** What a plan is answered from. */
export interface Ground {
  readonly table: FacetTable;
  readonly matches: (asked: { match: string; from: number; end: number }) => Matches;
  readonly places: (test: FacetTest) => Bits;
}

/** Begins to answer a plan. */
export function evaluate(plan: Plan, ground: Ground, { withTwins }: { withTwins: boolean }): Evaluation {
  const { table } = ground;
  const parts = plan.kind === 'and' ? plan.of : [plan];
  const range = commonRange(parts, table);
  const questions = new Map<string, Matches>();
  for (const match of matchesIn(plan)) questions.set(match, ground.matches({ match, ...range }));
  const all = [...questions.values()];
  const least = (): Matches | undefined =>
    all.reduce<Matches | undefined>((low, one) => (low && low.knownTo <= one.knownTo ? low : one), undefined);

  const placesOf = (node: Plan): Bits => {
    switch (node.kind) {
      case 'match':
        return (questions.get(node.match)?.bits ?? noBits(table.size)).slice();
      case 'rows': {
        const bits = noBits(table.size);
        addRange(bits, table.placeOf(node.to), table.placeOf(node.from - 1));
        return bits;
      }
      case 'test':
        return ground.places(node.test).slice();
      case 'not': {
        const bits = placesOf(node.of);
        invert(bits, table.size);
        return bits;
      }
      case 'or': {
        const bits = noBits(table.size);
        for (const one of node.of) addAll(bits, placesOf(one));
        return bits;
      }
      default: {
        const bits = noBits(table.size);
        addRange(bits, 0, table.size);
        for (const one of node.of) keepBoth(bits, placesOf(one));
        return bits;
      }
    }
  };
  const listedAlone = (bits: Bits): Bits => {
    if (!withTwins) keepBoth(bits, table.listed());
    return bits;
  };
  return {
    places: () => listedAlone(placesOf(plan)),
    // Behind the range nothing can hold, so what is known up to its end is known to the last place.
    knownTo: () => {
      const low = least();
      return low === undefined || low.knownTo >= low.end ? table.size : low.knownTo;
    },
    advance: () => least()?.advance(),
    rankable: () => {
      const [only, ...more] = parts.filter((part) => part.kind === 'match');
      const rest = parts.filter((part) => part !== only);
      if (!only || more.length > 0 || rest.some((part) => matchesIn(part).length > 0)) return null;
      return { match: only.match, beside: listedAlone(placesOf({ kind: 'and', of: rest })) };
    },
  };
}

/** The places within which all ranges of days lie that must hold. */
function commonRange(parts: readonly Plan[], table: FacetTable): { from: number; end: number } {
  let from = 0;
  let end = table.size;
  for (const part of parts) {
    if (part.kind !== 'rows') continue;
    from = Math.max(from, table.placeOf(part.to));
    end = Math.min(end, table.placeOf(part.from - 1));
  }
  return { from: Math.min(from, end), end };
}

function matchesIn(plan: Plan): string[] {
  if (plan.kind === 'match') return [plan.match];
  if (plan.kind === 'not') return matchesIn(plan.of);
  return plan.kind === 'and' || plan.kind === 'or' ? plan.of.flatMap(matchesIn) : [];
}
