// `npm run bench [-- options]`: the benchmarks on the Node that npm has brought.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment, CORE_FLAGS, requireNode } from './node-runtime.mjs';

const run = join(dirname(fileURLToPath(import.meta.url)), '..', 'tests', 'bench', 'run.ts');
const node = requireNode();
const child = spawn(node, [...CORE_FLAGS, run, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: childEnvironment(node),
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
