import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPieceHash, type PieceHash } from '../../../../electron/core/files/piece-hash.ts';
import type { FromTransfer, LaneTarget, ToTransfer } from '../../../../electron/core/http/fast/messages.ts';
import { seededBody } from '../../../support/fault-body.ts';
import { brokenPromises, createOrders, isOver } from '../../../support/fault-orders.ts';
import { transferWorkerUrl, waitFor } from '../../../support/fault-rig.ts';
import { startWildServer, type WildServer } from '../../../support/fault-wild-server.ts';
import { makeAuthority } from '../../../support/tls.ts';
import { diceOf, isLong, seedsFrom } from '../../../support/torture/seeds.ts';

const requestsEach = isLong ? 60 : 40;
const mostBytes = 600_000;
const gapBytes = 64;
const body = seededBody(requestsEach * (mostBytes + gapBytes) + mostBytes, 9);
/** Bytes that nobody has written. */
const untouched = 0xa5;

describe.each(['plain', 'tls'] as const)('the transfer thread over %s, told anything in any order', (way) => {
  const authority = makeAuthority();
  let dir: string;
  let server: WildServer;
  let worker: Worker;
  let pieceHash: PieceHash;
  let hear: (message: FromTransfer) => void = () => undefined;
  let died = '';
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
  const post = (message: ToTransfer): void => worker.postMessage(message);

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'rushes-order-'));
    pieceHash = await loadPieceHash();
    server = await startWildServer(
      body,
      way === 'tls' ? authority.issue({ names: ['127.0.0.1'] }) : undefined,
    );
    worker = new Worker(transferWorkerUrl);
    worker.on('message', (message: FromTransfer) => hear(message));
    worker.on('error', (error) => (died = String(error)));
    worker.on('exit', () => (died ||= 'it ended'));
    post({ kind: 'trust', generation: 1, authorities: [authority.cert] });
  });
  afterAll(async () => {
    await worker.terminate();
    await server.close();
    rmSync(dir, { recursive: true });
  });

  const target = (port: number): LaneTarget => ({
    host: '127.0.0.1',
    port,
    secure: way === 'tls',
    policy: { insecureHttp: true, allowPrivate: true },
    trustGeneration: 1,
  });

  it.each(seedsFrom(way === 'plain' ? 4_001 : 4_101, 6))(
    'keeps its promises with seed %i',
    { timeout: 60_000 },
    async (seed) => {
      const path = join(dir, String(seed));
      writeFileSync(path, Buffer.alloc(body.sizeBytes, untouched));
      const file = openSync(path, 'r+');
      const dice = diceOf(seed);
      const orders = createOrders({ dice, post, file });
      hear = orders.hear;
      try {
        for (let number = 0; number < requestsEach; number++) {
          const start = number * (mostBytes + gapBytes);
          const length = dice.pick([0, 1, 999, 20_000, 300_000, mostBytes]);
          const end =
            start +
            Math.min(mostBytes, dice.pick([length, length, length, length + 10, Math.ceil(length / 2)]));
          const port = dice.chance(0.03) ? 1 : server.port;
          orders.ask(target(port), {
            id: seed * 1000 + number,
            seed: seed * 1000 + number,
            start,
            end,
            length,
          });
          for (let words = dice.between(0, 3); words > 0; words--) {
            orders.sayAnything();
            if (dice.chance(0.5)) await new Promise((resolve) => setTimeout(resolve, dice.between(0, 8)));
          }
        }
        await waitFor(
          () => {
            orders.letAllGoOn();
            return [...orders.asked.values()]
              .filter((one) => !isOver(one))
              .map(({ id, said, heard }) => ({ id, said, heard: heard.map(({ kind }) => kind) }));
          },
          (left) => left.length === 0 || died !== '',
        );
        orders.stopAll();
        // What was told to stop may still say so.
        await echo();
        const saved = readFileSync(path);
        const broken = [...orders.asked.values()].flatMap((one) =>
          brokenPromises(one, { pieceHash, body, saved }).map(
            (what) => `${one.id}: ${what} (${one.said.join(' ')})`,
          ),
        );
        expect(broken, `seed ${seed}`).toEqual([]);
        expect(outside(saved, [...orders.asked.values()]), `seed ${seed}`).toEqual([]);
        expect(died).toBe('');
      } finally {
        closeSync(file);
      }
      await expectGood(seed);
    },
  );

  it('leaves no connection and no open file', { timeout: 30_000 }, async () => {
    await waitFor(server.open, (open) => open === 0);
    if (process.platform !== 'linux') return console.info('Skipped: only Linux tells what is open.');
    const open = readdirSync('/proc/self/fd').map((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`);
      } catch {
        return '';
      }
    });
    expect(open.filter((name) => name.startsWith(dir))).toEqual([]);
  });

  /** When the answer to this has come, all that was said before has been acted on. */
  async function echo(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<null>();
    const before = hear;
    hear = (message) => (message.kind === 'alive' ? resolve(null) : before(message));
    post({ kind: 'ping' });
    await promise;
  }

  /** A bystander's request is served as if nothing had been. */
  async function expectGood(seed: number): Promise<void> {
    const path = join(dir, `${seed}-good`);
    const file = openSync(path, 'wx+');
    const { promise, resolve } = Promise.withResolvers<FromTransfer>();
    const id = seed * 1000 + 999;
    const length = 300_000;
    hear = (message) => {
      if (!('id' in message) || message.id !== id || message.kind === 'wrote') return;
      if (message.kind === 'head') post({ kind: 'save', id, file, start: 0, end: length, runBytes: length });
      else resolve(message);
    };
    const text = `GET /0/0/${length} HTTP/1.1\r\nhost: x\r\nconnection: keep-alive\r\n\r\n`;
    const patience = { connectTimeoutMs: 5000, headTimeoutMs: 5000, idleTimeoutMs: 5000 };
    post({ kind: 'ask', id, target: target(server.port), text, ...patience });
    const end = await promise;
    closeSync(file);
    expect(end).toEqual({ kind: 'ended', id, at: length, fault: null });
    expect(readFileSync(path).equals(body.slice(0, length))).toBe(true);
  }
});

/** Places that were written to and belong to nobody. */
function outside(saved: Buffer, spans: readonly { start: number; end: number }[]): number[] {
  const rest = Buffer.from(saved);
  for (const { start, end } of spans) rest.fill(untouched, start, end);
  const at = rest.findIndex((byte) => byte !== untouched);
  return at < 0 ? [] : [at];
}
