import { toFileFault, isFileError } from '../files/file-fault.ts';
import { removePart } from '../files/publish-file.ts';
import type { JobKind, JobResult } from '../jobs/job.ts';
import { atomic } from '../storage/atomic.ts';
import type { CheckItem } from './check-row.ts';
import { mendFile, type FetchPieces, type Mended } from './mend-file.ts';
import type { CheckDeps } from './run-check.ts';

/** The job kind; its key is the item's id. */
export const mendJobKind = 'mend';

/** The job that mends one damaged file. */
export function createMendJob(deps: CheckDeps & { fetchPieces: FetchPieces }): JobKind {
  return {
    kind: mendJobKind,
    concurrency: () => 1,
    run: async (payload, { signal }): Promise<JobResult> => {
      const item = deps.checks.item((payload as { itemId: number }).itemId);
      if (item === null || item.mendState === 'done') return { kind: 'done' };
      const tell = (): void => {
        deps.notify('check', item.runId);
        if (item.clipId !== null) deps.notify('clip', item.clipId);
      };
      deps.checks.mend(item.id, { state: 'running', detail: null, fetchedBytes: 0 });
      tell();
      const mended = await mend(deps, item, signal).catch((error: unknown): Mended => {
        if (signal.aborted) throw error;
        deps.log.error('Mending a file met a bug.', { item: item.id, error: String(error) });
        return { kind: 'failed', detail: 'Something unexpected went wrong inside Rushes.', fetchedBytes: 0 };
      });
      keep(deps, item, mended);
      tell();
      return { kind: 'done' };
    },
  };
}

async function mend(
  deps: CheckDeps & { fetchPieces: FetchPieces },
  item: CheckItem,
  signal: AbortSignal,
): Promise<Mended> {
  const failed = (detail: string): Mended => ({ kind: 'failed', detail, fetchedBytes: 0 });
  const known = deps.known.find(item.path);
  const download = known?.download;
  if (item.state !== 'damaged' || !known || !download || known.sha256 === null) {
    return failed('It is not known any more where the file came from.');
  }
  const pieces = deps.piecesOf(download.id, download.sizeBytes);
  if (pieces === null || item.sizeBytes !== download.sizeBytes) {
    return failed('It is not known which part of the file is damaged; only a fresh download helps.');
  }
  await removeLeftover(deps, item);
  try {
    return await mendFile({
      item,
      downloadId: download.id,
      pieces,
      sha256: known.sha256,
      fetch: deps.fetchPieces,
      hashWorkerUrl: deps.hashWorkerUrl,
      signal,
      intend: (partPath) => deps.checks.setMendPart(item.id, partPath),
    });
  } catch (error) {
    if (signal.aborted) throw error;
    await removeLeftover(deps, deps.checks.item(item.id) ?? item);
    if (isFileError(error)) return failed(toFileFault(error, 'Mending the file failed').message);
    throw error;
  }
}

/** Removes the copy that an earlier try has left. Nothing else is ever given such a name by us. */
async function removeLeftover(deps: CheckDeps, item: CheckItem): Promise<void> {
  if (item.mendPartPath === null) return;
  await removePart(item.mendPartPath);
  deps.checks.setMendPart(item.id, null);
}

function keep(deps: CheckDeps, item: CheckItem, mended: Mended): void {
  const now = deps.clock.now();
  const { fetchedBytes } = mended;
  atomic(deps.db, () => {
    deps.checks.setMendPart(item.id, null);
    if (mended.kind === 'failed') {
      deps.checks.mend(item.id, { state: 'failed', detail: mended.detail, fetchedBytes });
      return;
    }
    const { sizeBytes, expectedSha256: sha256 } = item;
    const { modifiedAtMs } = mended;
    const whole = { sizeBytes, modifiedAtMs, sha256, expectedSha256: sha256 };
    deps.checks.found(
      item.id,
      { ...whole, state: 'ok', detail: 'It was mended.', hashes: null, damage: [], remedy: 'none' },
      now,
    );
    if (sizeBytes !== null && sha256 !== null)
      deps.checks.putBaseline(item.path, { sizeBytes, modifiedAtMs, sha256 });
    deps.checks.mend(item.id, { state: 'done', detail: null, fetchedBytes });
  })();
  deps.log.info('A damaged file was looked after.', { item: item.id, ...mended });
}
