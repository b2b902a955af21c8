// The programs of the system that some tests want: installed where that may be done (root on Debian and its kin), and
// told once where not. Every test that misses one skips with that reason.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';

/** Program, and the Debian package that has it. */
const TOOLS = {
  aria2c: 'aria2',
  curl: 'curl',
  pkill: 'procps',
  ip: 'iproute2',
  'mkfs.ext4': 'e2fsprogs',
  prlimit: 'util-linux',
  strace: 'strace',
  unshare: 'util-linux',
};
const RETRY_MS = 24 * 3_600_000;
const TIMEOUT_MS = 3 * 60_000;

function isThere(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => folder !== '' && existsSync(join(folder, program)));
}

/** Installs what is missing of them. `memory` is a file whose age says when it was last tried in vain. */
export function installSystemTools(memory) {
  if (process.platform !== 'linux') return;
  const missing = Object.keys(TOOLS).filter((program) => !isThere(program));
  if (missing.length === 0) return;
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  const wasTried = existsSync(memory) && Date.now() - statSync(memory).mtimeMs < RETRY_MS;
  if (mayInstall && !wasTried) {
    const packages = [...new Set(missing.map((program) => TOOLS[program]))];
    console.log(`rushes: installing for the tests: ${packages.join(', ')} …`);
    const apt = (...args) =>
      spawnSync('apt-get', args, {
        stdio: 'ignore',
        timeout: TIMEOUT_MS,
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      }).status === 0;
    const install = () => apt('install', '-y', '--no-install-recommends', ...packages);
    // The lists of a fresh container are empty.
    if (install() || (apt('update') && install())) return rmSync(memory, { force: true });
    mkdirSync(dirname(memory), { recursive: true });
    writeFileSync(memory, '');
  }
  const left = missing.filter((program) => !isThere(program));
  if (left.length > 0) console.log(`rushes: not here, so some tests are skipped: ${left.join(', ')}`);
}
