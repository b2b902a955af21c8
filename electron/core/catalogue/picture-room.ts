import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Log } from '../ports.ts';

/** How much of the room is left filled when it was all used up: clearing is rare, and then worth the look at all files. */
const leftFilled = 0.9;
/** What a kill has left half-written is nobody's any more after so long, in milliseconds. */
const forsakenMs = 3_600_000;
/** How many files are looked at at once. */
const atOnce = 32;

/** The room that the files of a folder may take. */
export interface PictureRoom {
  /** A file was shown, or has come. */
  used(name: string): void;
  /** A file of so many bytes has come. */
  grown(bytes: number): void;
  /** Waits for what is being cleared away. */
  close(): Promise<void>;
}

/** One file of the folder. */
interface Kept {
  readonly name: string;
  readonly sizeBytes: number;
  readonly usedAtMs: number;
}

/** What room is kept in. */
interface RoomDeps {
  readonly dir: string;
  readonly mostBytes: number;
  readonly now: () => number;
  readonly log: Log;
}

/**
 * Keeps the files of a folder within `mostBytes`: when they take more, those that were not used for longest go, in the
 * background. When each was used last stands in its time of access, so that a kill forgets nothing.
 */
export function createPictureRoom(deps: RoomDeps): PictureRoom {
  const { mostBytes } = deps;
  /** Later than the time on disk, where that was spared. */
  const usedAtMs = new Map<string, number>();
  /** Those that were used since the last clearing began: it leaves them alone. */
  const usedSince = new Set<string>();
  let grownBytes = 0;
  /** How much may be added before it is looked again; at first it is not known how much there is. */
  let roomBytes = 0;
  let clearing: Promise<void> | null = null;
  let isClosed = false;

  const clear = async (): Promise<void> => {
    grownBytes = 0;
    usedSince.clear();
    const all = await listFiles(deps, { usedAtMs, isClosed: () => isClosed });
    let totalBytes = all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const oldestFirst = totalBytes > mostBytes ? all.toSorted((a, b) => a.usedAtMs - b.usedAtMs) : [];
    for (const { name, sizeBytes } of oldestFirst) {
      if (isClosed || totalBytes <= mostBytes * leftFilled) break;
      if (usedSince.has(name) || !(await isRemoved(join(deps.dir, name)))) continue;
      usedAtMs.delete(name);
      totalBytes -= sizeBytes;
    }
    // What cannot be cleared away is not tried again with each picture.
    roomBytes = Math.max(mostBytes - totalBytes, mostBytes * (1 - leftFilled));
  };
  const clearWhenFull = (): void => {
    if (clearing || isClosed || grownBytes <= roomBytes) return;
    clearing = clear()
      .catch((error: unknown) => {
        roomBytes = mostBytes * (1 - leftFilled);
        deps.log.warn('Old pictures of the catalogue were not cleared away.', { error: String(error) });
      })
      .finally(() => {
        clearing = null;
        // Pictures that came meanwhile.
        clearWhenFull();
      });
  };

  return {
    used: (name) => {
      usedAtMs.set(name, deps.now());
      usedSince.add(name);
    },
    grown: (bytes) => {
      grownBytes += bytes;
      clearWhenFull();
    },
    close: async () => {
      isClosed = true;
      await clearing;
    },
  };
}

/** All files, some at a time; what a kill has left half-written is removed on the way. */
async function listFiles(
  { dir, now }: RoomDeps,
  known: { readonly usedAtMs: ReadonlyMap<string, number>; readonly isClosed: () => boolean },
): Promise<Kept[]> {
  const look = async (name: string): Promise<Kept | null> => {
    const facts = await stat(join(dir, name)).catch(() => null);
    if (!facts?.isFile()) return null;
    if (!name.endsWith('.tmp')) {
      const usedAtMs = Math.max(facts.atimeMs, known.usedAtMs.get(name) ?? 0);
      return { name, sizeBytes: facts.size, usedAtMs };
    }
    if (now() - facts.mtimeMs > forsakenMs) await isRemoved(join(dir, name));
    return null;
  };
  const names = await readdir(dir);
  const found: Kept[] = [];
  for (let at = 0; at < names.length && !known.isClosed(); at += atOnce) {
    const some = await Promise.all(names.slice(at, at + atOnce).map(look));
    found.push(...some.filter((one) => one !== null));
    await setImmediate();
  }
  return found;
}

async function isRemoved(path: string): Promise<boolean> {
  return rm(path, { force: true }).then(
    () => true,
    () => false,
  );
}
