#!/usr/bin/env node
// Node's own parts only, until the version is known to be right: better-sqlite3 ends an older Node without a word.
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`rushes: Node 22.18 or newer is needed; this is Node ${process.versions.node}.\n`);
  process.exitCode = 1;
} else {
  module.enableCompileCache?.();
  const { runInProcess } = await import('./run-in-process.ts');
  await runInProcess(process.argv.slice(2));
}
