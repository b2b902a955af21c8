import type * as z from 'zod';
import type { AssetDetail, AssetRow, catalogueFilter, SyncStep } from '../../../shared/contract/catalogue.ts';
import { toSearchFilter } from '../../../shared/domain/search-syntax.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Clock, Log, Notify } from '../ports.ts';
import type { OpenSource } from '../sources/open-source.ts';
import type { SourceConfig } from '../sources/source-model.ts';
import type { SyncEnd } from '../sources/sources.ts';
import type { Connection } from '../storage/open-database.ts';
import { toAssetDetail, toAssetRow, type Holding } from './asset-view.ts';
import { createCatalogueReadRepo, type RenditionRow } from './catalogue-read-repo.ts';
import type { CatalogueWriteThread } from './catalogue-write-thread.ts';
import { createCursorRepo } from './cursor-repo.ts';
import type { PageOutcome } from './page-outcome.ts';
import { createPictureCache, type PictureFile } from './pictures.ts';
import { createSyncRuns, type SyncWish } from './sync-runs.ts';
import { syncSource } from './sync.ts';

type Filter = z.infer<typeof catalogueFilter>;

/** A page of assets, newest first. */
export interface AssetPage {
  readonly total: number;
  readonly items: AssetRow[];
  readonly cursor: string | null;
  readonly ms: number;
}

/** The synced catalogue. */
export interface CatalogueArea {
  list(filter: Filter & { cursor?: string | undefined; limit: number }): AssetPage;
  /** @throws RushesError NOT_FOUND */
  get(id: string): AssetDetail;
  /** The renditions of an asset with what a download needs of them. */
  renditions(assetId: string): RenditionRow[];
  /** How many assets fit a filter. */
  count(filter: Filter): Promise<number>;
  /** The same items as other sources carry them, each without itself. */
  twinsOf(assetIds: readonly string[]): ReadonlyMap<string, readonly string[]>;
  sync(sourceId: string, wish: SyncWish): AsyncGenerator<SyncStep, void>;
  /** What is here of a source, and whether any of it was ever read. */
  stateOf(sourceId: string): { assets: number; wasRead: boolean; syncing: boolean };
  forgetSource(sourceId: string): Promise<void>;
  picture(assetId: string): Promise<PictureFile | null>;
  close(): Promise<void>;
}

interface CatalogueDeps {
  readonly db: Connection;
  readonly writer: CatalogueWriteThread;
  readonly clock: Clock;
  readonly log: Log;
  readonly notify: Notify;
  readonly pictureDir: string;
  readonly sourceConfig: (sourceId: string) => SourceConfig;
  readonly openSource: (sourceId: string) => OpenSource;
  /** Called unless the core is closing. */
  readonly onSyncEnd: (sourceId: string, end: SyncEnd) => Promise<void>;
  /** What a sync has written: the rows that are others now. */
  readonly onWritten: (outcome: PageOutcome) => void;
  /** What a source no longer lists. */
  readonly onWithdrawn: (assetIds: readonly string[]) => void;
  readonly holdings: (assetIds: readonly string[]) => ReadonlyMap<string, Holding>;
  /** Factor on the pauses between two tries; 1 but in tests. */
  readonly pace: number;
}

/** Builds the catalogue area over catalogue.db. */
export function createCatalogue(deps: CatalogueDeps): CatalogueArea {
  const read = createCatalogueReadRepo(deps.db);
  const cursors = createCursorRepo(deps.db);
  const closing = new AbortController();
  const pictures = createPictureCache({ dir: deps.pictureDir, closing: closing.signal });
  const notifyAll = (ids: Iterable<string>): void => {
    for (const id of ids) deps.notify('asset', id);
  };
  const sync = (sourceId: string, signal: AbortSignal): AsyncGenerator<SyncStep, void> =>
    syncSource({
      ...deps,
      ...deps.openSource(sourceId),
      sourceId,
      signal,
      onWritten: (outcome) => {
        notifyAll(outcome.changed.map(({ id }) => id));
        notifyAll(outcome.touched.map(({ id }) => id));
        deps.onWritten(outcome);
      },
      onWithdrawn: (ids) => {
        notifyAll(ids);
        deps.onWithdrawn(ids);
      },
    });
  const runs = createSyncRuns({
    start: (sourceId, signal) =>
      recorded(sync(sourceId, signal), async (end) => {
        if (!closing.signal.aborted) await deps.onSyncEnd(sourceId, end);
      }),
    onState: (sourceId) => deps.notify('source', sourceId),
  });

  return {
    list: (filter) => listAssets({ read, holdings: deps.holdings }, filter),
    get: (id) => {
      const row = read.find(id);
      if (!row) throw new RushesError('NOT_FOUND', `There is no asset ${id} in the catalogue.`);
      return toAssetDetail(row, {
        holding: deps.holdings([id]).get(id) ?? nothingHeld,
        sourceName: deps.sourceConfig(row.source_id).name,
        renditions: read.renditions(id),
        versions: (row.story === null
          ? []
          : read.versions(row.source_id, row.story, id)) as AssetDetail['versions'],
        twins: read.twins(id).map((twin) => ({
          ...twin,
          sourceName: deps.sourceConfig(twin.sourceId).name,
        })) as AssetDetail['twins'],
      });
    },
    renditions: (assetId) => read.renditions(assetId),
    count: async (filter) => {
      const found = toSearchFilter(filter);
      return found === null ? 0 : read.count({ ...filter, ...found });
    },
    twinsOf: read.twinsOf,
    sync: (sourceId, wish) => runs.run(sourceId, wish),
    stateOf: (sourceId) => ({
      assets: read.countOfSource(sourceId),
      wasRead: (cursors.find(sourceId)?.cursor ?? null) !== null,
      syncing: runs.isRunning(sourceId),
    }),
    forgetSource: async (sourceId) => {
      runs.stop(sourceId);
      await deps.writer.removeSource(sourceId);
    },
    picture: async (assetId) => {
      const row = read.find(assetId);
      if (!row?.picture_url) return null;
      return pictures.get(assetId, row.picture_url, deps.openSource(row.source_id).source);
    },
    close: async () => {
      closing.abort();
      runs.stop();
      await deps.writer.close();
    },
  };
}

const nothingHeld: Holding = { state: 'none', downloadId: null, clipId: null };

/** Passes the steps on and tells how the run ended. */
async function* recorded(
  steps: AsyncGenerator<SyncStep, void>,
  onEnd: (end: SyncEnd) => Promise<void>,
): AsyncGenerator<SyncStep, void> {
  try {
    for await (const step of steps) {
      if (step.kind === 'finished') await onEnd({ error: null, failedItems: step.summary.failed });
      yield step;
    }
  } catch (error) {
    await onEnd({ error, failedItems: 0 });
    throw error;
  }
}

function listAssets(
  deps: {
    read: ReturnType<typeof createCatalogueReadRepo>;
    holdings: (assetIds: readonly string[]) => ReadonlyMap<string, Holding>;
  },
  filter: Filter & { cursor?: string | undefined; limit: number },
): AssetPage {
  const startedAt = performance.now();
  const found = toSearchFilter(filter);
  const query = found && { ...filter, ...found };
  const rows =
    query === null ? [] : deps.read.list(query, { before: toRow(filter.cursor), limit: filter.limit + 1 });
  const page = rows.slice(0, filter.limit);
  const held = deps.holdings(page.map((row) => row.id));
  return {
    total: query === null ? 0 : deps.read.count(query),
    items: page.map((row) => toAssetRow(row, held.get(row.id) ?? nothingHeld)),
    cursor: rows.length > filter.limit ? String(page.at(-1)?.row) : null,
    ms: performance.now() - startedAt,
  };
}

function toRow(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  const row = Number(cursor);
  if (!Number.isSafeInteger(row))
    throw new RushesError('USAGE', 'The cursor is not one that Rushes has given.');
  return row;
}
