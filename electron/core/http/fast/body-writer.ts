import { writeSync } from 'node:fs';
import type { PieceHash, PieceHasher } from '../../files/piece-hash.ts';
import type { BodyTaker } from './lane-user.ts';
import type { WrittenRun } from '../save-to.ts';

/** Told after this many bytes, or when that long nothing was told. */
const tellEveryBytes = 1024 * 1024;
const tellEveryMs = 100;

/** The place of a body in a file. */
export interface SavePlace {
  /** An open file, as a number of the operating system. */
  readonly file: number;
  readonly start: number;
  readonly end: number;
  /** A new run begins after this many bytes. */
  readonly runBytes: number;
}

/** Writes one body to its place, each part before it returns; what is beyond the place is left out. */
export interface BodyWriter extends BodyTaker {
  /** The first byte that is not there. */
  at(): number;
  /** Tells what has grown since it was last told. */
  tell(): void;
  /** Tells what is due by the clock. */
  tellIfDue(now: number): void;
}

/** Makes a writer that tells what it has written: only what lies in the file, with the hash of just that. */
export function createBodyWriter(
  place: SavePlace,
  deps: { pieceHash: PieceHash; tell: (runs: readonly WrittenRun[]) => void },
): BodyWriter {
  let at = place.start;
  let runStart = at;
  let hash: PieceHasher = deps.pieceHash();
  let whole: WrittenRun[] = [];
  let toldAt = at;
  let toldMs = 0;

  const endRunIfWhole = (): void => {
    if (at - runStart < place.runBytes) return;
    whole.push({ start: runStart, length: at - runStart, xxh64: hash.digest() });
    runStart = at;
    hash = deps.pieceHash();
  };
  const tell = (): void => {
    if (at === toldAt) return;
    const growing = at > runStart ? [{ start: runStart, length: at - runStart, xxh64: hash.digest() }] : [];
    deps.tell([...whole, ...growing]);
    whole = [];
    toldAt = at;
  };
  return {
    at: () => at,
    isFull: () => at === place.end,
    isOneByOne: false,
    write: (bytes) => {
      const length = Math.min(bytes.byteLength, place.end - at);
      for (let done = 0; done < length;) {
        // A write may take less than it was given, for instance when the disk fills up midway.
        const mostHere = Math.min(length - done, runStart + place.runBytes - at);
        const count = writeSync(place.file, bytes, done, mostHere, at);
        hash.update(bytes.subarray(done, done + count));
        done += count;
        at += count;
        endRunIfWhole();
      }
      if (at - toldAt >= tellEveryBytes) tell();
    },
    tell,
    tellIfDue: (now) => {
      if (at === toldAt) toldMs = now;
      else if (now - toldMs >= tellEveryMs) {
        tell();
        toldMs = now;
      }
    },
  };
}
