// Which Node runs the project. Plain Node 18+, because the system's Node may be the one that reads this.
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const OLDEST = [22, 18];
const systems = { linux: 'linux', win32: 'win' };
const packageName = `node-${systems[process.platform] ?? process.platform}-${process.arch}`;

/** Whether this system can have Node from npm. macOS cannot: there is no such package for its Node 24. */
export function canBundleNode(manifest) {
  return packageName in (manifest.optionalDependencies ?? {});
}

/** The Node to run the project with: the one from npm, or the running one if it is new enough; otherwise null. */
export function findNode() {
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  const bundled = join(root, 'node_modules', packageName, 'bin', executable);
  if (existsSync(bundled)) return bundled;
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]) ? process.execPath : null;
}

/** The Node of `findNode`, or the end: one sentence and exit code 1. */
export function requireNode() {
  const node = findNode();
  if (!node) {
    console.error(`rushes: needs Node ${OLDEST.join('.')} or newer; this is ${process.version}`);
    process.exit(1);
  }
  return node;
}

/**
 * Flags for a Node that runs the core. What it makes dies young and the heap needs little: left alone, Node would set
 * aside ten times as much for it.
 */
export const CORE_FLAGS = ['--max-semi-space-size=4'];

/** The environment for a child: `node` and the tools of node_modules come first on its PATH. */
export function childEnvironment(node) {
  const folders = [join(root, 'node_modules', '.bin'), dirname(node), process.env.PATH ?? ''];
  return { ...process.env, PATH: folders.join(delimiter) };
}
