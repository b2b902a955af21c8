import { open, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../files/replace-file.ts';
import type { Log } from '../ports.ts';
import { createPictureRoom } from './picture-room.ts';

/** A picture on disk. */
export interface PictureFile {
  readonly path: string;
  readonly contentType: string;
}

/** Pictures by name, no more of them than there is room for. */
export interface PictureFiles {
  /** A kept picture, or null. */
  find(name: string): Promise<PictureFile | null>;
  /** Keeps bytes when they are a picture; null when they are not. */
  keep(name: string, bytes: Uint8Array): Promise<PictureFile | null>;
  close(): Promise<void>;
}

/** How exact the mark of the last use on disk is, in milliseconds: a list that is scrolled does not write with each look. */
const useMarkMs = 3_600_000;
/** The bytes by which a picture is known. */
const headBytes = 16;

/** Keeps pictures in a folder that may be deleted at any time. */
export function createPictureFiles(deps: {
  readonly dir: string;
  readonly mostBytes: number;
  readonly now: () => number;
  readonly log: Log;
}): PictureFiles {
  const { dir, now } = deps;
  const room = createPictureRoom(deps);
  return {
    find: async (name) => {
      const path = join(dir, name);
      const file = await readHead(path);
      const contentType = file && pictureType(file.head);
      if (!contentType) return null;
      room.used(name);
      if (Math.abs(now() - file.usedAtMs) >= useMarkMs) await markUse(path, file.changedAtMs, now());
      return { path, contentType };
    },
    keep: async (name, bytes) => {
      const contentType = pictureType(bytes);
      if (!contentType) return null;
      const path = join(dir, name);
      await replaceFile(path, bytes, { durable: false });
      room.used(name);
      room.grown(bytes.length);
      return { path, contentType };
    },
    close: room.close,
  };
}

async function readHead(path: string) {
  const file = await open(path, 'r').catch(() => null);
  if (!file) return null;
  try {
    const { atimeMs: usedAtMs, mtimeMs: changedAtMs } = await file.stat();
    const { buffer, bytesRead } = await file.read(new Uint8Array(headBytes), 0, headBytes, 0);
    return { usedAtMs, changedAtMs, head: buffer.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}

/** The time of change stays: a page asks by it whether the picture is still the one it has. */
async function markUse(path: string, changedAtMs: number, nowMs: number): Promise<void> {
  // Half a millisecond keeps it from being rounded down into another one.
  const changedAt = (Math.floor(changedAtMs) + 0.5) / 1000;
  await utimes(path, nowMs / 1000, changedAt).catch(() => undefined);
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
