// `npm test [-- --only unit|integration|e2e] [arguments of the runner]`: every runner, whatever the others say, and
// one closing line over all of them.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { electronBinary } from './electron-binary.mjs';
import { childEnvironment, requireNode } from './node-runtime.mjs';
import { REPORT_VARIABLE, emptyReport, readReport, summarise } from './summary.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const PARTS = ['unit', 'integration', 'e2e'];

function parseArguments(args) {
  const at = args.indexOf('--only');
  if (at === -1) return { parts: PARTS, rest: args };
  const only = args[at + 1];
  if (!PARTS.includes(only)) {
    console.error(`rushes: --only takes one of ${PARTS.join(', ')}`);
    process.exit(1);
  }
  return { parts: [only], rest: args.toSpliced(at, 2) };
}

/** Runs one runner and answers its report. */
async function runRunner({ name, script, args, node, folder }) {
  const file = join(folder, `${name}.json`);
  const child = spawn(node, [join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...childEnvironment(node), [REPORT_VARIABLE]: file },
  });
  const stop = () => child.kill();
  process.on('SIGTERM', stop);
  const exitCode = await new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
  process.off('SIGTERM', stop);
  return readReport({ file, name, exitCode });
}

function runVitest({ projects, rest, ...where }) {
  return runRunner({
    name: 'vitest',
    script: 'node_modules/vitest/vitest.mjs',
    args: [
      'run',
      ...projects.map((project) => `--project=${project}`),
      '--passWithNoTests',
      '--reporter=default',
      `--reporter=${join(root, 'scripts', 'vitest-reporter.mjs')}`,
      ...rest,
    ],
    ...where,
  });
}

function runE2e({ rest, ...where }) {
  const script = 'node_modules/@playwright/test/cli.js';
  return runRunner({ name: 'playwright', script, args: ['test', ...rest], ...where });
}

const { parts, rest } = parseArguments(process.argv.slice(2));
const node = requireNode();
const folder = mkdtempSync(join(tmpdir(), 'rushes-test-'));
const projects = parts.filter((part) => part !== 'e2e');
const reports = [];
try {
  // First, for the browser's door is tested with the built page by both runners.
  if (parts.some((part) => part !== 'unit') && !build(node))
    reports.push({ ...emptyReport(), failures: ['electron-vite build'] });
  if (projects.length > 0) reports.push(await runVitest({ projects, rest, node, folder }));
  if (parts.includes('e2e')) reports.push(await runE2e({ rest, node, folder }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const { lines, exitCode } = summarise(reports);
if (parts.includes('e2e')) {
  console.log(
    `desktop tests ran on ${electronBinary() ? 'the Electron binary' : 'the double of Electron (no binary here)'}`,
  );
}
for (const line of lines) console.log(line);
process.exitCode = exitCode;
