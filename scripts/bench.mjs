// `npm run bench [-- options]`: the benchmark of the downloads, on the Node that npm has brought;
// `npm run bench -- catalogue-ingest [assets]` and `… catalogue-search [assets]`: those of the catalogue.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment, CORE_FLAGS, requireNode } from './node-runtime.mjs';

const benches = join(dirname(fileURLToPath(import.meta.url)), '..', 'tests', 'bench');
const given = process.argv.slice(2);
const named = /^catalogue-(ingest|search)$/.exec(given[0] ?? '');
const run = named ? join(benches, 'catalogue', `${named[1]}-bench.ts`) : join(benches, 'run.ts');
const node = requireNode();
const child = spawn(node, [...CORE_FLAGS, run, ...(named ? given.slice(1) : given)], {
  stdio: 'inherit',
  env: childEnvironment(node),
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
