import { extname } from 'node:path';
import type { LibraryArea } from '../library/library.ts';
import { parseMediaPath } from '../media/media-path.ts';
import type { PictureMaker } from '../media/pictures.ts';
import type { ServedFile } from '../media/media-response.ts';
import type { PictureFile } from '../catalogue/picture-files.ts';

const videoTypes: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.mov': 'video/quicktime',
  '.webm': 'video/webm',
  '.mkv': 'video/x-matroska',
  '.mxf': 'application/mxf',
};

/**
 * Finds the file behind a media address: `/poster/ID`, `/strip/ID`, `/clip/ID` of a clip, `/picture/ID` of an asset.
 * Null for everything else. A picture that the cache has lost is made again on the way; that of an asset is given up
 * when the signal says that nobody waits for it any more.
 */
export function createMediaDoor(deps: {
  library: LibraryArea;
  pictures: PictureMaker;
  assetPicture: (assetId: string, signal: AbortSignal | undefined) => Promise<PictureFile | null>;
}) {
  return async (pathname: string, signal?: AbortSignal): Promise<ServedFile | null> => {
    const wanted = parseMediaPath(pathname);
    if (!wanted) return null;
    if (wanted.kind === 'picture') return deps.assetPicture(wanted.id, signal).catch(() => null);
    const clip = deps.library.mediaOf(wanted.id);
    if (!clip?.path) return null;
    if (wanted.kind === 'clip') {
      const contentType = videoTypes[extname(clip.path).toLowerCase()] ?? 'application/octet-stream';
      return { path: clip.path, contentType };
    }
    const made = await deps.pictures
      .make({ fingerprint: clip.fingerprint, path: clip.path, durationMs: null })
      .catch(() => null);
    const path = wanted.kind === 'poster' ? made?.posterPath : made?.stripPath;
    return path ? { path, contentType: 'image/jpeg' } : null;
  };
}
