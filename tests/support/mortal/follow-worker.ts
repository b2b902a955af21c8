// The thread that follows files as it is, but it dies at any moment.
import { dieSoon } from './die-soon.ts';

await import('../../../electron/core/files/follow-worker.ts');
dieSoon(10);
