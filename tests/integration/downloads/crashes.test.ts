import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Checkpoint } from '../../../electron/core/downloads/engine-deps.ts';
import { seededBody } from '../../support/fault-body.ts';
import { runChild, type Ended } from '../../support/fault-process.ts';
import { patient, startRig } from '../../support/fault-rig.ts';
import { startFaultServer, type FaultServer } from '../../support/fault-server.ts';

const child = new URL('../../support/download-child.ts', import.meta.url);
const body = seededBody(3 * 1024 * 1024, 7);
const sha256 = body.sha256();
const pieceBytes = 64 * 1024;

let home = '';
let server: FaultServer | null = null;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'rushes-crash-'));
});
afterEach(async () => {
  await server?.close();
  server = null;
  rmSync(home, { recursive: true, force: true });
});

function run(
  url: string,
  more: { connections: number; dieAt?: string; killWhen?: () => boolean },
): Promise<Ended> {
  const args = [home, url, sha256, String(more.connections), String(pieceBytes), more.dieAt ?? ''];
  return runChild(child, args, more.killWhen ? { killWhen: more.killWhen } : {});
}

function media(): string[] {
  return readdirSync(join(home, 'media')).sort();
}

function hashOf(name: string): string {
  return createHash('sha256')
    .update(readFileSync(join(home, 'media', name)))
    .digest('hex');
}

it.each([1, 4])(
  'loses at most a piece a connection when it is killed again and again (%i)',
  async (connections) => {
    server = await startFaultServer(() => ({ body, etag: '"v1"', bytesPerSecond: 1_500_000 / connections }));
    const { url, sentBytes: sent } = server;
    const kills = 4;
    for (let kill = 1; kill <= kills; kill++) {
      const until = (kill * body.sizeBytes) / (kills + 1);
      const ended = await run(`${url}/clip.mp4`, { connections, killWhen: () => sent() >= until });
      expect(ended.signal).toBe('SIGKILL');
      expect(media()).toEqual(['clip.mp4.part']);
    }
    const last = await run(`${url}/clip.mp4`, { connections });
    expect(JSON.parse(last.stdout)).toMatchObject({ state: 'complete', verified: 'hash', sha256 });
    expect(media()).toEqual(['clip.mp4']);
    expect(hashOf('clip.mp4')).toBe(sha256);
    // What the server handed to the system may exceed what the killed process took by the sockets' buffers.
    const again = sent() - body.sizeBytes;
    console.info(`killed ${kills} times, ${connections} connections: ${again} bytes fetched again`);
    expect(again).toBeLessThanOrEqual(kills * connections * pieceBytes);
  },
);

it.each([1, 4])(
  'as shipped, at most 8 MiB a connection are fetched again after a kill (%i)',
  { timeout: 60_000 },
  async (connections) => {
    const large = seededBody(64 * 1024 * 1024, 9);
    server = await startFaultServer(() => ({ body: large, etag: '"v1"', bytesPerSecond: 40_000_000 }));
    const { url, sentBytes: sent } = server;
    const args = [home, `${url}/clip.mp4`, '', String(connections), 'shipped', ''];
    const ended = await runChild(child, args, { killWhen: () => sent() >= large.sizeBytes / 2 });
    expect(ended.signal).toBe('SIGKILL');
    const asked = server.requests.length;
    const before = sent();
    const last = await runChild(child, args);
    expect(JSON.parse(last.stdout)).toMatchObject({ state: 'complete', sha256: large.sha256() });
    const again = before + sent(asked) - large.sizeBytes;
    console.info(`killed as shipped, ${connections} connections: ${again} bytes fetched again`);
    expect(again).toBeLessThanOrEqual(connections * 8 * 1024 * 1024);
  },
);

it.each<Checkpoint>([
  'identity-fixed',
  'part-created',
  'fetched',
  'verified',
  'before-publish',
  'after-publish',
  'after-commit',
])('goes on after dying at the point "%s" and fetches nothing twice', async (dieAt) => {
  server = await startFaultServer(() => ({ body, etag: '"v1"' }));
  const url = `${server.url}/clip.mp4`;
  const ended = await run(url, { connections: 1, dieAt });
  expect(ended.signal).toBe('SIGKILL');
  const asked = server.requests.length;
  const published = dieAt === 'after-publish' || dieAt === 'after-commit';
  expect(existsSync(join(home, 'media', 'clip.mp4'))).toBe(published);
  const handedOver: string[] = [];
  const rig = await startRig({
    home,
    connections: 1,
    pieceBytes,
    tuning: patient,
    onComplete: async (path) => {
      handedOver.push(path);
      return 'clip-1';
    },
  });
  try {
    const [first] = rig.downloads.list({ show: 'all' }).downloads;
    const done = await rig.settled(first?.id ?? '', (one) => one.clipId !== null);
    expect(done).toMatchObject({ state: 'complete', verified: 'hash', sha256, clipId: 'clip-1' });
    expect(handedOver).toEqual([join(home, 'media', 'clip.mp4')]);
    expect(rig.files()).toEqual(['clip.mp4']);
    expect(rig.sha256('clip.mp4')).toBe(sha256);
    const fetchedBefore = dieAt !== 'identity-fixed' && dieAt !== 'part-created';
    const allowed = fetchedBefore ? 0 : body.sizeBytes;
    expect(server.sentBytes(asked)).toBe(allowed);
  } finally {
    await rig.stop();
  }
});

it('waits when the disk is full, keeps what it has, and goes on when there is room', async (context) => {
  context.skip(!existsSync('/usr/bin/prlimit'), 'there is no prlimit here to stand in for a full disk');
  server = await startFaultServer(() => ({ body, etag: '"v1"' }));
  const url = `${server.url}/clip.mp4`;
  const limit = 1024 * 1024;
  const args = [home, url, sha256, '1', String(pieceBytes), ''];
  const full = await runChild(child, args, { behind: ['/usr/bin/prlimit', `--fsize=${limit}`] });
  const stopped = JSON.parse(full.stdout) as { state: string; bytes: number; reason: { code: string } };
  expect(stopped).toMatchObject({ state: 'waiting', reason: { code: 'NO_SPACE' } });
  expect(stopped.bytes).toBe(limit);
  const asked = server.requests.length;
  const done = await run(url, { connections: 1 });
  expect(JSON.parse(done.stdout)).toMatchObject({ state: 'complete', sha256 });
  expect(server.sentBytes(asked)).toBe(body.sizeBytes - limit);
});
