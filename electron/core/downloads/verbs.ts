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
  readonly enqueue: (rows: readonly DownloadRow[]) => void;
  readonly view: (row: DownloadRow) => Download;
  readonly find: (id: string) => DownloadRow;
  /** Hosts that are left alone may be asked again: a person wants it. */
  readonly forgive: () => void;
}

const moving: readonly DownloadState[] = ['queued', 'running', 'waiting', 'verifying'];

/** The verbs for downloads that are there. One that does not apply leaves the download as it is. */
export function createVerbs(deps: VerbDeps) {
  const { repo } = deps;

  /** Each verb is for all at once: ten thousand downloads are a few commits, not ten thousand. */
  const apply = async (
    some: Some | undefined,
    to: readonly DownloadState[],
    verb: (rows: readonly DownloadRow[]) => Promise<void> | void,
  ): Promise<{ downloads: Download[] }> => {
    const rows = some?.ids ? some.ids.map(deps.find) : repo.inStates(to);
    const meant = rows.filter((row) => to.includes(row.state));
    if (meant.length > 0) await verb(meant);
    return { downloads: rows.map((row) => deps.view(deps.find(row.id))) };
  };

  /** The wish is written down first, so that it holds even if the process dies while the engine stops. */
  const stop = async (rows: readonly DownloadRow[], state: 'paused' | 'cancelled'): Promise<void> => {
    const ids = rows.map(({ id }) => id);
    const reason = state === 'paused' ? 'USER_PAUSED' : null;
    repo.stand(ids, { state, reason, detail: null, retryAtMs: null });
    await deps.jobs.cancelAll('download', ids);
    for (const id of ids) deps.notify('download', id);
  };

  /** What was fetched is no basis for another try after some failures; it is kept aside. */
  const prepareRetry = async (row: DownloadRow): Promise<void> => {
    const useless =
      row.reason === 'HASH_MISMATCH' || row.reason === 'REMOTE_CHANGED' || row.reason === 'SIZE_MISMATCH';
    const gone = row.partPath !== null && !(await exists(row.partPath));
    if (!useless && !gone) return;
    if (useless && row.oldPartPath !== null && row.partPath !== null) await removePart(row.oldPartPath);
    repo.startOver(row.id, gone ? row.oldPartPath : (row.partPath ?? row.oldPartPath));
  };

  const goOn = (rows: readonly DownloadRow[]): void => {
    deps.forgive();
    repo.forgetFailures(rows.map(({ id }) => id));
    // What runs is on the list, whatever was taken off it.
    for (const { id } of rows.filter(({ forgotten }) => forgotten)) repo.recall(id);
    deps.enqueue(rows);
  };

  return {
    pause: (some?: Some) => apply(some, moving, (rows) => stop(rows, 'paused')),
    resume: (some?: Some) => apply(some, some?.ids ? ['paused', 'waiting'] : ['paused'], goOn),
    retry: (some?: Some) =>
      apply(some, some?.ids ? ['failed', 'waiting', 'cancelled'] : ['failed'], async (rows) => {
        await Promise.all(rows.map(prepareRetry));
        goOn(rows);
      }),
    /** Never touches a finished file: one that became complete meanwhile stays complete. */
    cancel: (some?: Some) =>
      apply(some, [...moving, 'paused', 'failed'], async (rows) => {
        await stop(rows, 'cancelled');
        for (const { id } of rows) {
          const stopped = deps.find(id);
          if (stopped.state !== 'cancelled') continue;
          if (stopped.partPath !== null || stopped.oldPartPath !== null) {
            await removeParts(repo, stopped);
            repo.startOver(id, null);
          }
          if (stopped.options.hasHeaders) await deps.secrets.delete(headersSecret(id));
        }
      }),
  };
}
