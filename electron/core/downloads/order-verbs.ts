import type { Download } from '../../../shared/contract/downloads.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import type { Notify } from '../ports.ts';
import { replacementOf, type DescribeAsset } from './want-asset.ts';
import type { FindPlace } from './find-place.ts';
import type { DownloadRow } from './download-row.ts';
import type { Some } from './downloads.ts';
import type { DownloadsRepo } from './downloads-repo.ts';
import { removeParts } from './finish.ts';
import type { WishChange } from './order-repo.ts';
import { placeBetween } from './traffic/place-between.ts';

interface OrderDeps {
  readonly repo: DownloadsRepo;
  readonly jobs: JobRunner;
  readonly notify: Notify;
  readonly describeAsset: DescribeAsset;
  readonly places: FindPlace;
  readonly enqueue: (rows: readonly DownloadRow[]) => void;
  readonly view: (row: DownloadRow) => Download;
  readonly find: (id: string) => DownloadRow;
  /** The order or the rates are others now. */
  readonly onOrder: () => void;
}

const ended: ReadonlySet<string> = new Set(['complete', 'cancelled', 'failed']);

/** The verbs that order the queue, say more of a wish, or take from the list what has ended. */
export function createOrderVerbs(deps: OrderDeps) {
  const { repo, notify } = deps;
  const told = (ids: readonly string[]): { downloads: Download[] } => {
    for (const id of ids) notify('download', id);
    deps.onOrder();
    return { downloads: ids.map((id) => deps.view(deps.find(id))) };
  };

  return {
    change: ({ ids, ...wish }: { ids: readonly string[] } & WishChange): { downloads: Download[] } => {
      const rows = ids.map(deps.find);
      repo.change(
        rows.filter(({ state }) => !ended.has(state)).map(({ id }) => id),
        wish,
      );
      return told(ids);
    },

    /** Those that are moved get the priority of their new neighbours where their own would not leave them there. */
    move: ({ ids, before }: { ids: readonly string[]; before: string | null }): { downloads: Download[] } => {
      for (const id of before === null ? ids : [...ids, before]) deps.find(id);
      repo.put(placeBetween(repo.places(), ids, before));
      // Every row of the list may have another place now.
      notify('download');
      return told(ids);
    },

    swapRendition: async ({ id, renditionId }: { id: string; renditionId: string }): Promise<Download> => {
      const row = deps.find(id);
      if (row.assetId === null || row.state === 'complete' || row.state === 'cancelled') {
        throw new RushesError(
          'CONFLICT',
          'Only an unfinished download of an asset can take another rendition.',
        );
      }
      const found = await deps.describeAsset(row.assetId, renditionId);
      await deps.jobs.cancel('download', id);
      const stopped = deps.find(id);
      if (stopped.state === 'complete')
        throw new RushesError('CONFLICT', 'It has become complete meanwhile.');
      await removeParts(repo, stopped);
      // Whoever cancels it while it is being stopped wants none of its renditions.
      if (deps.find(id).state === 'cancelled')
        throw new RushesError('CONFLICT', 'It has been cancelled meanwhile.');
      if (row.forgotten) repo.recall(id);
      repo.startOver(id, null);
      const { assetId, dir: base } = row;
      const { fileName } = found;
      const named = deps.places.nameOf({ base, fileName, of: { kind: 'asset', assetId, renditionId } });
      repo.swap(id, { ...replacementOf(found), fileName: named });
      if (stopped.state === 'paused') notify('download', id);
      else deps.enqueue([deps.find(id)]);
      return deps.view(deps.find(id));
    },

    forget: (some?: Some): { forgotten: number } => {
      const forgotten = some?.ids ? repo.forget(some.ids) : repo.forgetEnded();
      if (forgotten > 0) notify('download');
      return { forgotten };
    },
  };
}
