import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Download } from '../../../shared/contract/downloads.ts';
import { seededBody } from '../../support/fault-body.ts';
import { waitFor } from '../../support/fault-rig.ts';
import { startFaultServer } from '../../support/fault-server.ts';
import { startChild, type Child } from '../../support/torture/start-child.ts';
import { mustRun, whyNoNamespaces } from '../../support/torture/tools.ts';

const why = whyNoNamespaces();
const size = 1_200_000;
const sha256 = seededBody(size, 1).sha256();
const pieceBytes = 64 * 1024;
const [here, there] = ['10.99.0.1', '10.99.0.2'];
const farServer = new URL('../../support/torture/far-server.ts', import.meta.url).pathname;

let home = '';
let child: Child | null = null;
let far: ChildProcess | null = null;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'rushes-net-'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await child?.ended;
  far?.kill('SIGKILL');
  child = null;
  far = null;
  rmSync(home, { recursive: true, force: true });
});

/** The engine in a network of its own, at one end of a cable. */
async function startNear(): Promise<Child> {
  const cable =
    `ip link set lo up && ip link add v0 type veth peer name v1 && ` +
    `ip addr add ${here}/24 dev v0 && ip link set v0 up && exec "$@"`;
  const started = startChild(['unshare', '-Urn', 'sh', '-c', cable, 'sh']);
  child = started;
  const timeouts = { headMs: 1500, idleMs: 1000 };
  await started.ready({ home, connections: 2, pieceBytes, timeouts, delayFactor: 1 });
  return started;
}

const beside = (pid: number, ...command: readonly string[]): string =>
  mustRun('nsenter', '-t', String(pid), '-U', '-n', '--preserve-credentials', ...command);

/** The server at the other end. Returns its address and its requests. */
async function startFar(near: Child): Promise<{ url: string; asked: () => number }> {
  const enter = ['-t', String(near.pid), '-U', '-n', '--preserve-credentials', 'unshare', '-n'];
  const waiting = 'ip link set lo up && read go && exec "$@"';
  const server = spawn(
    'nsenter',
    [...enter, 'sh', '-c', waiting, 'sh', process.execPath, farServer, there, String(size), '250000'],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  far = server;
  const lines: string[] = [];
  createInterface({ input: server.stdout }).on('line', (line) => lines.push(line));
  const pid = server.pid ?? 0;
  // nsenter and unshare become the shell in the same process; only then has it a network of its own.
  await waitFor(
    () =>
      mustRun('readlink', `/proc/${pid}/ns/net`, `/proc/${near.pid}/ns/net`, '/proc/self/ns/net').split('\n'),
    (networks) => new Set(networks).size === 3,
  );
  beside(near.pid, 'ip', 'link', 'set', 'v1', 'netns', String(pid));
  beside(pid, 'ip', 'addr', 'add', `${there}/24`, 'dev', 'v1');
  beside(pid, 'ip', 'link', 'set', 'v1', 'up');
  server.stdin.write('go\n');
  const [first] = await waitFor(
    () => lines.filter((line) => line.includes('port')),
    (found) => found.length > 0,
  );
  const { port } = JSON.parse(first ?? '') as { port: number };
  return {
    url: `http://${there}:${port}`,
    asked: () => lines.filter((line) => line.includes('range')).length,
  };
}

const allComplete = (all: readonly Download[]): boolean => all.every((one) => one.state === 'complete');

if (why !== null) console.warn(`Skipped: ${why}.`);

describe.skipIf(why !== null)('a cable', () => {
  it('that is pulled is noticed, and at its return all goes on at once', async () => {
    const near = await startNear();
    const { url } = await startFar(near);
    await near.call({
      verb: 'addUrl',
      input: { url: `${url}/clip.mp4`, insecureHttp: true, allowPrivate: true },
    });
    await near.until((all) => all.some((one) => one.bytes > 100_000));
    beside(near.pid, 'ip', 'link', 'set', 'v0', 'down');
    const pulledAt = performance.now();
    const gone = await near.until((all) => all.every((one) => one.state === 'waiting'));
    console.info(`noticed after ${Math.round(performance.now() - pulledAt)} ms: ${gone?.[0]?.reason?.code}`);
    const bytes = gone?.[0]?.bytes ?? 0;
    expect(bytes).toBeGreaterThan(100_000);
    beside(near.pid, 'ip', 'link', 'set', 'v0', 'up');
    const backAt = performance.now();
    await near.call({ verb: 'wake', input: { why: 'online' } });
    await near.until((all) => all.some((one) => one.bytes > bytes || one.state === 'complete'));
    const firstByteMs = performance.now() - backAt;
    console.info(`went on ${Math.round(firstByteMs)} ms after the cable was back`);
    expect(firstByteMs).toBeLessThan(5000);
    const done = await near.until(allComplete);
    expect(done?.[0]?.sha256).toBe(sha256);
  });

  it('whose address is taken away says nothing, and is noticed all the same', async () => {
    const near = await startNear();
    const { url } = await startFar(near);
    await near.call({
      verb: 'addUrl',
      input: { url: `${url}/clip.mp4`, insecureHttp: true, allowPrivate: true },
    });
    await near.until((all) => all.some((one) => one.bytes > 100_000));
    beside(near.pid, 'ip', 'addr', 'del', `${here}/24`, 'dev', 'v0');
    await near.until((all) => all.every((one) => one.state === 'waiting'));
    beside(near.pid, 'ip', 'addr', 'add', '10.99.0.7/24', 'dev', 'v0');
    await near.call({ verb: 'wake', input: { why: 'online' } });
    const done = await near.until(allComplete);
    expect(done?.[0]?.sha256).toBe(sha256);
  });
});

it('goes on after a sleep during which the server gave up', async () => {
  const body = seededBody(size, 1);
  const server = await startFaultServer(() => ({ body, etag: '"v1"', bytesPerSecond: 300_000 }));
  try {
    const near = startChild();
    child = near;
    await near.ready({ home, connections: 2, pieceBytes });
    await near.call({
      verb: 'addUrl',
      input: { url: `${server.url}/clip.mp4`, insecureHttp: true, allowPrivate: true },
    });
    await near.until((all) => all.some((one) => one.bytes > 100_000));
    near.kill('SIGSTOP');
    server.dropConnections();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    near.kill('SIGCONT');
    await near.call({ verb: 'wake', input: { why: 'awake' } });
    const done = await near.until(allComplete);
    expect(done).toMatchObject([{ state: 'complete', sha256 }]);
  } finally {
    await server.close();
  }
});
