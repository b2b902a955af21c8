// Where the tests' Chromium is. Plain Node 18+ without dependencies: also read before anything is built.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const SYSTEM_CHROMIUMS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const LIBRARY_FOLDERS = [
  '/lib/x86_64-linux-gnu',
  '/usr/lib/x86_64-linux-gnu',
  '/lib64',
  '/usr/lib64',
  '/usr/lib',
];

/** The folder into which `scripts/setup.mjs --browser` unpacks Chromium; null when its package is not installed. */
export function unpackedChromiumFolder() {
  const manifest = join(root, 'node_modules', '@sparticuz', 'chromium', 'package.json');
  if (!existsSync(manifest)) return null;
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(root, 'node_modules', '.cache', `chromium-${version}`);
}

/** The unpacked Chromium brings the libraries and fonts that bare systems lack; others are told by their own. */
function environmentOf(folder) {
  const env = {};
  if (!LIBRARY_FOLDERS.some((libraries) => existsSync(join(libraries, 'libnss3.so')))) {
    const own = join(folder, 'al2023', 'lib');
    env.LD_LIBRARY_PATH = process.env.LD_LIBRARY_PATH ? `${own}:${process.env.LD_LIBRARY_PATH}` : own;
  }
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH = join(folder, 'fonts');
  return env;
}

/**
 * Finds a Chromium: `{ path, env, canBeHeaded }`, where `env` is to be added to the environment, or `{ missing }` with
 * the reason in one line.
 *
 * The order is `RUSHES_CHROMIUM`, the unpacked one, the system's; for a visible window the system's comes first,
 * because the unpacked one has no windows.
 */
export function chromiumExecutable({ headed = false } = {}) {
  const named = process.env.RUSHES_CHROMIUM;
  if (named) {
    return existsSync(named)
      ? { path: named, env: {}, canBeHeaded: true }
      : { missing: `RUSHES_CHROMIUM names ${named}, which does not exist` };
  }
  const folder = unpackedChromiumFolder();
  const unpacked = folder && join(folder, 'chromium');
  const found = [
    ...(unpacked && existsSync(unpacked)
      ? [{ path: unpacked, env: environmentOf(folder), canBeHeaded: false }]
      : []),
    ...SYSTEM_CHROMIUMS.filter((path) => existsSync(path)).map((path) => ({
      path,
      env: {},
      canBeHeaded: true,
    })),
  ];
  if (found.length === 0) {
    return { missing: 'no Chromium found: run `node scripts/setup.mjs --browser`, or set RUSHES_CHROMIUM' };
  }
  return (headed && found.find((candidate) => candidate.canBeHeaded)) || found[0];
}

/** Arguments for a Chromium that tests start: it runs in containers, offline and without a graphics card. */
export const CHROMIUM_TEST_ARGS = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--autoplay-policy=no-user-gesture-required',
];
