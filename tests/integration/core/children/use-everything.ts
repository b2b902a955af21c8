import { join } from 'node:path';
import { openCore } from '../../../../electron/hosts/open-core.ts';
import { createFileLog } from '../../../../electron/hosts/file-log.ts';

// A bit of everything, then a close in the midst of it. This process has nothing left to do and must end by itself.
const [, , home = '', url = '', footage = ''] = process.argv;
const log = createFileLog(home, 'cli');
const core = await openCore({
  home,
  door: 'cli',
  version: '0.0.0-test',
  log,
  downloadDir: join(home, 'downloads'),
});
const { client } = core;
const abort = new AbortController();
const changes = await client.system.changes(undefined, { signal: abort.signal });
const heard = changes.next();
const { id } = await client.sources.add({ url });
for await (const step of await client.catalogue.sync({ sourceId: id })) console.log(step.kind);
await client.library.addRoot({ path: footage });
await client.events.create({ title: 'Anything' });
const { items } = await client.library.list({});
await client.tags.apply({ clipIds: items.map((clip) => clip.id), add: ['x'] });
const assets = (await client.catalogue.list({ status: 'usable' })).items;
await client.downloads.add({ assetIds: assets.map((asset) => asset.id) });
await client.system.doctor();
for (const asset of assets.slice(0, 2)) await core.findMedia(`/picture/${asset.id}`);
await heard;
// Left under way on purpose: a sync nobody reads on, a stream of changes, media jobs.
const unfinished = await client.catalogue.sync({ sourceId: id });
await unfinished.next();
void changes.next().catch(() => undefined);
await core.close();
await new Promise((resolve) => setImmediate(resolve));
const left = process.getActiveResourcesInfo().filter((kind) => !['TTYWrap', 'PipeWrap'].includes(kind));
console.log(`left ${JSON.stringify(left)}`);
