// Makes a checkout ready: what every npm script runs first, also on a fresh clone. Plain Node 18+, no dependencies,
// and quick when there is nothing to do.
//   --browser   unpack the tests' Chromium      --electron  download the desktop binary, if it can be had
//   --tools     the system's programs that tests want, where they may be installed
//   --stamp     only note that the packages are installed (the postinstall script, inside `npm ci`)
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { unpackedChromiumFolder } from './chromium.mjs';
import { ELECTRON_FAILURE, electronBinary } from './electron-binary.mjs';
import { onceAmongProcesses } from './lock.mjs';
import { canBundleNode, requireNode } from './node-runtime.mjs';
import { installSystemTools } from './system-tools.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const at = (...parts) => join(root, ...parts);
const ELECTRON_RETRY_MS = 24 * 3_600_000;
const ELECTRON_TIMEOUT_MS = 10 * 60_000;

const stampFile = at('node_modules', '.rushes-install');
const DEPENDENCY_FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'allowScripts'];
const readManifest = () => JSON.parse(readFileSync(at('package.json'), 'utf8'));

/** What the installed packages should be. Only what npm installs from counts: an edited script costs no reinstall. */
function wantedStamp() {
  const manifest = readManifest();
  return createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .update(JSON.stringify(DEPENDENCY_FIELDS.map((field) => manifest[field] ?? null)))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');
}
const writeStamp = () => writeFileSync(stampFile, wantedStamp());

function fail(reason, code = 1) {
  console.error(`rushes: ${reason}`);
  process.exit(code);
}

function installPackages() {
  if (!canBundleNode(readManifest())) requireNode();
  const wanted = wantedStamp();
  onceAmongProcesses({
    lock: at('.rushes-install.lock'),
    // npm writes its own list of what is installed when it has finished, so a killed `npm ci` is noticed by either.
    isDone: () =>
      existsSync(stampFile) &&
      existsSync(at('node_modules', '.package-lock.json')) &&
      readFileSync(stampFile, 'utf8') === wanted,
    work: runNpmCi,
  });
}

function runNpmCi() {
  console.log('rushes: installing packages (npm ci) …');
  rmSync(stampFile, { force: true });
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--prefer-offline'];
  const npmScript = process.env.npm_execpath ?? ''; // npm's own script: no shell, and no npm.cmd on Windows
  const { status, error } =
    basename(npmScript) === 'npm-cli.js'
      ? spawnSync(process.execPath, [npmScript, ...args], { cwd: root, stdio: 'inherit' })
      : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) {
    rmSync(at('.rushes-install.lock'), { recursive: true, force: true });
    fail(
      `the packages could not be installed (${error?.message ?? `npm ci ended with ${status}`})`,
      status || 1,
    );
  }
  writeStamp(); // also where npm is told to run no scripts
}

function unpackBrowser(node) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return; // elsewhere: RUSHES_CHROMIUM, or the system's
  const folder = unpackedChromiumFolder();
  if (!folder) fail('the package @sparticuz/chromium is not installed');
  const lock = at('.rushes-browser.lock');
  onceAmongProcesses({
    lock,
    isDone: () => existsSync(folder),
    work() {
      console.log('rushes: unpacking Chromium for the tests …');
      const part = `${folder}.part`;
      rmSync(part, { recursive: true, force: true });
      mkdirSync(part, { recursive: true });
      if (!inflateChromium(node, part)) {
        rmSync(lock, { recursive: true, force: true });
        fail('Chromium could not be unpacked');
      }
      chmodSync(join(part, 'chromium'), 0o755);
      renameSync(part, folder);
    },
  });
}

/** The package unpacks into the temporary folder only, so its unpacker runs with that set to where we want it. */
function inflateChromium(node, folder) {
  const packed = at('node_modules', '@sparticuz', 'chromium');
  const script = `
    const { inflate } = await import(${JSON.stringify(pathToFileURL(join(packed, 'build', 'lambdafs.js')).href)});
    for (const file of ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'])
      await inflate(${JSON.stringify(join(packed, 'bin'))} + '/' + file);`;
  const { status } = spawnSync(node, ['--input-type=module', '-e', script], {
    stdio: 'inherit',
    env: { ...process.env, TMPDIR: folder },
  });
  return status === 0;
}

/**
 * Electron has no install script of its own any more. Where it cannot be downloaded, the reason is remembered for a day;
 * `npm start` tells it.
 */
function downloadElectron(node) {
  const install = at('node_modules', 'electron', 'install.js');
  const failure = ELECTRON_FAILURE;
  if (electronBinary() || !existsSync(install)) return;
  const isRemembered = existsSync(failure) && Date.now() - statSync(failure).mtimeMs < ELECTRON_RETRY_MS;
  if (isRemembered && !process.env.RUSHES_RETRY_ELECTRON) return;
  onceAmongProcesses({
    lock: at('.rushes-electron.lock'),
    isDone: () => electronBinary() !== null,
    work() {
      const { status, stderr } = spawnSync(node, [install], {
        stdio: ['ignore', 'inherit', 'pipe'],
        encoding: 'utf8',
        timeout: ELECTRON_TIMEOUT_MS,
      });
      if (status === 0) return rmSync(failure, { force: true });
      const [reason = 'no reason given'] = (stderr ?? '').trim().split('\n');
      mkdirSync(dirname(failure), { recursive: true });
      writeFileSync(failure, `${reason}\n`);
    },
  });
}

if (process.argv.includes('--stamp')) writeStamp();
else {
  installPackages();
  const node = requireNode();
  if (process.argv.includes('--browser')) unpackBrowser(node);
  if (process.argv.includes('--tools')) installSystemTools(at('node_modules', '.rushes-tools-failed'));
  if (process.argv.includes('--electron')) downloadElectron(node);
}
