import { parentPort } from 'node:worker_threads';
import { loadPieceHash } from '../../files/piece-hash.ts';
import type { ToTransfer } from './messages.ts';
import { createTransfer } from './transfer.ts';

// Runs in a thread of its own, so writing may block: one thread writes for all downloads.
if (parentPort) {
  const port = parentPort;
  const transfer = createTransfer({
    pieceHash: await loadPieceHash(),
    now: () => performance.now(),
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
    tell: (message) => port.postMessage(message),
  });
  port.on('message', (message: ToTransfer) => transfer.receive(message));
}
