// The transfer thread as it is, but it dies a moment after its first request, in the middle of the body.
import { parentPort } from 'node:worker_threads';

const dieAfterMs = 150;

await import('../../electron/core/http/fast/transfer-worker.ts');
parentPort?.once('message', () => {
  setTimeout(() => process.exit(7), dieAfterMs);
});
