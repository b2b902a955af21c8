import { addBit, noBits, type Bits } from './bits.ts';
import type { FacetTable } from './facet-table.ts';
import type { MatchRepo } from './match-repo.ts';

/** What a full-text question matches within a range of places, found from the newest on, as far as it was needed. */
export interface Matches {
  readonly bits: Bits;
  /** The first place that is not known yet. */
  readonly knownTo: number;
  /** The end of the range. */
  readonly end: number;
  /** Goes on for a few hundred matches. */
  advance(): void;
  /** Lets go of the database; what is known stays, and to go on from there takes as long as all before it has. */
  pause(): void;
}

const firstStep = 256;
const laterStep = 2048;

/**
 * Makes the question for the places from `from` up to `end`. The answer is read as a stream, for the full-text index
 * cannot begin in the middle of one.
 */
export function createMatches(
  deps: { readonly repo: MatchRepo; readonly table: FacetTable },
  asked: { readonly match: string; readonly from: number; readonly end: number },
): Matches {
  const { size, columns } = deps.table;
  const { row } = columns;
  const { match, end } = asked;
  const bits = noBits(size);
  const lowest = end < size ? (row[end] ?? 0) + 1 : 0;
  let knownTo = Math.min(asked.from, end);
  let step = firstStep;
  let stream: IterableIterator<number> | null = null;

  const pause = (): void => {
    stream?.return?.();
    stream = null;
  };
  return {
    bits,
    end,
    get knownTo() {
      return knownTo;
    },
    advance: () => {
      if (knownTo >= end) return;
      stream ??= deps.repo.stream(match, { highest: row[knownTo] ?? 0, lowest });
      let place = knownTo;
      for (let count = 0; count < step; count++) {
        const next = stream.next();
        if (next.done === true) {
          stream = null;
          knownTo = end;
          return;
        }
        place = placeFrom(row, { place, size, row: next.value });
        // A row that the table does not have is on its way out, or in.
        if (row[place] === next.value) addBit(bits, place++);
      }
      knownTo = Math.min(end, place);
      step = laterStep;
    },
    pause,
  };
}

/** The first place, from one on, whose row is as low: near ones are found by steps, far ones by halving. */
function placeFrom(row: Float64Array, asked: { place: number; size: number; row: number }): number {
  const isAbove = (place: number): boolean => (row[place] ?? 0) > asked.row;
  let low = asked.place;
  let step = 1;
  while (low + step < asked.size && isAbove(low + step)) {
    low += step;
    step *= 2;
  }
  let high = Math.min(asked.size, low + step);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isAbove(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
