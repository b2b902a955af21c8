import type { Connection } from '../storage/open-database.ts';
import { createRemovalRepo } from './removal-repo.ts';
import type { SearchTextRepo } from './search-text-repo.ts';
import type { Slices } from './slices.ts';
import type { TwinLinks } from './twin-links.ts';

/** So many that are gone at once, and more than are left, are rather a source gone wrong than withdrawals. */
const manyAtOnce = 20;

/** How much a run did not show, when that is too much to be believed. */
export interface Doubt {
  readonly gone: number;
  readonly listed: number;
}

/** Takes away what sources no longer list, and sources themselves. */
export function createRemovals(
  db: Connection,
  deps: { texts: SearchTextRepo; twins: TwinLinks; slices: Slices },
) {
  const repo = createRemovalRepo(db);
  const { texts, twins, slices } = deps;
  return {
    /** Null when a run has shown enough to be believed in what it did not show. */
    doubtOf: ({ sourceId, run }: { sourceId: string; run: number }): Doubt | null => {
      if (repo.unseen(sourceId, run, '').length < manyAtOnce) return null;
      const [gone, listed] = [repo.countUnseen(sourceId, run), repo.countSeen(sourceId, run)];
      return gone > listed ? { gone, listed } : null;
    },
    /** Withdraws what a run did not show. Returns the ids. */
    withdrawUnseen: (of: { sourceId: string; run: number; nowMs: number }): string[] => {
      const withdrawn: string[] = [];
      let after = '';
      const goOn = (isLate: () => boolean): boolean => {
        const found = repo.unseen(of.sourceId, of.run, after);
        for (const asset of found) {
          repo.withdraw(of.sourceId, asset, of.nowMs);
          withdrawn.push(asset.id);
          after = asset.externalId;
          if (isLate()) break;
        }
        return found.length > 0;
      };
      while (slices.once(goOn));
      return withdrawn;
    },
    /** Removes the assets of a source, and relinks those of others that stood with them. */
    *assetsOf(sourceId: string): Generator<void, void> {
      const goOn = (isLate: () => boolean): boolean => {
        const found = repo.assetsOf(sourceId);
        for (const asset of found) {
          twins.remove({ assetId: asset.id, sourceId }, asset.aliases);
          texts.note(asset.row, true);
          repo.removeAsset(sourceId, asset);
          if (isLate()) break;
        }
        twins.settle();
        return found.length > 0;
      };
      while (slices.once(goOn)) yield;
    },
    eventsOf: (sourceId: string): void => repo.removeEvents(sourceId),
  };
}
