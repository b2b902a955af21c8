import type * as z from 'zod';
import type { AssetDetail, AssetRow, catalogueFilter, SyncStep } from '../../../shared/contract/catalogue.ts';
import { toSearchFilter } from '../../../shared/domain/search-syntax.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Clock, Log, Notify } from '../ports.ts';
import type { CatalogueSource, SourceConfig } from '../sources/source-model.ts';
import type { Connection } from '../storage/open-database.ts';
import { toAssetDetail, toAssetRow, type Holding } from './asset-view.ts';
import { createCatalogueReadRepo, type RenditionRow } from './catalogue-read-repo.ts';
import { createCatalogueWriter } from './catalogue-writer.ts';
import { createPictureCache, type PictureFile } from './pictures.ts';
import { createSyncRuns } from './sync-runs.ts';
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
  sync(sourceId: string, signal: AbortSignal | undefined): AsyncGenerator<SyncStep, void>;
  /** What is here of a source, and whether any of it was ever read. */
  stateOf(sourceId: string): { assets: number; wasRead: boolean; syncing: boolean };
  forgetSource(sourceId: string): void;
  picture(assetId: string): Promise<PictureFile | null>;
  close(): void;
}

/** Builds the catalogue area over catalogue.db. */
export function createCatalogue(deps: {
  db: Connection;
  clock: Clock;
  log: Log;
  notify: Notify;
  pictureDir: string;
  sourceConfig: (sourceId: string) => SourceConfig;
  openSource: (sourceId: string) => CatalogueSource;
  onSynced: (sourceId: string, result: { ok: boolean; reason: string | null }) => void;
  holdings: (assetIds: readonly string[]) => ReadonlyMap<string, Holding>;
}): CatalogueArea {
  const read = createCatalogueReadRepo(deps.db);
  const writer = createCatalogueWriter(deps.db);
  const closing = new AbortController();
  const pictures = createPictureCache({ dir: deps.pictureDir, closing: closing.signal });
  const runs = createSyncRuns({
    start: (sourceId, signal) => recorded(deps, sourceId, sync(sourceId, signal)),
    onState: (sourceId) => deps.notify('source', sourceId),
  });
  const sync = (sourceId: string, signal: AbortSignal): AsyncGenerator<SyncStep, void> =>
    syncSource({
      sourceId,
      source: deps.openSource(sourceId),
      writer,
      clock: deps.clock,
      log: deps.log,
      signal,
      onChanged: (ids) => {
        for (const id of ids) deps.notify('asset', id);
      },
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
      });
    },
    renditions: (assetId) => read.renditions(assetId),
    sync: (sourceId, signal) => runs.run(sourceId, signal),
    stateOf: (sourceId) => ({
      assets: read.countOfSource(sourceId),
      wasRead: writer.cursor(sourceId) !== null,
      syncing: runs.isRunning(sourceId),
    }),
    forgetSource: (sourceId) => {
      runs.stop(sourceId);
      writer.removeSource(sourceId);
    },
    picture: async (assetId) => {
      const row = read.find(assetId);
      if (!row?.picture_url) return null;
      return pictures.get(assetId, row.picture_url, deps.openSource(row.source_id));
    },
    close: () => {
      closing.abort();
      runs.stop();
    },
  };
}

const nothingHeld: Holding = { state: 'none', downloadId: null, clipId: null };

/** Passes the steps on and tells the source how the run ended. */
async function* recorded(
  deps: { onSynced: (sourceId: string, result: { ok: boolean; reason: string | null }) => void },
  sourceId: string,
  steps: AsyncGenerator<SyncStep, void>,
): AsyncGenerator<SyncStep, void> {
  try {
    for await (const step of steps) {
      if (step.kind === 'finished') deps.onSynced(sourceId, { ok: true, reason: null });
      yield step;
    }
  } catch (error) {
    const cancelled = error instanceof RushesError && error.code === 'CANCELLED';
    if (!cancelled)
      deps.onSynced(sourceId, { ok: false, reason: error instanceof Error ? error.message : String(error) });
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
