// `npm start`: the desktop app where its binary is installed, otherwise the same app in the browser.
//   --dev      rebuild on every change            --no-open  do not open a browser
//   --double   the desktop shell on the tests' double of Electron, in a window if there is a display
// Everything else is handed to the app.
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ELECTRON_VITE, build, isBuilt } from './build.mjs';
import { electronBinary, electronFailure } from './electron-binary.mjs';
import { childEnvironment, CORE_FLAGS, requireNode } from './node-runtime.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const OWN = new Set(['--dev', '--double', '--no-open', '--demo']);

const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** What to run: `{ command, args, env }`, and `notice` where it is not the desktop binary. */
function choose({ node, dev, double, noOpen, rest }) {
  const binary = electronBinary();
  const desktopArgs = ['--demo', ...rest];
  if (double) {
    const setup = spawnSync(node, [join(root, 'scripts', 'setup.mjs'), '--browser'], { stdio: 'inherit' });
    if (setup.status !== 0) process.exit(setup.status ?? 1);
    const executable = join(root, 'tests', 'double', 'electron');
    const env = hasDisplay() ? { RUSHES_DOUBLE_HEADED: '1' } : {};
    return {
      ...desktop({ node, dev, executable, args: desktopArgs }),
      env,
      notice: 'running on the double of Electron',
    };
  }
  if (binary && hasDisplay()) {
    // Chromium refuses to run its sandbox as root.
    const args = process.getuid?.() === 0 ? ['--no-sandbox', ...desktopArgs] : desktopArgs;
    return desktop({ node, dev, executable: binary, args });
  }
  const cli = join(root, 'electron', 'hosts', 'cli', 'main.ts');
  return {
    command: node,
    args: [
      ...CORE_FLAGS,
      ...(dev ? ['--watch'] : []),
      cli,
      'serve',
      '--demo',
      ...(noOpen ? ['--no-open'] : []),
      ...rest,
    ],
    rebuilds: dev,
    notice: binary
      ? 'there is no display; the application opens in the browser instead'
      : `the desktop binary cannot be had here (${electronFailure()}); the application opens in the browser instead`,
  };
}

function desktop({ node, dev, executable, args }) {
  return dev
    ? { command: node, args: [ELECTRON_VITE, 'dev', '--', ...args], env: { ELECTRON_EXEC_PATH: executable } }
    : { command: executable, args: [root, ...args] };
}

/** Runs a command to its end, passing on the signals that end this process, and ends as it ended. */
function run(node, { command, args, env = {}, rebuilds = false }) {
  const options = { cwd: root, stdio: 'inherit', env: { ...childEnvironment(node), ...env } };
  const child = spawn(command, args, options);
  const builder = rebuilds
    ? spawn(node, [ELECTRON_VITE, 'build', '--watch'], { ...options, stdio: ['ignore', 'ignore', 'inherit'] })
    : null;
  // Ctrl-C in a terminal reaches the child by itself; a second SIGINT would make it hurry.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`rushes: ${command} could not be started (${error.message})`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    builder?.kill();
    process.exitCode = code ?? 128 + constants.signals[signal];
  });
}

const given = process.argv.slice(2);
const node = requireNode();
const choice = choose({
  node,
  dev: given.includes('--dev'),
  double: given.includes('--double'),
  noOpen: given.includes('--no-open'),
  rest: given.filter((arg) => !OWN.has(arg)),
});
if (!isBuilt() && !build(node)) {
  console.error('rushes: the app could not be built');
  process.exit(1);
}
if (choice.notice) console.log(`rushes: ${choice.notice}`);
run(node, choice);
