import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { replaceFile } from '../files/replace-file.ts';
import type { CatalogueSource } from '../sources/source-model.ts';

/** A picture on disk. */
export interface PictureFile {
  readonly path: string;
  readonly contentType: string;
}

/** Keeps the catalogue's pictures on disk, fetched when first looked at. */
export function createPictureCache(deps: { dir: string; closing: AbortSignal }) {
  const underway = new Map<string, Promise<PictureFile | null>>();

  const fetchPicture = async (
    path: string,
    url: string,
    source: CatalogueSource,
  ): Promise<PictureFile | null> => {
    const bytes = await source.readPicture(url, deps.closing);
    const contentType = pictureType(bytes);
    // Whatever answers instead of a picture is not kept; the page shows that there is none.
    if (!contentType) return null;
    await replaceFile(path, bytes, { durable: false });
    return { path, contentType };
  };

  return {
    /** The picture of an asset, or null when there is none to be had. */
    get: async (assetId: string, url: string, source: CatalogueSource): Promise<PictureFile | null> => {
      const name = createHash('sha256').update(`${assetId}\n${url}`).digest('hex').slice(0, 32);
      const path = join(deps.dir, name);
      if (existsSync(path)) {
        const contentType = pictureType(await readFile(path));
        if (contentType) return { path, contentType };
      }
      const running = underway.get(path);
      if (running) return running;
      const started = fetchPicture(path, url, source).finally(() => underway.delete(path));
      underway.set(path, started);
      return started;
    },
  };
}

/** The type by the first bytes; a server's word for it is not taken. */
function pictureType(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'image/jpeg';
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return 'image/png';
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 12));
  if (head.startsWith('GIF8')) return 'image/gif';
  if (head.slice(4) === 'ftypavif') return 'image/avif';
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'image/webp' : null;
}
