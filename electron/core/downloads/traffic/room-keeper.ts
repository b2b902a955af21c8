import type { DownloadRow } from '../download-row.ts';
import type { DownloadsRepo } from '../downloads-repo.ts';
import type { Engine } from '../engine.ts';
import { reserveOf, volumeOf } from './room.ts';

/** Sees to it that the disks keep their reserve, and that what waits for room goes on when there is some. */
export function createRoomKeeper(deps: {
  repo: DownloadsRepo;
  engine: Engine;
  settings: { keepFreeBytes(): number | null };
  enqueue: (rows: readonly DownloadRow[]) => void;
}) {
  const { repo, engine, settings } = deps;
  /** Those that were seen to lack room: only of them it can be said that there is room again. */
  let lacking = new Set<string>();

  /** Bytes above the reserve in a folder's volume; null where nobody tells. */
  const spare = async (dir: string): Promise<number | null> => {
    const volume = await volumeOf(dir);
    return volume && volume.freeBytes - reserveOf(volume, settings.keepFreeBytes());
  };

  return {
    /** Stops everything that fetches onto a volume whose reserve is eaten. */
    guard: async (): Promise<void> => {
      const dirs = new Map<string, string[]>();
      for (const { row, fetching } of engine.active()) {
        if (fetching) dirs.set(row.dir, [...(dirs.get(row.dir) ?? []), row.id]);
      }
      for (const [dir, ids] of dirs) {
        if (((await spare(dir)) ?? 0) < 0) for (const id of ids) engine.interrupt(id, 'no-space');
      }
    },
    /** Looks at what waits for room, and puts back into the queue what has it now, as far as it reaches for all. */
    recheck: async (): Promise<void> => {
      const left = new Map<string, number>();
      const stillLacking = new Set<string>();
      for (const row of repo.waitingFor(['NO_SPACE'])) {
        const free = left.get(row.dir) ?? (await spare(row.dir)) ?? Number.MAX_SAFE_INTEGER;
        const missing = Math.max(0, (row.sizeBytes ?? 0) - row.doneBytes);
        left.set(row.dir, free);
        if (free < missing) stillLacking.add(row.id);
        else if (lacking.has(row.id)) {
          left.set(row.dir, free - missing);
          // The user may have paused or cancelled it while the disk was asked.
          if (repo.find(row.id)?.reason === 'NO_SPACE') deps.enqueue([row]);
        }
      }
      lacking = stillLacking;
    },
  };
}
