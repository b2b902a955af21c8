import { openCore } from '../../../../electron/hosts/open-core.ts';

// Removes the only source of a home; the parent kills this process on the way.
const home = process.argv[2] ?? '';
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const core = await openCore({ home, door: 'cli', version: '0.0.0-test', log, downloadDir: home });
const [source] = (await core.client.sources.list()).sources;
if (!source) throw new Error('There is no source.');
console.log('removing');
await core.client.sources.remove({ id: source.id });
console.log('removed');
setInterval(() => undefined, 1000);
