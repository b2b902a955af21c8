import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { FollowAnswer, FollowOrder, FollowTask, FollowedPiece } from './follow-file.ts';
import { loadPieceHash, type PieceHash } from './piece-hash.ts';
import { wholeHash } from './whole-hash.ts';

const buffer = Buffer.allocUnsafe(512 * 1024);
/** Up to this many bytes a file is compared once more at its end: somebody may have changed what was read long ago. */
const mostReadTwiceBytes = 16 * 1024 * 1024;

/** One file that is read right behind whoever writes it, and so mostly from memory. */
interface FollowedFile {
  take(piece: FollowedPiece): void;
  finish(): FollowAnswer;
  close(): void;
}

function openFollowed(id: number, task: FollowTask, pieceHash: PieceHash): FollowedFile {
  // O_NOFOLLOW is absent on Windows.
  const file = openSync(task.path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  const hashes = task.kinds.map((kind) => ({ kind, hash: wholeHash(kind, pieceHash) }));
  const damaged: number[] = [];
  let taken: FollowedPiece[] = [];
  let sizeBytes = 0;

  const isTheFile = (): boolean => {
    const held = fstatSync(file, { bigint: true });
    const named = lstatSync(task.path, { bigint: true, throwIfNoEntry: false });
    const { dev, ino } = task.identity;
    return String(held.dev) === dev && String(held.ino) === ino && named?.ino === held.ino;
  };
  const readPiece = (piece: FollowedPiece, onBytes: (bytes: Uint8Array) => void): void => {
    const found = pieceHash();
    for (let done = 0; done < piece.length;) {
      const most = Math.min(buffer.byteLength, piece.length - done);
      const count = readSync(file, buffer, 0, most, piece.start + done);
      if (count === 0) break;
      const bytes = buffer.subarray(0, count);
      found.update(bytes);
      onBytes(bytes);
      done += count;
    }
    if (found.digest() !== piece.xxh64) damaged.push(piece.start);
  };
  return {
    take: (piece) => {
      readPiece(piece, (bytes) => {
        for (const one of hashes) one.hash.update(bytes);
        sizeBytes += bytes.byteLength;
      });
      if (sizeBytes <= mostReadTwiceBytes) taken.push(piece);
      else taken = [];
    },
    finish: () => {
      if (damaged.length === 0) for (const piece of taken) readPiece(piece, () => undefined);
      const isWhole = isTheFile() && fstatSync(file).size === sizeBytes;
      const whole = Object.fromEntries(hashes.map((one) => [one.kind, one.hash.digest()]));
      return { kind: 'done', id, isWhole, whole, damaged, sizeBytes };
    },
    close: () => closeSync(file),
  };
}

interface Work {
  readonly file: FollowedFile;
  /** In the order of the file; `isBacklog` as long as nobody waits for them. */
  readonly pieces: FollowedPiece[];
  isBacklog: boolean;
  isLast: boolean;
}

const works = new Map<number, Work>();

function receive(order: FollowOrder, pieceHash: PieceHash): void {
  if (order.kind === 'begin') {
    const file = openFollowed(order.id, order.task, pieceHash);
    works.set(order.id, {
      file,
      pieces: [...order.present],
      isBacklog: order.present.length > 0,
      isLast: false,
    });
    return;
  }
  const work = works.get(order.id);
  if (!work) return;
  if (order.kind === 'pieces') work.pieces.push(...order.pieces);
  if (order.kind === 'end') work.isLast = true;
  if (order.kind === 'drop') drop(order.id, work);
}

function drop(id: number, work: Work): void {
  works.delete(id);
  work.file.close();
}

/** Does one piece of one file, those first that somebody waits for; how long to rest then, or null for nothing to do. */
function step(tell: (answer: FollowAnswer) => void): number | null {
  const ready = [...works].filter(([, work]) => work.pieces.length > 0 || work.isLast);
  const [id, work] = ready.find(([, one]) => one.isLast || !one.isBacklog) ?? ready[0] ?? [];
  if (id === undefined || !work) return null;
  const begun = performance.now();
  const piece = work.pieces.shift();
  if (!piece) {
    tell(work.file.finish());
    drop(id, work);
    return 0;
  }
  work.file.take(piece);
  // In turn with the others.
  works.delete(id);
  works.set(id, work);
  // Bytes of an earlier run come from the disk, which the transfer needs more: at most half of the time.
  const restMs = work.isBacklog && !work.isLast ? performance.now() - begun : 0;
  work.isBacklog &&= work.pieces.length > 0;
  return restMs;
}

/** Gives way a little to the thread that receives: what comes in cannot be had again for nothing. */
const niceness = 4;

if (parentPort) {
  // Only Linux means this thread by 0; elsewhere it would be the whole program.
  if (process.platform === 'linux') setPriority(0, niceness);
  const port = parentPort;
  const pieceHash = await loadPieceHash();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
  const tell = (answer: FollowAnswer): void => port.postMessage(answer);
  let isGoingOn = false;
  const guarded = (id: number | null, work: () => void): void => {
    try {
      work();
    } catch (error) {
      for (const one of id === null ? [...works.keys()] : [id])
        tell({ kind: 'failed', id: one, why: String(error) });
      if (id === null) works.clear();
    }
  };
  const goOn = (restMs: number): void => {
    if (isGoingOn) return;
    isGoingOn = true;
    const next = (): void => {
      isGoingOn = false;
      guarded(null, () => {
        const nextMs = step(tell);
        if (nextMs !== null) goOn(nextMs);
      });
    };
    // A timer waits a millisecond at the least, which is a quarter of what a piece takes.
    if (restMs === 0) setImmediate(next);
    else setTimeout(next, restMs);
  };
  port.on('message', (order: FollowOrder) => {
    guarded(order.id, () => receive(order, pieceHash));
    goOn(0);
  });
}
