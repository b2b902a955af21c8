// The transfer thread as it is, but it dies a moment after its first request, in the middle of the body.
import { parentPort } from 'node:worker_threads';
import '../../electron/core/http/fast/transfer-worker.ts';

const dieAfterMs = 150;

parentPort?.once('message', () => {
  setTimeout(() => process.exit(7), dieAfterMs);
});
