import type {
  AssetDetail,
  AssetRow,
  CatalogueFilter,
  CatalogueOrder,
  Facets,
  Suggestion,
  SuggestField,
  SyncStep,
} from '../../../shared/contract/catalogue.ts';
import type { AssetId } from '../../../shared/contract/values.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { drop } from '../drop.ts';
import type { SourceConfig } from '../sources/source-model.ts';
import type { Connection } from '../storage/open-database.ts';
import { toAssetDetail, toAssetRow, type Holding } from './asset-view.ts';
import { createCatalogueReadRepo, type RenditionRow } from './catalogue-read-repo.ts';
import { createCursorRepo } from './cursor-repo.ts';
import type { PictureFile } from './picture-files.ts';
import { createPictureCache } from './pictures.ts';
import type { CatalogueSearch } from './search/catalogue-search.ts';
import { createReadingRuns, type ReadingDeps } from './reading-runs.ts';
import type { SyncWish } from './sync-runs.ts';

/** What a list of assets is asked for. */
export interface AssetsAsked extends CatalogueFilter {
  readonly order?: CatalogueOrder | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of assets. */
export interface AssetPage {
  readonly total: number;
  /** Whether all that fits was counted; else there is at least so much. */
  readonly exact: boolean;
  readonly order: CatalogueOrder;
  readonly items: AssetRow[];
  readonly cursor: string | null;
  readonly ms: number;
}

/** The synced catalogue. */
export interface CatalogueArea {
  list(asked: AssetsAsked, signal?: AbortSignal): Promise<AssetPage>;
  facets(filter: CatalogueFilter, signal?: AbortSignal): Promise<Facets>;
  /** Completes a value of a field from what the newest assets have. */
  suggest(
    asked: { field: SuggestField; text: string; limit: number },
    signal?: AbortSignal,
  ): Promise<Suggestion[]>;
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
  /** Null when there is none to be had now; given up when nobody waits for it any more. */
  picture(assetId: string, signal?: AbortSignal): Promise<PictureFile | null>;
  close(): Promise<void>;
}

interface CatalogueDeps extends ReadingDeps {
  readonly db: Connection;
  readonly search: CatalogueSearch;
  /** The assets of which something is here or on its way. */
  readonly heldAssets: () => readonly string[];
  readonly pictureDir: string;
  readonly sourceConfig: (sourceId: string) => SourceConfig;
  readonly holdings: (assetIds: readonly string[]) => ReadonlyMap<string, Holding>;
}

/** Builds the catalogue area over catalogue.db. */
export function createCatalogue(deps: CatalogueDeps): CatalogueArea {
  const read = createCatalogueReadRepo(deps.db);
  const cursors = createCursorRepo(deps.db);
  const closing = new AbortController();
  const pictures = createPictureCache({ dir: deps.pictureDir, now: () => deps.clock.now(), log: deps.log });
  const runs = createReadingRuns({ ...deps, closing: closing.signal });
  // What the last run could not finish is finished now, whatever is asked meanwhile.
  if (read.isCutShort()) {
    drop(
      deps.writer.catchUp().then(() => deps.search.rowsChanged('all')),
      (error) => deps.log.warn('The catalogue is not put in order yet.', { error: String(error) }),
    );
  }
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
        exact: found.exact,
        order: found.order,
        items: found.rows.map((row) => toAssetRow(row, held.get(row.id) ?? nothingHeld)),
        cursor: found.cursor,
        ms: found.ms,
      };
    },
    facets: (filter, signal) => search(filter).facets(filter, { signal }),
    suggest: (asked, signal) => deps.search.suggest({ ...asked, signal }),
    newestUsable: (limit) => read.newestUsable(limit) as AssetId[],
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
    stateOf: (sourceId) => {
      const state = cursors.find(sourceId);
      return {
        assets: read.countOfSource(sourceId),
        // One that was not believed goes on at the beginning, and was read all the same.
        wasRead: state !== null && (state.cursor !== null || state.doubtedRun !== null),
        syncing: runs.isRunning(sourceId),
      };
    },
    forgetSource: async (sourceId) => {
      runs.stop(sourceId);
      await deps.writer.removeSource(sourceId);
      deps.search.rowsChanged('all');
    },
    picture: async (assetId, signal) => {
      const row = read.find(assetId);
      if (!row?.picture_url) return null;
      const { picture_url: url, source_id: sourceId } = row;
      return pictures.get({ assetId, url, sourceId, source: () => deps.openSource(sourceId).source }, signal);
    },
    close: async () => {
      closing.abort();
      runs.stop();
      await Promise.all([deps.writer.close(), deps.search.close(), pictures.close()]);
    },
  };
}

function assertOurs(cursor: string | undefined): void {
  if (cursor === undefined || /^(\d{1,16}|best-\d{1,9})$/.test(cursor)) return;
  throw new RushesError('USAGE', 'The cursor is not one that Rushes has given.');
}

const nothingHeld: Holding = { state: 'none', downloadId: null, clipId: null };
