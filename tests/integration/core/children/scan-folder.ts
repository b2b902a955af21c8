import { join } from 'node:path';
import { openCore } from '../../../../electron/hosts/open-core.ts';

// Looks through a folder until the parent kills this process.
const [, , home = '', dir = ''] = process.argv;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const core = await openCore({
  home,
  door: 'cli',
  version: '0.0.0-test',
  log,
  downloadDir: join(home, 'downloads'),
});
console.log('scanning');
await core.client.library.addRoot({ path: dir });
console.log('scanned');
await core.close();
