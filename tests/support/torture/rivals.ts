import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRig } from '../fault-rig.ts';
import { startFaultServer } from '../fault-server.ts';
import { moodyFile, type MoodyFile } from './moody-file.ts';
import { diceOf } from './seeds.ts';

/** Who downloads. */
export const rivals = ['curl', 'aria2c', 'rushes'] as const;
export type Rival = (typeof rivals)[number];

/**
 * How it ended: the right file; a wrong one that was called right; a wrong one that was called unverified; no file and
 * an error; still at it when its time was up.
 */
export type Verdict = 'right' | 'wrong' | 'unverified' | 'gave up' | 'out of time';

const mostTries = 8;
const timeMs = 30_000;
const fileBytes = 4_500_000;
const fileName = 'clip.mp4';

interface Contest {
  readonly dir: string;
  readonly url: string;
  readonly sha256: string | null;
  readonly deadline: number;
}

/** Lets one of them fetch the file of a seed from a server of its own, whose moods are the same for all. */
export async function compete(rival: Rival, seed: number, withHash: boolean): Promise<Verdict> {
  const dir = mkdtempSync(join(tmpdir(), `rushes-rival-${rival}-`));
  const dice = diceOf(seed);
  const file = moodyFile({
    name: fileName,
    dice,
    moods: dice.between(5, 25),
    mayBeReplaced: true,
    mostBytes: fileBytes,
    exactly: true,
    promised: withHash,
  });
  const server = await startFaultServer((request) => file.behave(request));
  const url = `${server.url}/${fileName}`;
  try {
    const contest = { dir, url, sha256: withHash ? file.sha256 : null, deadline: Date.now() + timeMs };
    return rival === 'rushes' ? await byRushes(contest, file) : await byTool(rival, contest, file);
  } finally {
    await server.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** As somebody careful would call them in a script: again until they say that all went well. */
function commandOf(rival: Exclude<Rival, 'rushes'>, { dir, url, sha256 }: Contest): string[] {
  if (rival === 'curl') {
    const patience = ['--connect-timeout', '2', '--speed-limit', '1000', '--speed-time', '1'];
    const retry = ['--retry', '3', '--retry-all-errors', '--retry-delay', '0', '--retry-max-time', '10'];
    return ['curl', '-sSfL', '-C', '-', ...retry, ...patience, '-o', join(dir, fileName), url];
  }
  const checksum = sha256 === null ? [] : [`--checksum=sha-256=${sha256}`];
  const patience = ['--timeout=1', '--connect-timeout=2', '--max-tries=8', '--retry-wait=0'];
  const parts = ['-c', '-x4', '-s4', '-k1M', '--allow-overwrite=true', '--auto-file-renaming=false'];
  return ['aria2c', '-q', '--no-conf', ...parts, ...patience, ...checksum, '-d', dir, '-o', fileName, url];
}

async function byTool(rival: Exclude<Rival, 'rushes'>, contest: Contest, file: MoodyFile): Promise<Verdict> {
  for (let tries = 0; tries < mostTries; tries++) {
    const code = await runUntil(commandOf(rival, contest), contest.deadline);
    if (code === 'out of time') return code;
    if (code === 0) return verdictOf(join(contest.dir, fileName), file);
  }
  return 'gave up';
}

function runUntil(
  [program = '', ...args]: readonly string[],
  deadline: number,
): Promise<number | 'out of time'> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), Math.max(0, deadline - Date.now()));
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code ?? 'out of time');
    });
  });
}

async function byRushes(contest: Contest, file: MoodyFile): Promise<Verdict> {
  const { dir, url, sha256, deadline } = contest;
  const timeouts = { headMs: 1000, idleMs: 1000 };
  const rig = await startRig({ home: dir, connections: 4, pieceBytes: 1024 * 1024, tuning: { timeouts } });
  try {
    const wish = { url, insecureHttp: true, allowPrivate: true };
    const { id } = await rig.downloads.addUrl({ ...wish, ...(sha256 === null ? {} : { sha256 }) });
    for (let tries = 0; tries < mostTries && Date.now() < deadline;) {
      const { state, path, verified } = rig.downloads.get({ id });
      if (state === 'complete' && path !== null) {
        const verdict = verdictOf(path, file);
        return verdict === 'wrong' && verified === 'none' ? 'unverified' : verdict;
      }
      if (state === 'failed') {
        tries++;
        await rig.downloads.retry({ ids: [id] });
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return Date.now() < deadline ? 'gave up' : 'out of time';
  } finally {
    await rig.stop();
  }
}

function verdictOf(path: string, file: MoodyFile): Verdict {
  if (!existsSync(path)) return 'wrong';
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
  return file.right.has(sha256) ? 'right' : 'wrong';
}
