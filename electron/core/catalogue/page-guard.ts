import type { SourcePage } from '../sources/source-model.ts';

/** Pages without an item, or with none but known ones, that may follow one another, and the pages a list may have at all. */
const mostEmptyPages = 3;
const mostPages = 100_000;

/** Notices a list that would never end, so that a source gone wrong cannot keep a sync busy for ever. */
export function createPageGuard() {
  const seen = new Set<string>();
  const known = new Set<string>();
  let empty = 0;
  return {
    /** Whether the page leads back to one that was read, or on to nothing again and again. */
    goesInCircles: ({ pageCursor, assets, failed }: SourcePage): boolean => {
      if (pageCursor === null) return false;
      const back = seen.has(pageCursor);
      seen.add(pageCursor);
      const before = known.size;
      for (const { externalId } of assets) known.add(externalId);
      empty = known.size === before && failed === 0 ? empty + 1 : 0;
      return back || empty > mostEmptyPages || seen.size > mostPages;
    },
  };
}
