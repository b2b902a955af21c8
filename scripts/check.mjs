// The gate without the slow tests: types, lint, format, dead code, schema snapshot, unit tests (the house rules among
// them). Every part runs even when an earlier one failed, so that one look shows all that is wrong.
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname, '..');
const bin = join(root, 'node_modules', '.bin');
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
const source = ['electron', 'renderer', 'shared', 'tests', 'scripts'];

const parts = [
  ['types', 'tsc', ['-b']],
  ['lint', 'oxlint', ['--type-aware', '--deny-warnings', ...source]],
  ['format', 'oxfmt', ['--check', ...source]],
  ['dead code', 'knip', ['--no-progress']],
  ['schema snapshot', 'node', ['scripts/schema-snapshot.ts', '--check']],
  ['unit tests', 'vitest', ['run', '--project', 'unit']],
];

const failed = [];
for (const [name, command, args] of parts) {
  const started = Date.now();
  const { status } = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${String(name)} (${seconds} s)`);
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) console.error(`check failed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
