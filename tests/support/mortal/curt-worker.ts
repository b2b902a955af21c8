// A transfer thread that tells the head of an answer and ends in the same breath.
import { parentPort } from 'node:worker_threads';

const port = parentPort;
port?.once('message', ({ id }: { id: number }) => {
  const headers = { 'content-length': '1000' };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
  port.postMessage({ kind: 'head', id, status: 200, headers, bodyBytes: 1000 });
  // Unlike an exit this loses nothing that was told.
  port.close();
});
