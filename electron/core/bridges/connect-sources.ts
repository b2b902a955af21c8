import { join } from 'node:path';
import { createAccount } from '../account/account.ts';
import { createCatalogue, type CatalogueArea } from '../catalogue/catalogue.ts';
import { createCatalogueWriteThread } from '../catalogue/catalogue-write-thread.ts';
import { createCatalogueSearch } from '../catalogue/search/catalogue-search.ts';
import type { PageOutcome } from '../catalogue/page-outcome.ts';
import type { CoreDeps } from '../create-core.ts';
import type { Ground } from '../ground.ts';
import type { Log } from '../ports.ts';
import { createHostQueue } from '../sources/host-queue.ts';
import { createSourceKinds } from '../sources/kinds.ts';
import type { CatalogueSource, SourceConfig } from '../sources/source-model.ts';
import { createSyncSchedule, type SyncSchedule } from '../sources/schedule.ts';
import { createSources, type SourcesArea } from '../sources/sources.ts';
import { createHoldings } from './holdings.ts';

/** What the sources need of the other areas, and whom they tell. */
interface Neighbours {
  clipsOfAssets: (assetIds: readonly string[]) => ReadonlyMap<string, string>;
  downloadsOfAssets: (assetIds: readonly string[]) => ReadonlyMap<string, string>;
  /** The assets of which something is here or on its way. */
  heldAssets: () => readonly string[];
  onSignedIn: (sourceId: string) => void;
  /** What a page of a sync has changed. */
  onWritten: (outcome: PageOutcome) => void;
  /** All that a source lists is in the catalogue now. */
  onReadWhole: (source: SourceConfig) => Promise<void>;
  doubtOf: (sourceId: string, wasDoubted: boolean) => Promise<string | null>;
  /** What a source no longer lists. */
  onWithdrawn: (assetIds: readonly string[]) => void;
}

/** Sources, accounts and the catalogue, which need one another: a source speaks for an account and fills the catalogue. */
export function connectSources(deps: CoreDeps, ground: Ground, others: Neighbours) {
  const { clock, log } = deps;
  const { notify } = ground.feed;
  const pace = deps.pace ?? 1;
  const sources: SourcesArea = createSources({
    db: ground.dbs.user,
    http: ground.http,
    queue: createHostQueue({ now: clock.now, pace }),
    kinds: createSourceKinds(),
    secrets: ground.secrets,
    clock,
    notify,
    isScheduled: () => schedule.isOn(),
    inCatalogue: (sourceId) => catalogue.stateOf(sourceId),
    account: (sourceId) => ({
      token: () => account.token(sourceId),
      ended: (token) => account.ended(sourceId, token),
    }),
    onRemoved: async (sourceId) => {
      await catalogue.forgetSource(sourceId);
      await account.forget(sourceId);
    },
    doubtOf: others.doubtOf,
    onSchedule: () => schedule.look(),
  });
  const account = createAccount({
    db: ground.dbs.user,
    clock,
    secrets: ground.secrets,
    notify,
    source: (sourceId) => {
      const config = sources.require(sourceId);
      return { client: sources.portalClient(config), mailbox: config.mailbox };
    },
    onSignedIn: others.onSignedIn,
  });
  const catalogue: CatalogueArea = createCatalogue({
    db: ground.dbs.catalogue,
    ...openThreads(deps, ground, sources),
    heldAssets: others.heldAssets,
    clock,
    log,
    notify,
    pictureDir: join(deps.home, 'pictures', 'catalogue'),
    sourceConfig: sources.require,
    openSource: sources.open,
    onSyncEnd: sources.synced,
    onWritten: others.onWritten,
    onReadWhole: (sourceId) => others.onReadWhole(sources.require(sourceId)),
    onWithdrawn: others.onWithdrawn,
    holdings: createHoldings(others),
    pace,
  });
  const schedule = createSchedule(deps, { sources, catalogue });
  let finishing: Promise<void> = Promise.resolve();
  return {
    sources,
    account,
    catalogue,
    openSource: (id: string): CatalogueSource => sources.open(id).source,
    startSchedule: schedule.start,
    wake: schedule.wake,
    /** Takes up the removals that were cut short. */
    finishRemovals: (): void => void (finishing = finishRemovals(sources, log)),
    close: async (): Promise<void> => {
      // Both are told before either is waited for, so that what is broken off here is nobody's failure.
      const ended = schedule.close();
      await catalogue.close();
      await Promise.all([ended, finishing]);
    },
  };
}

/** The threads that write the catalogue and search it. */
function openThreads({ home, log, workers }: CoreDeps, { dbs }: Ground, sources: SourcesArea) {
  const file = join(home, 'catalogue.db');
  return {
    writer: createCatalogueWriteThread({ file, workerUrl: workers.catalogueWriter, log }),
    search: createCatalogueSearch({
      db: dbs.catalogue,
      file,
      workerUrl: workers.catalogueSearch,
      log,
      sourceNames: sources.all,
    }),
  };
}

function finishRemovals(sources: SourcesArea, log: Log): Promise<void> {
  return sources
    .finishRemovals()
    .catch((error: unknown) => log.warn('A source is not removed yet.', { error: String(error) }));
}

/** Sources that are read by themselves, as any reading but without anybody who looks on. */
function createSchedule(
  { clock, log }: CoreDeps,
  { sources, catalogue }: { sources: SourcesArea; catalogue: CatalogueArea },
): SyncSchedule {
  return createSyncSchedule({
    now: clock.now,
    sources: sources.all,
    isSyncing: (sourceId) => catalogue.stateOf(sourceId).syncing,
    sync: async (sourceId, signal) => {
      try {
        for await (const _ of catalogue.sync(sourceId, { signal, byItself: true }));
      } catch (error) {
        // How it ended stands with the source; a person may have begun a sync at the same moment.
        log.warn('A source was not brought up to date.', { source: sourceId, error: String(error) });
      }
    },
  });
}
