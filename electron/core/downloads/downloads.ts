import type { Download } from '../../../shared/contract/downloads.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import type { Clock, Log, Notify } from '../ports.ts';
import type { Connection } from '../storage/open-database.ts';
import { createAdding, type AddInput, type AddUrlInput, type DescribeAsset } from './add-downloads.ts';
import type { DownloadRow } from './download-row.ts';
import { toDownload } from './download-view.ts';
import { createDownloadsRepo } from './downloads-repo.ts';
import { removeParts } from './finish.ts';
import { Engine } from './engine.ts';
import type { EngineDeps, EngineTuning } from './engine-deps.ts';
import type { DownloadCounts, Shown } from './intents-repo.ts';
import { usualFlushRule } from './journal.ts';
import { guidedPieceSize } from './plan-pieces.ts';
import { headersSecret, urlLink, type DownloadSecrets } from './url-download.ts';
import { createVerbs } from './verbs.ts';

/** The job kind; its key is the download's id. */
export const downloadJobKind = 'download';

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
  readonly settings: {
    connections(): number;
    parallelDownloads(): number;
    downloadDir(): string;
  };
  /** Gets a fresh link for a rendition of an asset; plain addresses never come here. */
  readonly resolve: EngineDeps['resolve'];
  readonly describeAsset: DescribeAsset;
  readonly onComplete: EngineDeps['onComplete'];
  /** files/hash-worker.ts, or what a bundler made of it. */
  readonly hashWorkerUrl: URL;
  readonly secrets: DownloadSecrets;
  readonly tuning?: Partial<EngineTuning>;
  readonly checkpoint?: EngineDeps['checkpoint'];
}

/** The area as its doors see it: the contract's verbs, and what the core itself calls. */
export interface Downloads {
  add(input: AddInput): Promise<{ downloads: Download[] }>;
  addUrl(input: AddUrlInput): Promise<Download>;
  list(input?: { show?: Shown }): { downloads: Download[]; counts: DownloadCounts };
  get(input: { id: string }): Download;
  pause(input?: Some): Promise<{ downloads: Download[] }>;
  resume(input?: Some): Promise<{ downloads: Download[] }>;
  retry(input?: Some): Promise<{ downloads: Download[] }>;
  cancel(input?: Some): Promise<{ downloads: Download[] }>;
  /** Someone signed in to a source: what waited for that goes on. */
  wakeSignIn(sourceId: string): void;
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
  const repo = createDownloadsRepo(deps.db);
  const engine = new Engine({
    repo,
    http: deps.http,
    clock: deps.clock,
    log: deps.log,
    notify: deps.notify,
    hashWorkerUrl: deps.hashWorkerUrl,
    connections: () => deps.settings.connections(),
    tuning: { ...usualTuning(), ...deps.tuning },
    checkpoint: deps.checkpoint ?? (() => undefined),
    resolve: (row, context) => (row.url === null ? deps.resolve(row, context) : urlLink(row, deps.secrets)),
    onComplete: async (row, file) => {
      if (row.options.hasHeaders) await deps.secrets.delete(headersSecret(row.id));
      return deps.onComplete(row, file);
    },
  });
  deps.jobs.register({
    kind: downloadJobKind,
    concurrency: () => deps.settings.parallelDownloads(),
    run: (payload, { signal }) => engine.run((payload as { id: string }).id, signal),
  });

  const view = (row: DownloadRow): Download =>
    toDownload(row, { meter: engine.meterOf(row.id), blocked: engine.blockOf(row.id) });
  const find = (id: string): DownloadRow => {
    const row = repo.find(id);
    if (!row) throw new RushesError('NOT_FOUND', 'There is no such download.', { detail: id });
    return row;
  };
  /** Puts a download into the queue, now or at a time; one that is there already is renewed. */
  const enqueue = (row: DownloadRow, notBeforeMs: number | null = null): void => {
    if (notBeforeMs === null) {
      repo.stand(row.id, { state: 'queued', reason: null, detail: null, retryAtMs: null });
    }
    const { id, title } = row;
    deps.jobs.add({ kind: downloadJobKind, key: id, title, payload: { id }, notBeforeMs });
    deps.notify('download', id);
  };

  return {
    ...createAdding({ ...deps, repo, enqueue, view, find }),
    ...createVerbs({ ...deps, repo, enqueue, view, find }),
    list: ({ show = 'all' } = {}) => ({ downloads: repo.list(show).map(view), counts: repo.counts() }),
    get: ({ id }) => view(find(id)),
    wakeSignIn: (sourceId) => {
      for (const row of repo.waitingForSignIn(sourceId)) enqueue(row);
    },
    recover: async () => {
      for (const row of repo.unfinished()) enqueue(row, row.state === 'waiting' ? row.retryAtMs : null);
      for (const row of repo.withLeftovers()) await removeParts(repo, row);
      for (const row of repo.notHandedOver()) await engine.handOver(row);
    },
    close: () => engine.close(),
  };
}

function usualTuning(): EngineTuning {
  return {
    pieceSize: guidedPieceSize,
    flush: usualFlushRule,
    timeouts: {},
    pauseMs: 1000,
    delayFactor: 1,
    random: Math.random,
  };
}
