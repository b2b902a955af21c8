import type {
  Download,
  DownloadAttempt,
  DownloadSort,
  DownloadTotals,
} from '../../../shared/contract/downloads.ts';
import type { Traffic } from '../../../shared/contract/system.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { PieceHash } from '../files/piece-hash.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { JobRequest } from '../jobs/job.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import type { Clock, Log, Notify } from '../ports.ts';
import type { Connection } from '../storage/open-database.ts';
import { createAdding, type AddUrlInput } from './add-downloads.ts';
import type { DownloadRow } from './download-row.ts';
import type { DownloadsRepo } from './downloads-repo.ts';
import { removeParts } from './finish.ts';
import type { FindPlace } from './find-place.ts';
import { Engine } from './engine.ts';
import { fetchSealed, type SealedFetch, type SealedWish } from './fetch-sealed.ts';
import type { EngineDeps, EngineTuning } from './engine-deps.ts';
import { engineDepsOf } from './engine-setup.ts';
import { keptAddress } from './kept-address.ts';
import type { DownloadCounts, Shown } from './listing-repo.ts';
import { createOrderVerbs } from './order-verbs.ts';
import { createShowing, type FindRenditions } from './showing.ts';
import { createGovernor } from './traffic/governor.ts';
import type { WishChange } from './order-repo.ts';
import type { DownloadSecrets } from './url-download.ts';
import { createVerbs } from './verbs.ts';
import type { AddInput, Added, DescribeAsset, FindHeld } from './want-asset.ts';

/** The job kind; its key is the download's id. */
export const downloadJobKind = 'download';

/** What of the settings the downloads go by. */
export interface DownloadSettings {
  connections(): number;
  parallelDownloads(): number;
  downloadDir(): string;
  hostConnections(): number;
  totalConnections(): number;
  /** Null: by the size of the disk. */
  keepFreeBytes(): number | null;
  traffic(): Traffic;
}

/** What the downloads need. The last two have their use in tests. */
export interface DownloadsDeps {
  /** user.db. */
  readonly db: Connection;
  /** Not started yet: the kind is registered here. */
  readonly jobs: JobRunner;
  readonly clock: Clock;
  readonly log: Log;
  readonly http: HttpClient;
  readonly notify: Notify;
  /** Asked anew at every use, so that a changed setting counts at once. */
  readonly settings: DownloadSettings;
  /** Gets a fresh link for a rendition of an asset; plain addresses never come here. */
  readonly resolve: EngineDeps['resolve'];
  readonly describeAsset: DescribeAsset;
  readonly findHeld: FindHeld;
  readonly places: FindPlace;
  /** The files that an asset can be had as. */
  readonly renditions: FindRenditions;
  readonly onComplete: EngineDeps['onComplete'];
  /** files/hash-worker.ts, or what a bundler made of it. */
  readonly hashWorkerUrl: URL;
  /** files/follow-worker.ts, likewise. */
  readonly followWorkerUrl: URL;
  readonly pieceHash: PieceHash;
  readonly secrets: DownloadSecrets;
  readonly tuning?: Partial<EngineTuning>;
  readonly checkpoint?: EngineDeps['checkpoint'];
  /** Whether there is a network; asked of the machine unless told. */
  readonly online?: () => boolean;
}

/** The area as its doors see it: the contract's verbs, and what the core itself calls. */
export interface Downloads {
  add(input: AddInput): Promise<Added>;
  addUrl(input: AddUrlInput): Promise<Download>;
  list(input?: {
    readonly show?: Shown | undefined;
    readonly sort?: DownloadSort | undefined;
    readonly cursor?: string | undefined;
    readonly limit?: number | undefined;
  }): { downloads: Download[]; counts: DownloadCounts; nextCursor: string | null };
  get(input: { id: string }): Download;
  attempts(input: { id: string }): { attempts: DownloadAttempt[] };
  totals(): DownloadTotals;
  change(input: { readonly ids: readonly string[] } & WishChange): { downloads: Download[] };
  move(input: { readonly ids: readonly string[]; readonly before: string | null }): { downloads: Download[] };
  swapRendition(input: { readonly id: string; readonly renditionId: string }): Promise<Download>;
  forget(input?: Some): { forgotten: number };
  wake(input: { readonly why: 'online' | 'awake' }): { woken: number };
  pause(input?: Some): Promise<{ downloads: Download[] }>;
  resume(input?: Some): Promise<{ downloads: Download[] }>;
  retry(input?: Some): Promise<{ downloads: Download[] }>;
  cancel(input?: Some): Promise<{ downloads: Download[] }>;
  /** Someone signed in to a source: what waited for that goes on. */
  wakeSignIn(sourceId: string): void;
  /** The way out of the house has changed, or its password: what waited for that goes on. */
  wakeWayOut(): void;
  /** Pieces of a finished file once more, each proven by the hash that it had. */
  fetchPieces(wish: Omit<SealedWish, 'row'> & { readonly downloadId: string }): Promise<SealedFetch>;
  /** Says of what the last process left running that it stands, for a process that works off nothing. */
  rest(): void;
  /** Picks up what the last process left; before the job runner starts. */
  recover(): Promise<void>;
  /** Stops cleanly: everything that was received is journalled. */
  close(): Promise<void>;
}

/** Which downloads a verb is for; without ids all to which it applies. */
export interface Some {
  readonly ids?: readonly string[] | undefined;
}

/** Builds the downloads area and registers its job kind. */
export function createDownloads(deps: DownloadsDeps): Downloads {
  const engineDeps = engineDepsOf(deps);
  const { repo, traffic } = engineDeps;
  const engine = new Engine({ ...engineDeps, notify: deps.notify });
  const find = (id: string): DownloadRow => {
    const row = repo.find(id);
    if (!row) throw new RushesError('NOT_FOUND', 'There is no such download.', { detail: id });
    return row;
  };
  const jobOf = ({ id, title }: DownloadRow, notBeforeMs: number | null = null): JobRequest => ({
    kind: downloadJobKind,
    key: id,
    title,
    payload: { id },
    notBeforeMs,
  });
  /** Puts downloads into the queue; those that are there already are renewed. */
  const enqueue = (rows: readonly DownloadRow[]): void => {
    const ids = rows.map(({ id }) => id);
    repo.stand(ids, { state: 'queued', reason: null, detail: null, retryAtMs: null });
    deps.jobs.addAll(rows.map((row) => jobOf(row)));
    for (const id of ids) deps.notify('download', id);
  };

  const governor = createGovernor({
    ...deps,
    repo,
    engine,
    traffic,
    enqueue,
    tickMs: engineDeps.tuning.tickMs,
  });
  const { view } = createShowing({ ...deps, engine, governor, traffic });
  deps.jobs.register({
    kind: downloadJobKind,
    concurrency: () => governor.places(),
    inTurn: (now) => repo.inTurn(now),
    run: (payload, { signal }) => engine.run((payload as { id: string }).id, signal),
  });
  const forgive = (): void => traffic.breaker.forgive();
  return {
    ...createAdding({ ...deps, repo, enqueue, view, find, onOrder: governor.look }),
    ...createVerbs({ ...deps, repo, enqueue, view, find, forgive }),
    ...createOrderVerbs({ ...deps, repo, enqueue, view, find, onOrder: governor.look }),
    list: ({ show = 'all', sort, cursor, limit = 500 } = {}) => {
      const { rows, nextCursor } =
        show === 'active'
          ? repo.queuePage(placeOf(cursor, 0), limit)
          : sort
            ? repo.sortedPage({ shown: show, sort, from: placeOf(cursor, 0), limit })
            : repo.newestPage(show, placeOf(cursor, Number.MAX_SAFE_INTEGER), limit);
      return { downloads: rows.map(view), counts: repo.counts(), nextCursor };
    },
    get: ({ id }) => view(find(id)),
    attempts: ({ id }) => ({ attempts: repo.attempts(find(id).id) }),
    totals: () => governor.totals(),
    wake: ({ why }) => ({ woken: governor.wake(why) }),
    wakeWayOut: governor.wakeWayOut,
    wakeSignIn: (sourceId) => enqueue(repo.waitingForSignIn(sourceId)),
    fetchPieces: ({ downloadId, ...wish }) => fetchSealed(engineDeps, { ...wish, row: find(downloadId) }),
    rest: () => {
      const left = repo.unfinished().filter(({ state }) => state === 'running' || state === 'verifying');
      const ids = left.map(({ id }) => id);
      if (ids.length > 0) repo.stand(ids, { state: 'queued', reason: 'QUIT', detail: null, retryAtMs: null });
    },
    recover: async () => {
      const rows = repo.unfinished();
      const isWaiting = (row: DownloadRow): boolean => row.state === 'waiting' && row.retryAtMs !== null;
      deps.jobs.addAll(rows.filter(isWaiting).map((row) => jobOf(row, row.retryAtMs)));
      enqueue(rows.filter((row) => !isWaiting(row)));
      forgetSecretQueries(repo);
      for (const row of repo.withLeftovers()) await removeParts(repo, row);
      for (const row of repo.notHandedOver()) await engine.handOver(row);
      governor.start();
    },
    close: () => {
      governor.close();
      return engine.close();
    },
  };
}

/** Downloads that an earlier version has completed still have theirs. */
function forgetSecretQueries(repo: DownloadsRepo): void {
  for (const { id, url } of repo.completeWithQuery()) {
    const kept = keptAddress(url);
    if (kept) repo.keepAddress(id, kept);
  }
}

/** Where a page begins; a cursor that is not ours is the caller's fault. */
function placeOf(cursor: string | undefined, first: number): number {
  const place = cursor === undefined ? first : Number(cursor);
  if (Number.isSafeInteger(place) && place >= 0) return place;
  throw new RushesError('USAGE', 'The cursor is not one that Rushes has given.');
}
