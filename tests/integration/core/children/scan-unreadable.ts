import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { openCore } from '../../../../electron/hosts/open-core.ts';

// Run as a user whom modes bind: a folder inside the root is closed between two scans.
const [, , home = '', dir = ''] = process.argv;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const core = await openCore({
  home,
  door: 'cli',
  version: '0.0.0-test',
  log,
  downloadDir: join(home, 'downloads'),
});
await core.client.library.addRoot({ path: dir });
chmodSync(join(dir, 'private'), 0);
const { missing, roots } = await core.client.library.scan({});
chmodSync(join(dir, 'private'), 0o700);
const root = roots[0];
console.log(JSON.stringify({ missing, online: root?.online, reason: root?.reason, clips: root?.clips }));
await core.close();
