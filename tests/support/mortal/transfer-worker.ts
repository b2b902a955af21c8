// The transfer thread as it is, but it dies at any moment.
import { dieSoon } from './die-soon.ts';

await import('../../../electron/core/http/fast/transfer-worker.ts');
dieSoon(80);
