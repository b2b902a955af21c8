// The thread that searches, but it ends without a word when it is asked for "die".
import { parentPort } from 'node:worker_threads';
import type { ToSearch } from '../../electron/core/catalogue/search/search-messages.ts';

parentPort?.on('message', (message: ToSearch) => {
  if (message.kind === 'call' && message.call.kind === 'find' && message.call.query.query === 'die')
    process.exit(3);
});
await import('../../electron/core/catalogue/search/search-worker.ts');
