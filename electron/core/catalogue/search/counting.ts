import { countBits } from './bits.ts';
import type { Evaluation } from './evaluation.ts';
import type { TableKeeper } from './table-keeper.ts';

const sliceMs = 5;

/** Counts hits for as long as there is time, and the rest when nothing is asked. */
export function createCounting({
  keeper,
  now,
}: {
  readonly keeper: TableKeeper;
  readonly now: () => number;
}) {
  /** What is left of one question is given up for the next one's. */
  let unfinished: Evaluation | null = null;
  const countOn = (evaluation: Evaluation, until: number): void => {
    while (evaluation.knownTo() < keeper.table.size && now() < until) evaluation.advance();
    unfinished = evaluation.knownTo() < keeper.table.size ? evaluation : null;
  };
  return {
    /** What is known when the time is over: all hits, or that there are at least so many. */
    count: (evaluation: Evaluation, until: number): { total: number; exact: boolean } => {
      countOn(evaluation, until);
      const total = countBits(evaluation.places(), evaluation.knownTo());
      return { total, exact: unfinished === null && keeper.isCurrent() };
    },
    /** Counts a little of what was left. Returns whether anything was. */
    goOn: (): boolean => {
      if (unfinished === null) return false;
      countOn(unfinished, now() + sliceMs);
      return true;
    },
    giveUp: (): void => {
      unfinished = null;
    },
  };
}
