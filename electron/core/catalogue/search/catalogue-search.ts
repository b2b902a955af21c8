import type { Log } from '../../ports.ts';
import type { Connection } from '../../storage/open-database.ts';
import type { SourceNames } from './engine-ground.ts';
import { rowOfCursor } from './find-page.ts';
import { createPageRepo } from './page-repo.ts';
import type { CatalogueQuery } from './plan.ts';
import type { FoundFacets, FoundPage, PageAsked } from './search-engine.ts';
import { createSearchThread, type CallOptions } from './search-thread.ts';
import type { SuggestAsked, Suggestion } from './suggestions.ts';

/** Search over the whole catalogue. Every call can fail with CANCELLED, CORE_UNAVAILABLE and DATABASE_DAMAGED. */
export interface CatalogueSearch {
  /** A page of what a query finds; what narrows nothing is listed newest first. */
  find(query: CatalogueQuery, page: PageAsked & CallOptions): Promise<FoundPage>;
  facets(query: CatalogueQuery, options?: CallOptions): Promise<FoundFacets>;
  /** Completes a name or a tag from what the newest assets have. */
  suggest(asked: SuggestAsked & CallOptions): Promise<Suggestion[]>;
  /** To be told after every commit to catalogue.db: the rows that came, changed or went; none is an answer too. */
  rowsChanged(rows: readonly number[] | 'all'): void;
  /** The same by ids, of assets that were withdrawn where they stand. */
  assetsChanged(assetIds: readonly string[]): void;
  /** To be told at the start and whenever it changes: the assets of which something is here. */
  setHeld(assetIds: readonly string[]): void;
  close(): Promise<void>;
}

/**
 * Builds the search: a thread with connections of its own for words and filters, and the caller's own connection for
 * plain pages, which cost less than the way to the thread.
 */
export function createCatalogueSearch(deps: {
  readonly db: Connection;
  readonly file: string;
  /** Where search-worker lies: the source file, or what a bundler made of it. */
  readonly workerUrl: URL;
  readonly log: Log;
  readonly sourceNames: () => SourceNames;
}): CatalogueSearch {
  const thread = createSearchThread(deps);
  const pages = createPageRepo(deps.db);
  let total: Promise<{ total: number; exact: boolean }> | null = null;

  /** Counted once for all pages, until something changes. */
  const countAll = async (): Promise<{ total: number; exact: boolean }> => {
    const asked = total ?? thread.ask({ kind: 'count-all' });
    total = asked;
    try {
      return await asked;
    } catch (error) {
      if (total === asked) total = null;
      throw error;
    }
  };
  const newest = async ({ cursor, limit }: PageAsked): Promise<FoundPage> => {
    const startedAt = performance.now();
    const found = pages.newest(rowOfCursor(cursor), limit + 1);
    const rows = found.slice(0, limit);
    const ms = performance.now() - startedAt;
    const next = found.length > limit ? String(rows.at(-1)?.row) : null;
    return { rows, cursor: next, ...(await countAll()), order: 'newest', ms };
  };
  return {
    find: (query, { asker, signal, ...page }) =>
      asksNothing(query)
        ? newest(page)
        : thread.ask({ kind: 'find', query, page, sourceNames: deps.sourceNames() }, { asker, signal }),
    facets: (query, options) =>
      thread.ask({ kind: 'facets', query, sourceNames: deps.sourceNames() }, options),
    suggest: ({ asker, signal, ...asked }) => thread.ask({ kind: 'suggest', ...asked }, { asker, signal }),
    rowsChanged: (rows) => {
      total = null;
      thread.rowsChanged(rows);
    },
    assetsChanged: (assetIds) => {
      total = null;
      thread.assetsChanged(assetIds);
    },
    setHeld: (assetIds) => thread.setHeld(assetIds),
    close: () => thread.close(),
  };
}

function asksNothing({ query, ...beside }: CatalogueQuery): boolean {
  return (query ?? '').trim() === '' && Object.values(beside).every((value) => value === undefined);
}
