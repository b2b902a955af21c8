import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { ensureDir } from '../files/ensure-dir.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { LibraryArea } from '../library/library.ts';
import { MediaFault } from '../media/media-fault.ts';
import type { PictureMaker } from '../media/pictures.ts';

/** What pictures are wanted of, and where. */
export interface ThumbsWish {
  readonly target: { readonly clipId: string } | { readonly file: string };
  readonly strip?: number | undefined;
  readonly outDir: string;
}

/** Makes a poster and a filmstrip of any file or clip and writes them into a folder. */
export function createThumbs(deps: {
  library: LibraryArea;
  pictures: PictureMaker;
  fingerprint: (path: string) => Promise<string>;
}) {
  return {
    make: async (wish: ThumbsWish, signal: AbortSignal | undefined) => {
      const startedAt = performance.now();
      const path = pathOf(deps.library, wish.target);
      const facts = await stat(path).catch(() => null);
      if (!facts?.isFile()) throw new RushesError('NOT_FOUND', `There is no file ${path}.`);
      const fingerprint = await deps.fingerprint(path);
      const made = await deps.pictures
        .make({ fingerprint, path, durationMs: null, stripFrames: wish.strip }, signal)
        .catch((error: unknown) => {
          if (error instanceof MediaFault) return { ...nothing, reason: error.message };
          throw error;
        });
      // The caller's folder, so with the caller's modes; ours are made private.
      await ensureDir(wish.outDir);
      const poster = await copyPicture(made.posterPath, join(wish.outDir, 'poster.jpg'));
      const strip =
        wish.strip === undefined ? null : await copyPicture(made.stripPath, join(wish.outDir, 'strip.jpg'));
      return {
        poster,
        ...(strip === null ? {} : { strip }),
        frames: strip === null ? 0 : made.stripFrames,
        ms: Math.round(performance.now() - startedAt),
        state: poster === null ? ('none' as const) : ('made' as const),
        ...(made.reason === null ? {} : { reason: made.reason }),
      };
    },
  };
}

const nothing = { posterPath: null, posterAtMs: null, stripPath: null, stripFrames: 0 };

/** Copies a made picture to where the caller wants it: a file like any other there, not private to the profile. */
async function copyPicture(from: string | null, to: string): Promise<string | null> {
  if (from === null) return null;
  await replaceFile(to, await readFile(from), { mode: 0o644, durable: false });
  return to;
}

function pathOf(library: LibraryArea, target: ThumbsWish['target']): string {
  if ('file' in target) return resolve(target.file);
  const clip = library.mediaOf(target.clipId);
  if (!clip) throw new RushesError('NOT_FOUND', `There is no clip ${target.clipId} in the library.`);
  if (!clip.path)
    throw new RushesError('NOT_FOUND', 'The clip is not where it was, or its folder is offline.');
  return clip.path;
}
