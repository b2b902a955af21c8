// The thread that writes the catalogue, but it ends without a word when it is told of an item whose name is "die".
import { parentPort } from 'node:worker_threads';
import type { ToWriter } from '../../electron/core/catalogue/catalogue-write-messages.ts';

parentPort?.on('message', (message: ToWriter) => {
  if (message.kind !== 'call' || message.call.kind !== 'write-page') return;
  if (message.call.page.tellings.externalIds.includes('die')) process.exit(3);
});
await import('../../electron/core/catalogue/catalogue-write-worker.ts');
