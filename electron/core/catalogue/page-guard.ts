import type { SourcePage } from '../sources/source-model.ts';

/** Pages without an item, or with none but those of an earlier one, that may follow one another; the pages of a list. */
const mostIdlePages = 30;
const mostPages = 100_000;

/** Notices a list that would never end, so that a source gone wrong cannot keep a sync busy for ever. */
export interface PageGuard {
  /** Whether the page leads back to one that was read, or on to nothing again and again. */
  goesInCircles(page: SourcePage): boolean;
}

/** Builds the guard of one reading from its beginning. */
export function createPageGuard(): PageGuard {
  const cursors = new Set<string>();
  const pages = new Set<string>();
  let idle = 0;
  return {
    goesInCircles: ({ cursor, assets, failures, ends }) => {
      if (ends !== 'more') return false;
      const isBack = cursors.has(cursor);
      cursors.add(cursor);
      // By its first and its last item a page is known again, without the names of all that a long list holds.
      const page = `${assets.length} ${assets[0]?.externalId} ${assets.at(-1)?.externalId}`;
      const isIdle = failures.length === 0 && (assets.length === 0 || pages.has(page));
      pages.add(page);
      idle = isIdle ? idle + 1 : 0;
      return isBack || idle > mostIdlePages || cursors.size > mostPages;
    },
  };
}
