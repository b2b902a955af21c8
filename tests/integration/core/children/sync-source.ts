import { join } from 'node:path';
import { openCore } from '../../../../electron/hosts/open-core.ts';

// Syncs the only source of a home, or adds it first; the parent kills this process on the way.
const [, , home = '', url = ''] = process.argv;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const core = await openCore({
  home,
  door: 'cli',
  version: '0.0.0-test',
  log,
  downloadDir: join(home, 'downloads'),
});
const { id } = await core.client.sources.add({ url });
for await (const step of await core.client.catalogue.sync({ sourceId: id })) {
  if (step.kind === 'progress') console.log(`progress ${step.done}`);
}
console.log('finished');
await core.close();
