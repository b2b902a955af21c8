import type {
  AssetDetail,
  AssetRow,
  CatalogueFilter,
  CatalogueOrder,
  Facets,
  SyncStep,
} from '../../../shared/contract/catalogue.ts';
import type { AssetId } from '../../../shared/contract/values.ts';
import { drop } from '../drop.ts';
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
import type { CatalogueSearch } from './search/catalogue-search.ts';
import { createSyncRuns, type SyncWish } from './sync-runs.ts';
import { syncSource } from './sync.ts';

/** What a list of assets is asked for. */
export interface AssetsAsked extends CatalogueFilter {
  readonly order?: CatalogueOrder | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of assets. */
export interface AssetPage {
  readonly total: number;
  readonly items: AssetRow[];
  readonly cursor: string | null;
  readonly ms: number;
}

/** The synced catalogue. */
export interface CatalogueArea {
  list(asked: AssetsAsked, signal?: AbortSignal): Promise<AssetPage>;
  facets(filter: CatalogueFilter, signal?: AbortSignal): Promise<Facets>;
  /** The newest that may be had, for an example of what they are called. */
  newestUsable(limit: number): AssetId[];
  /** @throws RushesError NOT_FOUND */
  get(id: string): AssetDetail;
  /** The renditions of an asset with what a download needs of them. */
  renditions(assetId: string): RenditionRow[];
  /** How many assets fit a filter. */
  count(filter: CatalogueFilter): Promise<number>;
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
  readonly search: CatalogueSearch;
  /** The assets of which something is here or on its way. */
  readonly heldAssets: () => readonly string[];
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

/** A sync that wrote so many leaves an index in many parts, which is worth putting in order. */
const manyAssets = 10_000;

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
        deps.search.rowsChanged(rowsOf(outcome));
        deps.onWritten(outcome);
      },
      onWithdrawn: (ids) => {
        notifyAll(ids);
        deps.search.rowsChanged(read.rowsOf(ids));
        deps.onWithdrawn(ids);
      },
    });
  const onLeft = (error: unknown): void => {
    if (!closing.signal.aborted)
      deps.log.warn('The catalogue was not put in order.', { error: String(error) });
  };
  const runs = createSyncRuns({
    start: (sourceId, signal) =>
      recorded(sync(sourceId, signal), async (end, written) => {
        if (closing.signal.aborted) return;
        await deps.onSyncEnd(sourceId, end);
        if (written >= manyAssets) drop(deps.writer.optimise(), onLeft);
      }),
    onState: (sourceId) => deps.notify('source', sourceId),
  });
  /** The search, told of what is here where that is asked for. */
  const search = ({ holding, query }: CatalogueFilter): CatalogueSearch => {
    if (holding !== undefined || /\bis:/i.test(query ?? '')) deps.search.setHeld(deps.heldAssets());
    return deps.search;
  };

  return {
    list: async ({ cursor, limit, order, ...filter }, signal) => {
      assertOurs(cursor);
      const found = await search(filter).find(filter, { cursor, limit, order, signal });
      const held = deps.holdings(found.rows.map((row) => row.id));
      return {
        total: found.total,
        items: found.rows.map((row) => toAssetRow(row, held.get(row.id) ?? nothingHeld)),
        cursor: found.cursor,
        ms: found.ms,
      };
    },
    facets: (filter, signal) => search(filter).facets(filter, { signal }),
    newestUsable: (limit) =>
      read.list({ match: null, status: 'usable' }, { before: null, limit }).map(({ id }) => id as AssetId),
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
    count: async (filter) => (await search(filter).find(filter, { limit: 1, order: 'newest' })).total,
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
      deps.search.rowsChanged('all');
    },
    picture: async (assetId) => {
      const row = read.find(assetId);
      if (!row?.picture_url) return null;
      return pictures.get(assetId, row.picture_url, deps.openSource(row.source_id).source);
    },
    close: async () => {
      closing.abort();
      runs.stop();
      await Promise.all([deps.writer.close(), deps.search.close()]);
    },
  };
}

function assertOurs(cursor: string | undefined): void {
  if (cursor === undefined || /^(\d{1,16}|best-\d{1,9})$/.test(cursor)) return;
  throw new RushesError('USAGE', 'The cursor is not one that Rushes has given.');
}

/** The rows that a page has changed, those that assets have left included. */
function rowsOf({ changed, touched }: PageOutcome): number[] {
  const rows = changed.flatMap(({ row, formerRow }) => (formerRow === null ? [row] : [row, formerRow]));
  return [...rows, ...touched.map(({ row }) => row)];
}

const nothingHeld: Holding = { state: 'none', downloadId: null, clipId: null };

/** Passes the steps on and tells how the run ended. */
async function* recorded(
  steps: AsyncGenerator<SyncStep, void>,
  onEnd: (end: SyncEnd, written: number) => Promise<void>,
): AsyncGenerator<SyncStep, void> {
  try {
    for await (const step of steps) {
      if (step.kind === 'finished') {
        const { failed, added, updated } = step.summary;
        await onEnd({ error: null, failedItems: failed }, added + updated);
      }
      yield step;
    }
  } catch (error) {
    await onEnd({ error, failedItems: 0 }, 0);
    throw error;
  }
}
