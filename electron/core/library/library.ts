import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ClipDetail, ClipRow, ClipStep, Root, ScanSummary } from '../../../shared/contract/library.ts';
import { toSearchFilter } from '../../../shared/domain/search-syntax.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { StoredEvent } from '../events/events-repo.ts';
import type { JobKind } from '../jobs/job.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import type { Clock, Notify } from '../ports.ts';
import { atomic } from '../storage/atomic.ts';
import type { Connection } from '../storage/open-database.ts';
import { adoptDownload, type FinishedDownload } from './adopt-download.ts';
import { createClipIndexRepo } from './clip-index-repo.ts';
import { createClipJobs, type ClipMedia } from './clip-jobs.ts';
import { toClipDetail, toClipRow } from './clip-view.ts';
import { createClipsReadRepo } from './clips-read-repo.ts';
import { createClipsRepo } from './clips-repo.ts';
import { createRootsRepo } from './roots-repo.ts';
import { scanRoot, type ScanDeps } from './scan-root.ts';

/** What a list of clips is asked for. Days are inclusive. */
export interface ClipQuery {
  readonly query?: string | undefined;
  readonly eventId?: string | undefined;
  readonly tag?: string | undefined;
  readonly dayFrom?: string | undefined;
  readonly dayTo?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Fields of a query, and where clip_fts has them. */
const columns = { title: 'title', file: 'file_name', tag: 'tags', event: 'event', place: 'place' } as const;

/** What the library is given. */
export interface LibraryDeps {
  readonly db: Connection;
  readonly jobs: JobRunner;
  readonly clock: Clock;
  readonly notify: Notify;
  readonly media: ClipMedia;
  readonly fingerprint: (path: string) => Promise<string>;
  readonly restoreEvent: (
    event: StoredEvent & { sourceId: string | null; externalId: string | null },
  ) => void;
  readonly parallel: number;
}

/** The clips, wherever they lie. */
export interface LibraryArea {
  readonly jobKinds: readonly JobKind[];
  roots(): Root[];
  addRoot(path: string): Promise<ScanSummary>;
  removeRoot(path: string): Promise<Root[]>;
  scan(rootId: string | undefined): Promise<ScanSummary>;
  list(query: ClipQuery): { total: number; items: ClipRow[]; cursor: string | null; ms: number };
  /** @throws RushesError NOT_FOUND */
  get(id: string): ClipDetail;
  retry(id: string, step: ClipStep): ClipDetail;
  adopt(finished: FinishedDownload): Promise<string>;
  /** Gives a clip the hash that was read of its bytes elsewhere. */
  recordHash(clipId: string, sha256: string): void;
  /** Which clip holds an asset, for those that have one. */
  clipsOfAssets(assetIds: readonly string[]): ReadonlyMap<string, string>;
  /** Which clips have this content. */
  clipsOfHash(sha256: string): readonly string[];
  /** What the media doors need of a clip; null when there is none. */
  mediaOf(id: string): { path: string | null; fingerprint: string; sizeBytes: number } | null;
  reindex(clipId: string): void;
  reindexEvent(eventId: string): void;
  /** Ends the scans under way. */
  close(): void;
}

/** Builds the library area over user.db. */
export function createLibrary(deps: LibraryDeps): LibraryArea {
  const clips = createClipsRepo(deps.db);
  const read = createClipsReadRepo(deps.db);
  const roots = createRootsRepo(deps.db);
  const index = createClipIndexRepo(deps.db, read);
  const clipJobs = createClipJobs({ ...deps, clips, read });
  const closing = new AbortController();
  const scan = (some: readonly Root[]): Promise<ScanSummary> =>
    scanAll(
      {
        ...deps,
        clips,
        roots,
        index,
        closing: closing.signal,
        askProbe: (clipId) => clipJobs.ask(clipId, 'probe'),
      },
      some,
    );
  const get = (id: string): ClipDetail => {
    const record = read.find(id);
    if (!record) throw new RushesError('NOT_FOUND', `There is no clip ${id} in the library.`);
    return toClipDetail(record, read);
  };

  return {
    jobKinds: clipJobs.kinds,
    get,
    roots: () => roots.all(),
    addRoot: async (given) => {
      const path = await existingFolder(given);
      if (!roots.byPath(path)) roots.insert(path, deps.clock.now());
      const root = roots.byPath(path);
      return scan(root ? [root] : []);
    },
    removeRoot: async (given) => {
      // It was added by its real path; a folder that is offline has none now.
      const path = resolve(given);
      const real = await realpath(path).catch(() => path);
      if (!roots.remove(real) && !roots.remove(path)) {
        throw new RushesError('NOT_FOUND', `${given} is not a folder of the library.`);
      }
      deps.notify('root');
      return roots.all();
    },
    scan: (rootId) => {
      const wanted = roots.all().filter((root) => rootId === undefined || root.id === rootId);
      if (rootId !== undefined && wanted.length === 0) {
        throw new RushesError('NOT_FOUND', `There is no library folder ${rootId}.`);
      }
      return scan(wanted);
    },
    list: (query) => listClips(read, query),
    retry: (id, step) => {
      get(id);
      if (step === 'probe' || step === 'picture' || step === 'hash') clipJobs.ask(id, step);
      return get(id);
    },
    adopt: async (finished) => {
      const clipId = await adoptDownload({ ...deps, clips, index }, finished);
      clipJobs.ask(clipId, 'probe');
      for (const entity of ['clip', 'event'] as const) deps.notify(entity);
      return clipId;
    },
    recordHash: (clipId, sha256) => {
      clips.setHash(clipId, sha256);
      clips.setStep(clipId, 'hash', { state: 'done', reason: null });
    },
    clipsOfAssets: (assetIds) => new Map(read.byAssets(assetIds).map(({ assetId, id }) => [assetId, id])),
    clipsOfHash: read.byHash,
    mediaOf: (id) => mediaOf(read.find(id), clips),
    reindex: (clipId) => index.refresh(clipId),
    reindexEvent: (eventId) => {
      const ids = read.idsOfEvent(eventId);
      // One commit for all: each waits for the disk.
      atomic(deps.db, () => {
        for (const id of ids) index.refresh(id);
      })();
      for (const id of ids) deps.notify('clip', id);
    },
    close: () => closing.abort(),
  };
}

function mediaOf(
  record: ReturnType<ReturnType<typeof createClipsReadRepo>['find']>,
  clips: ReturnType<typeof createClipsRepo>,
): ReturnType<LibraryArea['mediaOf']> {
  if (!record) return null;
  const { id, fingerprint, size_bytes: sizeBytes } = record;
  return { path: clips.pathOf(id), fingerprint, sizeBytes };
}

async function scanAll(deps: ScanDeps & { notify: Notify }, some: readonly Root[]): Promise<ScanSummary> {
  const startedAt = deps.clock.now();
  const sum = { added: 0, changed: 0, missing: 0 };
  for (const root of some) {
    const outcome = await scanRoot(deps, root);
    sum.added += outcome.added;
    sum.changed += outcome.changed;
    sum.missing += outcome.missing;
    deps.notify('root', root.id);
  }
  deps.notify('clip');
  return { roots: deps.roots.all(), ...sum, ms: deps.clock.now() - startedAt };
}

/** The folder's real path, so that the same folder by two names is one root. */
async function existingFolder(given: string): Promise<string> {
  const path = resolve(given);
  const facts = await stat(path).catch(() => null);
  if (!facts) throw new RushesError('NOT_FOUND', `There is no folder ${path}.`);
  if (!facts.isDirectory()) throw new RushesError('USAGE', `${path} is not a folder.`);
  return realpath(path);
}

function listClips(
  read: ReturnType<typeof createClipsReadRepo>,
  query: ClipQuery,
): { total: number; items: ClipRow[]; cursor: string | null; ms: number } {
  const startedAt = performance.now();
  const found = toSearchFilter(query, columns);
  const filter = found && { ...found, eventId: query.eventId, tag: query.tag };
  const records =
    filter === null ? [] : read.list(filter, { after: toPlace(query.cursor), limit: query.limit + 1 });
  const page = records.slice(0, query.limit);
  const last = page.at(-1);
  return {
    total: filter === null ? 0 : read.count(filter),
    items: page.map((record) => toClipRow(record, read)),
    cursor: records.length > query.limit && last ? `${last.day ?? ''}/${last.row}` : null,
    ms: performance.now() - startedAt,
  };
}

function toPlace(cursor: string | undefined): { day: string; row: number } | null {
  if (cursor === undefined) return null;
  const match = /^(|\d{4}-\d{2}-\d{2})\/(\d+)$/.exec(cursor);
  if (!match) throw new RushesError('USAGE', 'The cursor is not one that Rushes has given.');
  return { day: match[1] ?? '', row: Number(match[2]) };
}
