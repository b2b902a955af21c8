import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from './node-runtime.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const SOURCES = [
  'electron',
  'renderer',
  'shared',
  'resources',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
];
const stamp = join(root, 'out', '.built');

/** The electron-vite command line, to be run with Node. */
export const ELECTRON_VITE = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');

/** Whether anything under a path was changed after a moment (milliseconds since the epoch). */
function isChangedSince(path, moment) {
  if (!existsSync(path)) return false;
  const stats = statSync(path);
  if (stats.mtimeMs > moment) return true; // of a folder: something in it was added or removed
  return stats.isDirectory() && readdirSync(path).some((name) => isChangedSince(join(path, name), moment));
}

/** Whether the build in `out/` is there and no older than the sources. */
export function isBuilt() {
  if (
    !existsSync(stamp) ||
    !existsSync(join(root, 'out', 'main')) ||
    !existsSync(join(root, 'out', 'renderer'))
  ) {
    return false;
  }
  const builtAt = statSync(stamp).mtimeMs;
  return !SOURCES.some((source) => isChangedSince(join(root, source), builtAt));
}

/** Builds the app; answers whether that succeeded. */
export function build(node) {
  const startedAt = new Date();
  console.log('rushes: building …');
  const { status } = spawnSync(node, [ELECTRON_VITE, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
    env: childEnvironment(node),
  });
  if (status !== 0) return false;
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
  utimesSync(stamp, startedAt, startedAt); // what is edited during the build counts as newer
  return true;
}
