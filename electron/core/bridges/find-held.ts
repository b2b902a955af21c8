import { stat } from 'node:fs/promises';
import type { FindHeld, HeldFile } from '../downloads/want-asset.ts';
import type { LibraryArea } from '../library/library.ts';

/**
 * Finds a wanted file among the clips: one of the same asset and size, else one with the promised hash. A clip counts
 * only while its file is where it was and as long as it was.
 */
export function createFindHeld({ library }: { library: LibraryArea }): FindHeld {
  const stillThere = async (clipId: string, by: HeldFile['by']): Promise<HeldFile | null> => {
    const clip = library.mediaOf(clipId);
    if (!clip?.path) return null;
    const found = await stat(clip.path).catch(() => null);
    return found?.isFile() && found.size === clip.sizeBytes ? { clipId, path: clip.path, by } : null;
  };
  return async ({ assetId, sizeBytes, hash }) => {
    const ofAsset = library.clipsOfAssets([assetId]).get(assetId);
    // The asset may be here as another rendition; the size tells which one it is.
    if (ofAsset !== undefined && sizeBytes !== null && library.mediaOf(ofAsset)?.sizeBytes === sizeBytes) {
      const held = await stillThere(ofAsset, 'identity');
      if (held) return held;
    }
    if (hash?.kind !== 'sha256') return null;
    for (const clipId of library.clipsOfHash(hash.value.toLowerCase())) {
      const held = await stillThere(clipId, 'hash');
      if (held) return held;
    }
    return null;
  };
}
