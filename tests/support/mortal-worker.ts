// A thread of the product that dies at any moment, in any way. Its query says which thread it is, and after how long
// at most, in milliseconds; `?answers` tells a head and is gone in the same breath, `?deaf` never says anything.
import { parentPort } from 'node:worker_threads';

const wish = new URL(import.meta.url).searchParams;
const mostMs = Number(wish.get('ms') ?? 40);
const modules: Readonly<Record<string, string>> = {
  transfer: '../../electron/core/http/fast/transfer-worker.ts',
  follow: '../../electron/core/files/follow-worker.ts',
};

function die(): void {
  if (Math.random() < 0.5) process.exit(7);
  throw new Error('Died.');
}

if (wish.has('deaf')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
else if (wish.has('answers')) {
  parentPort?.once('message', ({ id }: { id: number }) => {
    const headers = { 'content-length': '1000' };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
    parentPort?.postMessage({ kind: 'head', id, status: 200, headers, bodyBytes: 1000 });
    process.exit(7);
  });
} else {
  await import(modules[wish.get('of') ?? ''] ?? '');
  parentPort?.once('message', () => setTimeout(die, Math.random() * mostMs));
}
