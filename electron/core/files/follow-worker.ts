import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { FollowAnswer, FollowOrder, FollowTask, FollowedPiece } from './follow-file.ts';
import { loadPieceHash, type PieceHash } from './piece-hash.ts';
import { wholeHash } from './whole-hash.ts';

const bufferBytes = 1024 * 1024;

/** Reads what lies in the file already, right behind whoever writes it, and mostly from memory. */
function follow(task: FollowTask, pieceHash: PieceHash, tell: (answer: FollowAnswer) => void) {
  // O_NOFOLLOW is absent on Windows.
  const file = openSync(task.path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  const buffer = Buffer.allocUnsafe(bufferBytes);
  const hashes = task.kinds.map((kind) => ({ kind, hash: wholeHash(kind, pieceHash) }));
  const damaged: number[] = [];
  let hashedBytes = 0;

  const isTheFile = (): boolean => {
    const held = fstatSync(file, { bigint: true });
    const named = lstatSync(task.path, { bigint: true, throwIfNoEntry: false });
    const { dev, ino } = task.identity;
    return String(held.dev) === dev && String(held.ino) === ino && named?.ino === held.ino;
  };
  const take = (piece: FollowedPiece): void => {
    const found = pieceHash();
    for (let done = 0; done < piece.length;) {
      const count = readSync(file, buffer, 0, Math.min(bufferBytes, piece.length - done), piece.start + done);
      if (count === 0) break;
      const bytes = buffer.subarray(0, count);
      found.update(bytes);
      for (const one of hashes) one.hash.update(bytes);
      done += count;
      hashedBytes += count;
    }
    if (found.digest() !== piece.xxh64) damaged.push(piece.start);
  };
  const finish = (): void => {
    const isWhole = isTheFile() && fstatSync(file).size === hashedBytes;
    const whole = Object.fromEntries(hashes.map((one) => [one.kind, one.hash.digest()]));
    tell({ kind: 'done', isWhole, whole, damaged, sizeBytes: hashedBytes });
    closeSync(file);
  };
  return { take, finish };
}

if (parentPort) {
  const port = parentPort;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
  const tell = (answer: FollowAnswer): void => port.postMessage(answer);
  const orders: FollowOrder[] = [];
  let hurried = false;
  let wake = (): void => undefined;
  port.on('message', (order: FollowOrder) => {
    orders.push(order);
    hurried ||= order.kind === 'end';
    wake();
  });
  const nextOrder = async (): Promise<FollowOrder> => {
    for (;;) {
      const order = orders.shift();
      if (order) return order;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  try {
    const { take, finish } = follow(workerData as FollowTask, await loadPieceHash(), tell);
    for (let order = await nextOrder(); order.kind !== 'end'; order = await nextOrder()) {
      for (const piece of order.pieces) {
        const begun = performance.now();
        take(piece);
        // Bytes of an earlier run come from the disk, which the transfer needs more: at most half of the time.
        const restMs = order.isBacklog && !hurried ? performance.now() - begun : 0;
        await new Promise((resolve) => setTimeout(resolve, restMs));
      }
    }
    finish();
  } catch (error) {
    tell({ kind: 'failed', why: String(error) });
  }
}
