// `npm run bench [-- options]`: the benchmark of the downloads, on the Node that npm has brought;
// `npm run bench -- catalogue [assets]`: those of the catalogue, of which each can be had alone
// (`catalogue-ingest`, `catalogue-search`).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment, CORE_FLAGS, requireNode } from './node-runtime.mjs';

const benches = join(dirname(fileURLToPath(import.meta.url)), '..', 'tests', 'bench');
const given = process.argv.slice(2);
const named = /^catalogue(?:-(ingest|search))?$/.exec(given[0] ?? '');
const scripts = !named
  ? [join(benches, 'run.ts')]
  : (named[1] ? [named[1]] : ['ingest', 'search']).map((name) =>
      join(benches, 'catalogue', `${name}-bench.ts`),
    );
const node = requireNode();

for (const script of scripts) {
  const code = await run(script);
  if (code === 0) continue;
  process.exitCode = code;
  break;
}

/** @param {string} script */
async function run(script) {
  const child = spawn(node, [...CORE_FLAGS, script, ...(named ? given.slice(1) : given)], {
    stdio: 'inherit',
    env: childEnvironment(node),
  });
  const end = () => child.kill();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, end);
  const [code] = await once(child, 'exit');
  for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, end);
  return code ?? 1;
}
