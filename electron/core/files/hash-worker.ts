import { closeSync, openSync, readSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { HashAnswer, HashTask } from './hash-file.ts';
import { loadPieceHash, type PieceHash } from './piece-hash.ts';
import { wholeHash } from './whole-hash.ts';

const bufferBytes = 1024 * 1024;
const progressEveryBytes = 64 * 1024 * 1024;

/** Runs in a thread of its own, so reading and hashing may block. Ended from outside when nobody waits any more. */
function work(task: HashTask, pieceHash: PieceHash, tell: (answer: HashAnswer) => void): void {
  const buffer = Buffer.allocUnsafe(bufferBytes);
  const file = openSync(task.path, 'r');
  const read = (start: number, length: number, onBytes: (bytes: Buffer) => void): void => {
    for (let done = 0; done < length;) {
      const count = readSync(file, buffer, 0, Math.min(bufferBytes, length - done), start + done);
      if (count === 0) return;
      onBytes(buffer.subarray(0, count));
      done += count;
    }
  };
  try {
    const pieces = task.ranges.map(({ start, length }) => {
      const hash = pieceHash();
      read(start, length, (bytes) => hash.update(bytes));
      return hash.digest();
    });
    const hashes = task.kinds.map((kind) => ({ kind, hash: wholeHash(kind, pieceHash) }));
    let sizeBytes = 0;
    let told = 0;
    if (hashes.length > 0) {
      read(0, Number.MAX_SAFE_INTEGER, (bytes) => {
        for (const one of hashes) one.hash.update(bytes);
        sizeBytes += bytes.byteLength;
        if (sizeBytes - told >= progressEveryBytes) {
          told = sizeBytes;
          tell({ kind: 'progress', bytes: sizeBytes });
        }
      });
    }
    const whole = Object.fromEntries(hashes.map((one) => [one.kind, one.hash.digest()]));
    tell({ kind: 'done', whole, pieces, sizeBytes });
  } catch (error) {
    const { code, errno } = error as NodeJS.ErrnoException;
    tell({ kind: 'failed', code: code ?? 'UNKNOWN', errno: errno ?? 0 });
  } finally {
    closeSync(file);
  }
}

if (parentPort) {
  const port = parentPort;
  const task = workerData as HashTask;
  try {
    // Only Linux means this thread by 0; elsewhere it would be the whole program.
    if (task.calm && process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);
    work(task, await loadPieceHash(), (answer) => port.postMessage(answer));
  } catch (error) {
    const { code, errno } = error as NodeJS.ErrnoException;
    port.postMessage({ kind: 'failed', code: code ?? 'UNKNOWN', errno: errno ?? 0 } satisfies HashAnswer);
  }
}
