import type { CheckRun } from '../../../shared/contract/verify.ts';
import type { JobKind, JobResult } from '../jobs/job.ts';
import type { Clock, Log, Notify } from '../ports.ts';
import { atomic } from '../storage/atomic.ts';
import type { Connection } from '../storage/open-database.ts';
import { checkFile, type SealedPiece } from './check-file.ts';
import type { CheckItem, StoredRun } from './check-row.ts';
import type { ChecksRepo } from './checks-repo.ts';
import type { Finding } from './finding.ts';
import type { KnownFile, KnownFilesRepo } from './known-files-repo.ts';
import { pruneChecks } from './prune-checks.ts';
import { settleFolder } from './settle-folder.ts';
import type { VolumeTurns } from './volume-turns.ts';

/** The job kind; its key is the run's id. */
export const checkJobKind = 'check';

/** Runs at the same time; volumes are taken in turns, so a small check goes between the files of a large one. */
const parallelRuns = 4;
const pageItems = 200;
/** Progress is told at most this often, in milliseconds. */
const noticeEveryMs = 250;

/** What a check works with. */
export interface CheckDeps {
  readonly db: Connection;
  readonly checks: ChecksRepo;
  readonly known: KnownFilesRepo;
  readonly clock: Clock;
  readonly log: Log;
  readonly notify: Notify;
  readonly hashWorkerUrl: URL;
  readonly version: string;
  readonly turns: VolumeTurns;
  /** Unpacks what a finished download has left of its pieces. */
  readonly piecesOf: (downloadId: string, sizeBytes: number) => readonly SealedPiece[] | null;
  /** Gives a clip the hash that was read of it, for it had none. */
  readonly recordHash: (clipId: string, sha256: string) => void;
}

/** The job that works off a run, file by file, and what it has read of files not finished yet. */
export function createCheckJob(deps: CheckDeps): JobKind & { bytesUnderWay(runId: string): number } {
  const underWay = new Map<string, Map<string, number>>();
  return {
    kind: checkJobKind,
    concurrency: () => parallelRuns,
    bytesUnderWay: (runId) => [...(underWay.get(runId)?.values() ?? [])].reduce((sum, one) => sum + one, 0),
    run: async (payload, { signal }): Promise<JobResult> => {
      const { runId } = payload as { runId: string };
      const run = deps.checks.run(runId);
      if (run?.state !== 'running') return { kind: 'done' };
      const files = new Map<string, number>();
      underWay.set(runId, files);
      try {
        await workOff(deps, { run, files, signal });
        const { folder } = run;
        if (folder !== null) await settleFolder(deps, { ...run, folder }, signal);
        deps.checks.endRun(runId, { state: 'done', reason: null }, deps.clock.now());
        await pruneChecks(deps.checks, signal);
      } catch (error) {
        if (signal.aborted) throw error;
        const reason = error instanceof Error ? error.message : String(error);
        deps.log.error('A check could not be finished.', { runId, reason });
        deps.checks.endRun(runId, { state: 'failed', reason }, deps.clock.now());
      } finally {
        underWay.delete(runId);
        deps.notify('check', runId);
      }
      return { kind: 'done' };
    },
  };
}

interface Work {
  readonly run: StoredRun;
  /** Bytes read of the files under way, by path. */
  readonly files: Map<string, number>;
  readonly signal: AbortSignal;
}

async function workOff(deps: CheckDeps, work: Work): Promise<void> {
  for (let after = ''; ;) {
    const page = deps.checks.todo(work.run.id, after, pageItems);
    const last = page.at(-1);
    if (!last) return;
    after = last.path;
    const byVolume = new Map<string, CheckItem[]>();
    for (const item of page) {
      const volume = await deps.turns.volumeOf(item.path);
      byVolume.set(volume, [...(byVolume.get(volume) ?? []), item]);
    }
    const ends = await Promise.allSettled(
      [...byVolume].map(async ([volume, items]) => {
        for (const item of items)
          await deps.turns.take(volume, work.signal, () => checkItem(deps, work, item));
      }),
    );
    // Only now: what throws on one volume must not leave the others at work behind the end of the run.
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }
}

async function checkItem(deps: CheckDeps, work: Work, item: CheckItem): Promise<void> {
  const { run, files, signal } = work;
  signal.throwIfAborted();
  let toldAt = 0;
  const known = deps.known.find(item.path);
  try {
    const finding = await checkFile(
      {
        path: item.path,
        known,
        baseline: deps.checks.baseline(item.path),
        listed: item.listed,
        pieces: known?.download ? deps.piecesOf(known.download.id, known.download.sizeBytes) : null,
        forList: run.folder !== null,
      },
      {
        hashWorkerUrl: deps.hashWorkerUrl,
        signal,
        onProgress: (bytes) => {
          files.set(item.path, bytes);
          if (performance.now() - toldAt < noticeEveryMs) return;
          toldAt = performance.now();
          deps.notify('check', run.id);
        },
      },
    );
    keep(deps, item, { finding, known });
  } finally {
    files.delete(item.path);
  }
  deps.notify('check', run.id);
  if (known?.clipId) deps.notify('clip', known.clipId);
}

/** One transaction for the finding and what follows from it. */
function keep(deps: CheckDeps, item: CheckItem, of: { finding: Finding; known: KnownFile | null }): void {
  const { state, sizeBytes, modifiedAtMs, sha256 } = of.finding;
  atomic(deps.db, () => {
    deps.checks.found(item.id, of.finding, deps.clock.now());
    if (state !== 'ok' && state !== 'unproven') return;
    if (of.known === null || sizeBytes === null || modifiedAtMs === null || sha256 === null) return;
    deps.checks.putBaseline(item.path, { sizeBytes, modifiedAtMs, sha256 });
    if (of.known.sha256 === null && of.known.clipId !== null) deps.recordHash(of.known.clipId, sha256);
  })();
}

/** A run as a door shows it. */
export function toCheckRun(
  run: StoredRun,
  counts: ReturnType<ChecksRepo['counts']>,
  bytesUnderWay: number,
): CheckRun {
  return {
    id: run.id,
    title: run.title,
    state: run.state,
    reason: run.reason,
    files: counts.files,
    checkedFiles: counts.checkedFiles,
    bytes: counts.bytes,
    checkedBytes: Math.min(counts.bytes, counts.checkedBytes + bytesUnderWay),
    counts: counts.states,
    manifest: run.manifest,
    startedAtMs: run.startedAtMs,
    finishedAtMs: run.finishedAtMs,
  };
}
