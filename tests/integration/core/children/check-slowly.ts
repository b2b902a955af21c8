import { setTimeout as sleep } from 'node:timers/promises';
import { openCore } from '../../../../electron/hosts/open-core.ts';

// Checks a folder and tells when some of it is done: the parent kills this process.
const [home = '', dir = ''] = process.argv.slice(2);
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const core = await openCore({ home, door: 'cli', version: '0.0.0-test', log, downloadDir: home });
await core.client.library.addRoot({ path: dir });
const { id: runId } = await core.client.verify.start({});
console.log(`run ${runId}`);
for (;;) {
  const { run } = await core.client.verify.status({ runId });
  if ((run?.checkedFiles ?? 0) >= 3) break;
  await sleep(5);
}
console.log('checked some');
await sleep(60_000);
