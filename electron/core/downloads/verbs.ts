import type { Download, DownloadState } from '../../../shared/contract/downloads.ts';
import { exists, removePart } from '../files/publish-file.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import type { Notify } from '../ports.ts';
import type { DownloadRow } from './download-row.ts';
import { removeParts } from './finish.ts';
import type { Some } from './downloads.ts';
import type { DownloadsRepo } from './downloads-repo.ts';
import { headersSecret, type DownloadSecrets } from './url-download.ts';

interface VerbDeps {
  readonly repo: DownloadsRepo;
  readonly jobs: JobRunner;
  readonly notify: Notify;
  readonly secrets: DownloadSecrets;
  readonly enqueue: (row: DownloadRow) => void;
  readonly view: (row: DownloadRow) => Download;
  readonly find: (id: string) => DownloadRow;
}

const moving: readonly DownloadState[] = ['queued', 'running', 'waiting', 'verifying'];

/** The verbs for downloads that are there. One that does not apply leaves the download as it is. */
export function createVerbs(deps: VerbDeps) {
  const { repo } = deps;

  const apply = async (
    some: Some | undefined,
    to: readonly DownloadState[],
    verb: (row: DownloadRow) => Promise<unknown>,
  ): Promise<{ downloads: Download[] }> => {
    const rows = some?.ids
      ? some.ids.map(deps.find)
      : repo.list('all').filter((row) => to.includes(row.state));
    await Promise.all(rows.filter((row) => to.includes(row.state)).map(verb));
    return { downloads: rows.map((row) => deps.view(deps.find(row.id))) };
  };

  /** The wish is written down first, so that it holds even if the process dies while the engine stops. */
  const stop = async (row: DownloadRow, state: 'paused' | 'cancelled'): Promise<DownloadRow> => {
    const reason = state === 'paused' ? 'USER_PAUSED' : null;
    repo.stand(row.id, { state, reason, detail: null, retryAtMs: null });
    await deps.jobs.cancel('download', row.id);
    deps.notify('download', row.id);
    return deps.find(row.id);
  };

  /** What was fetched is no basis for another try after some failures; it is kept aside. */
  const prepareRetry = async (row: DownloadRow): Promise<void> => {
    repo.forgetFailures(row.id);
    const useless =
      row.reason === 'HASH_MISMATCH' || row.reason === 'REMOTE_CHANGED' || row.reason === 'SIZE_MISMATCH';
    const gone = row.partPath !== null && !(await exists(row.partPath));
    if (!useless && !gone) return;
    if (useless && row.oldPartPath !== null && row.partPath !== null) await removePart(row.oldPartPath);
    repo.startOver(row.id, gone ? row.oldPartPath : (row.partPath ?? row.oldPartPath));
  };

  return {
    pause: (some?: Some) => apply(some, moving, (row) => stop(row, 'paused')),
    resume: (some?: Some) =>
      apply(some, some?.ids ? ['paused', 'waiting'] : ['paused'], async (row) => {
        repo.forgetFailures(row.id);
        deps.enqueue(row);
      }),
    retry: (some?: Some) =>
      apply(some, some?.ids ? ['failed', 'waiting', 'cancelled'] : ['failed'], async (row) => {
        await prepareRetry(row);
        deps.enqueue(row);
      }),
    /** Never touches a finished file: one that became complete meanwhile stays complete. */
    cancel: (some?: Some) =>
      apply(some, [...moving, 'paused', 'failed'], async (row) => {
        const stopped = await stop(row, 'cancelled');
        if (stopped.state !== 'cancelled') return;
        await removeParts(repo, stopped);
        repo.startOver(row.id, null);
        await deps.secrets.delete(headersSecret(row.id));
      }),
  };
}
