import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

const gibibyte = 1024 ** 3;

/** What is known of the volume that a folder lies on. */
export interface Volume {
  readonly freeBytes: number;
  readonly sizeBytes: number;
}

/** Asks for the volume of a folder, or of the nearest one above it that is there; null where nobody tells. */
export async function volumeOf(dir: string): Promise<Volume | null> {
  for (let at = dir; ; at = dirname(at)) {
    try {
      const { bavail, blocks, bsize } = await statfs(at);
      return { freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
    } catch (error) {
      const isGone = (error as { code?: unknown }).code === 'ENOENT';
      if (!isGone || dirname(at) === at) return null;
    }
  }
}

/** Bytes of a volume that downloads leave free: as told, else two gibibytes or a twentieth, but never more than ten. */
export function reserveOf(volume: Volume, keepFreeBytes: number | null): number {
  return keepFreeBytes ?? Math.min(10 * gibibyte, Math.max(2 * gibibyte, volume.sizeBytes / 20));
}
