import { createHash } from 'node:crypto';
import { stableId } from '../stable-id.ts';
import type { SourceAsset, SourceEvent } from '../sources/source-model.ts';
import { atomic } from '../storage/atomic.ts';
import type { Connection } from '../storage/open-database.ts';
import { createCatalogueWriteRepo } from './catalogue-write-repo.ts';
import { createCursorRepo, type CursorState } from './cursor-repo.ts';

/** What became of the assets of a page. */
export interface PageOutcome {
  added: number;
  updated: number;
  unchanged: number;
  withdrawn: number;
  /** The ids that changed. */
  changed: string[];
}

/**
 * Writes what a source told into catalogue.db. Plain and synchronous: one call is one transaction, so that a kill
 * between two calls loses nothing.
 */
export function createCatalogueWriter(db: Connection) {
  const repo = createCatalogueWriteRepo(db);
  const cursors = createCursorRepo(db);

  const writeAsset = (
    asset: SourceAsset,
    page: { sourceId: string; run: number },
    outcome: PageOutcome,
  ): void => {
    const { sourceId, run } = page;
    const id = stableId(sourceId, 'asset', asset.externalId);
    const known = repo.findKnown(id);
    const hash = hashOf(asset);
    if (known?.contentHash === hash) {
      repo.markSeen(id, run);
      outcome.unchanged++;
      return;
    }
    outcome.changed.push(id);
    if (asset.status === 'withdrawn' && known) {
      // The tombstone's texts are empty. What was told before stays, so that holders can be told what it was.
      repo.withdraw(id, { hash, run });
      outcome.withdrawn++;
      return;
    }
    const day = asset.filmedFirstDay ?? asset.publishedDay;
    const row = known && known.day === day ? known.row : repo.nextRow(day);
    if (known) repo.remove(known.row, id);
    repo.insert({ row, id, sourceId, day, hash, run, asset });
    if (asset.status === 'withdrawn') outcome.withdrawn++;
    else if (known) outcome.updated++;
    else outcome.added++;
  };

  return {
    /** Writes assets of a page and, with the last of them, where to go on: until then the page is read again. */
    writePage: atomic(
      db,
      (page: {
        sourceId: string;
        assets: readonly SourceAsset[];
        run: number;
        cursor: CursorState | null;
      }): PageOutcome => {
        const outcome: PageOutcome = { added: 0, updated: 0, unchanged: 0, withdrawn: 0, changed: [] };
        for (const asset of page.assets) writeAsset(asset, page, outcome);
        if (page.cursor) cursors.put(page.sourceId, page.cursor);
        return outcome;
      },
    ),
    /** Returns the ids of the assets whose search text changed with their event. */
    writeEvents: atomic(db, (sourceId: string, events: readonly SourceEvent[]): string[] =>
      events.flatMap((event) => repo.putEvent(sourceId, event)),
    ),
    /** Ends a run that read everything: what the source no longer lists is withdrawn. Returns how many. */
    finishFullRun: atomic(db, (sourceId: string, run: number): number => repo.withdrawUnseen(sourceId, run)),
    cursor: (sourceId: string): CursorState | null => cursors.find(sourceId),
    putCursor: (sourceId: string, cursor: CursorState): void => cursors.put(sourceId, cursor),
    removeSource: atomic(db, (sourceId: string): void => repo.removeSource(sourceId)),
  };
}
export type CatalogueWriter = ReturnType<typeof createCatalogueWriter>;

/** One hash over all that is stored, so that an unchanged asset costs one comparison. */
function hashOf(asset: SourceAsset): string {
  return createHash('sha256').update(JSON.stringify(asset)).digest('base64url');
}
