#!/usr/bin/env node
// The command line from any Node: it runs on the Node that npm has brought, or says in one sentence why it cannot.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment, CORE_FLAGS, requireNode } from './node-runtime.mjs';

const main = join(dirname(fileURLToPath(import.meta.url)), '..', 'electron', 'hosts', 'cli', 'main.ts');
const node = requireNode();
const child = spawn(node, [...CORE_FLAGS, main, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: childEnvironment(node),
});
// Ctrl-C in a terminal reaches the child by itself; a second SIGINT would make it hurry.
process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + constants.signals[signal];
});
