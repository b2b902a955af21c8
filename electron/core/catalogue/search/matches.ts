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
  /** Goes on. */
  advance(): void;
  /** How long the next step will take, as far as the last one tells. */
  readonly nextMs: number;
}

const firstStep = 256;
const mostStep = 1_000_000;
/** How long a step should take, so that whoever asks meanwhile need not wait for long. */
const stepMs = 8;
// Measured: fetching a row number out of the index.
const msForRow = 0.000_15;
/** Beginnings longer than those there is an index of are put together from all their words at every start. */
const costlyStart = /"[^"]{4,}"\*/u;

/** Makes the question for the places from `from` up to `end`. */
export function createMatches(
  deps: { readonly repo: MatchRepo; readonly table: FacetTable },
  asked: { readonly match: string; readonly from: number; readonly end: number },
): Matches {
  const { table, repo } = deps;
  const { row } = table.columns;
  const { size } = table;
  const { end } = asked;
  const bits = noBits(size);
  const lowest = end < size ? (row[end] ?? 0) + 1 : 0;
  let knownTo = Math.min(asked.from, end);
  let limit = firstStep;
  let nextMs = 0;

  return {
    bits,
    end,
    get knownTo() {
      return knownTo;
    },
    get nextMs() {
      return nextMs;
    },
    advance: () => {
      const startedAt = performance.now();
      const highest = row[knownTo] ?? 0;
      const found = repo.rows(asked.match, { highest, lowest, limit });
      let place = knownTo;
      for (const one of found) {
        place = placeFrom(row, { place, size, row: one });
        if (row[place] === one) addBit(bits, place);
      }
      // Rows are found in the order of places, so all before the last one are known.
      knownTo = found.length < limit ? end : Math.min(end, row[place] === found.at(-1) ? place + 1 : place);
      const tookMs = performance.now() - startedAt;
      if (costlyStart.test(asked.match)) {
        limit = mostStep;
        nextMs = tookMs + (end - knownTo) * msForRow * (found.length / Math.max(1, knownTo - asked.from));
      } else {
        const each = Math.max(msForRow, tookMs / Math.max(1, found.length));
        limit = Math.max(firstStep, Math.min(limit * 8, Math.round(stepMs / each)));
        nextMs = limit * each;
      }
    },
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
