import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFollowThread } from '../../../../electron/core/files/follow-file.ts';
import { createHttpClient } from '../../../../electron/core/http/create-http-client.ts';
import { createFastClient } from '../../../../electron/core/http/fast/fast-client.ts';
import { createTransferThread, type Told } from '../../../../electron/core/http/fast/transfer-thread.ts';
import { HttpFault, type HttpClient, type HttpResponse } from '../../../../electron/core/http/http-client.ts';
import type { Log } from '../../../../electron/core/ports.ts';
import { createTrust } from '../../../../electron/core/http/trust.ts';
import { seededBody } from '../../../support/fault-body.ts';
import { startFaultServer } from '../../../support/fault-server.ts';

const body = seededBody(512 * 1024);
const policy = { insecureHttp: true, allowPrivate: true };
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const deaths = 200;
const mostRounds = 1000;
const atOnce = 3;
/** Long after anything that is ever told has been told, even on a busy machine. */
const patienceMs = 20_000;

let dir = '';
let file = 0;
const closers: (() => Promise<void>)[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'rushes-mortal-'));
  file = openSync(join(dir, 'saved'), 'wx+');
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  closeSync(file);
  rmSync(dir, { recursive: true });
});

function workerUrl(name: 'transfer' | 'follow' | 'curt' | 'deaf'): URL {
  return new URL(`../../../support/mortal/${name}-worker.ts`, import.meta.url);
}

/** Where deaths lie so far apart that the thread is never given up. */
function startClient(worker: 'transfer' | 'curt', log: Log = quiet): HttpClient {
  let now = 0;
  const trust = createTrust({ log: quiet });
  const plain = createHttpClient({ userAgent: 'Rushes test', log: quiet, trust });
  const client = createFastClient({
    plain,
    trust,
    workerUrl: workerUrl(worker),
    userAgent: 'Rushes test',
    log,
    now: () => (now += 10 * 60_000),
  });
  closers.push(client.close);
  return client;
}

async function within<T>(what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited in vain: ${what}.`)), patienceMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks and takes the body in one of the ways there are; how it ended. */
async function attempt(client: HttpClient, url: string, round: number): Promise<string> {
  const abort = new AbortController();
  const { signal } = abort;
  const timer = round % 4 === 0 ? setTimeout(() => abort.abort(), Math.random() * 60) : undefined;
  try {
    const response = await client.request({ url, policy, toFile: true, signal });
    if (round % 5 === 0 || !response.save) return `${(await response.bytes()).byteLength} bytes`;
    const onWrote = (): Promise<void> | null =>
      round % 3 === 0 ? new Promise((resolve) => setTimeout(resolve, 5)) : null;
    const place = { file, start: 0, end: body.sizeBytes, runBytes: 64 * 1024, onWrote, signal };
    const { at, fault } = await response.save(place);
    return fault ? fault.kind : `${at} bytes`;
  } catch (error) {
    if (error instanceof HttpFault) return error.kind;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

test(`everything ends, whenever the thread dies: ${deaths} times`, { timeout: 240_000 }, async () => {
  const server = await startFaultServer(() => ({ body, bytesPerSecond: 10_000_000 }));
  closers.push(server.close);
  let died = 0;
  const client = startClient('transfer', { ...quiet, error: () => void died++ });
  const seen = new Map<string, number>();
  const pass = async (round: number): Promise<void> => {
    const end = await within(`round ${round}`, attempt(client, `${server.url}/clip.mp4`, round));
    seen.set(end, (seen.get(end) ?? 0) + 1);
  };
  for (let round = 0; died < deaths && round < mostRounds; round++) {
    await Promise.all(Array.from({ length: atOnce }, (_, one) => pass(round + one)));
  }
  expect([...seen.keys()].filter((end) => !/^(\d+ bytes|disconnected|cancelled)$/.test(end))).toEqual([]);
  expect(seen.get('disconnected')).toBeGreaterThan(0);
  await within('close', client.close());
});

test('a thread that tells a head and is gone before the body is asked for ends the body', async () => {
  const client = startClient('curt');
  const request = { url: 'http://127.0.0.1:9/clip.mp4', policy, toFile: true };
  const place = { file, start: 0, end: 1000, runBytes: 1000, onWrote: () => null };
  const { signal } = new AbortController();
  const ends: string[] = [];
  for (let round = 0; round < 10; round++) {
    // Not every head gets out before the thread is gone.
    const asked = client.request(request).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 1));
    // Head and end lie there together when this thread looks again.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    const response = await within('head', asked);
    if (response instanceof HttpFault) ends.push(`head: ${response.kind}`);
    else {
      const saved = await within('body', (response as HttpResponse).save?.({ ...place, signal }) ?? never());
      ends.push(`body: ${saved.fault?.kind} at ${saved.at}`);
    }
  }
  // Whether a head gets out before the thread is gone is the machine's to decide; either way it ends.
  expect(
    [...new Set(ends)].filter((end) => !/^(head: disconnected|body: disconnected at 0)$/.test(end)),
  ).toEqual([]);
});

function never(): never {
  throw new Error('The answer cannot be saved.');
}

test('a thread that says nothing any more is ended, and with it whoever waits for it', async () => {
  const deps = { log: quiet, now: () => performance.now(), aliveMs: 200 };
  const thread = createTransferThread({ ...deps, workerUrl: workerUrl('deaf') });
  closers.push(thread.close);
  const { promise, resolve } = Promise.withResolvers<Told>();
  const target = { host: '127.0.0.1', port: 9, secure: false, policy, trustGeneration: 0 };
  thread.begin({ target, text: '', connectTimeoutMs: 1, headTimeoutMs: 1, idleTimeoutMs: 1 }, resolve);
  expect(await within('death', promise)).toEqual({ kind: 'died' });
});

test('a request after the end is told that there is no thread', async () => {
  const deps = { log: quiet, now: () => performance.now() };
  const thread = createTransferThread({ ...deps, workerUrl: workerUrl('deaf') });
  await thread.close();
  const { promise, resolve } = Promise.withResolvers<Told>();
  const target = { host: '127.0.0.1', port: 9, secure: false, policy, trustGeneration: 0 };
  thread.begin({ target, text: '', connectTimeoutMs: 1, headTimeoutMs: 1, idleTimeoutMs: 1 }, resolve);
  expect(await within('answer', promise)).toEqual({ kind: 'died' });
});

test('a follower ends, too, when its thread dies', { timeout: 120_000 }, async () => {
  const path = join(dir, 'followed');
  writeFileSync(path, Buffer.alloc(64 * 1024));
  const { dev, ino } = statSync(path, { bigint: true });
  const task = { path, identity: { dev: String(dev), ino: String(ino) }, kinds: ['sha256'] as const };
  const thread = createFollowThread({ workerUrl: workerUrl('follow') });
  closers.push(thread.close);
  for (let round = 0; round < 30; round++) {
    const follower = thread.follow(task, 64 * 1024, [{ start: 0, length: 64 * 1024, xxh64: '0' }]);
    const followed = await within('result', follower.result());
    expect(followed === null || followed.damaged.length === 1).toBe(true);
    follower.close();
  }
});
