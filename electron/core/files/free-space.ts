import { statfs } from 'node:fs/promises';

/** Bytes that this user can still write in a folder, or null where the file system does not tell. */
export async function freeSpace(dir: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(dir, { bigint: true });
    const free = Number(bavail * bsize);
    return Number.isFinite(free) ? free : null;
  } catch {
    return null;
  }
}
