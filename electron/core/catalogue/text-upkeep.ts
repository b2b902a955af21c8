import type { SearchTextRepo } from './search-text-repo.ts';
import type { Slices } from './slices.ts';

/** Pages of the index that are merged in one go. */
const mergePages = 64;

/** Writes the search texts that are waited for, and keeps their index in order. */
export function createTextUpkeep(texts: SearchTextRepo, slices: Slices) {
  let waiting = texts.count();
  return {
    /** About how many rows wait for their text. */
    waiting: (): number => waiting,
    expect: (rows: number): void => {
      waiting += rows;
    },
    *fill(): Generator<void, void> {
      const goOn = (isLate: () => boolean): boolean => {
        while (texts.fill(isLate)) if (isLate()) return true;
        return false;
      };
      while (slices.once(goOn)) yield;
      waiting = 0;
    },
    /** Makes one piece of the many that the index is written in. */
    *merge(): Generator<void, void> {
      let anew = true;
      while (slices.once(() => texts.merge(mergePages, anew))) {
        anew = false;
        yield;
      }
    },
  };
}
