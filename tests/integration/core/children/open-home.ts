import { join } from 'node:path';
import { createSecretStore } from '../../../../electron/core/secrets/secret-store.ts';
import { createFileLog } from '../../../../electron/hosts/file-log.ts';
import { createKeyFileBox } from '../../../../electron/hosts/key-file-box.ts';
import { openCore } from '../../../../electron/hosts/open-core.ts';

// Opens a home with the log and the key file of a real door, and with the most careless umask.
process.umask(0);
const home = process.argv[2] ?? '';
const log = createFileLog(home, 'cli');
const core = await openCore({
  home,
  door: 'cli',
  version: '0.0.0-test',
  log,
  downloadDir: join(home, 'downloads'),
});
await core.client.events.create({ title: 'Something in the write-ahead log' });
log.info('A line in the log.');
const box = createKeyFileBox(join(home, 'secrets.key'));
await createSecretStore({ file: join(home, 'secrets.json'), box }).set('a', 'secret');
console.log('open');
setInterval(() => undefined, 1000);
