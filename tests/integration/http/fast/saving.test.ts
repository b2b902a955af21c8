import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadPieceHash } from '../../../../electron/core/files/piece-hash.ts';
import { createHttpClient } from '../../../../electron/core/http/create-http-client.ts';
import { createFastClient } from '../../../../electron/core/http/fast/fast-client.ts';
import type { HttpClient, HttpRequest } from '../../../../electron/core/http/http-client.ts';
import type { SaveTo, WrittenRun } from '../../../../electron/core/http/save-to.ts';
import { createTrust } from '../../../../electron/core/http/trust.ts';
import { seededBody } from '../../../support/fault-body.ts';
import { transferWorkerUrl } from '../../../support/fault-rig.ts';
import { startFaultServer } from '../../../support/fault-server.ts';

const body = seededBody(3 * 1024 * 1024 + 11);
const policy = { insecureHttp: true, allowPrivate: true };
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

let dir: string;
let file: number;
let plainRequests: string[];
let client: HttpClient;
const closers: (() => Promise<void>)[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'rushes-fast-'));
  file = openSync(join(dir, 'saved'), 'wx+');
  plainRequests = [];
  client = startClient();
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  closeSync(file);
  rmSync(dir, { recursive: true });
});

/** A client of which we see what it leaves to the plain one. */
function startClient(workerUrl = transferWorkerUrl): HttpClient {
  const trust = createTrust({ log: quiet });
  const own = createHttpClient({ userAgent: 'Rushes test', log: quiet, trust });
  const plain: HttpClient = {
    ...own,
    request: (request) => {
      plainRequests.push(request.url);
      return own.request(request);
    },
  };
  const made = createFastClient({
    plain,
    trust,
    workerUrl,
    userAgent: 'Rushes test',
    log: quiet,
    now: () => performance.now(),
  });
  closers.push(made.close);
  return made;
}

/** A server that says to each request just what it is told, connection and request counted from 1. */
async function startRawServer(
  say: (socket: Socket, count: { readonly connection: number; readonly request: number }) => void,
) {
  let connections = 0;
  let requests = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const connection = ++connections;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (data) => {
      const count = data.toString('latin1').split('\r\n\r\n').length - 1;
      for (let one = 0; one < count; one++) say(socket, { connection, request: ++requests });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/clip.mp4`,
    connections: () => connections,
    requests: () => requests,
  };
}

async function serveBody(behaviour: Parameters<typeof startFaultServer>[0] = () => ({ body })) {
  const server = await startFaultServer(behaviour);
  closers.push(server.close);
  return server;
}

const ask = (url: string, more: Partial<HttpRequest> = {}) =>
  client.request({ url, policy, toFile: true, headTimeoutMs: 2000, idleTimeoutMs: 300, ...more });

async function save(url: string, place: Partial<SaveTo> = {}, more: Partial<HttpRequest> = {}) {
  const response = await ask(url, more);
  if (!response.save) throw new Error('The answer cannot be saved.');
  const runs: WrittenRun[] = [];
  const saved = await response.save({
    file,
    start: 0,
    end: body.sizeBytes,
    runBytes: 1024 * 1024,
    onWrote: (some) => {
      runs.push(...some);
      return null;
    },
    signal: new AbortController().signal,
    ...place,
  });
  return { ...saved, runs, response };
}

const savedBytes = (): Buffer => readFileSync(join(dir, 'saved'));

/** The last that was told of each run is what lies in the file, without a gap. */
async function expectTold(runs: readonly WrittenRun[], upTo: number, from = 0): Promise<void> {
  const pieceHash = await loadPieceHash();
  const last = new Map(runs.map((run) => [run.start, run]));
  let at = from;
  for (const run of [...last.values()].toSorted((one, other) => one.start - other.start)) {
    expect(run.start).toBe(at);
    const hash = pieceHash();
    hash.update(savedBytes().subarray(run.start, run.start + run.length));
    expect(run.xxh64).toBe(hash.digest());
    at += run.length;
  }
  expect(at).toBe(upTo);
}

test('writes a whole body to its place and tells what it wrote, run by run', async () => {
  const server = await serveBody();
  const { at, fault, runs } = await save(`${server.url}/clip.mp4`);
  expect({ at, fault }).toEqual({ at: body.sizeBytes, fault: null });
  expect(savedBytes().equals(body.slice(0, body.sizeBytes))).toBe(true);
  await expectTold(runs, body.sizeBytes);
  expect(plainRequests).toEqual([]);
});

test('uses one connection for requests one after the other', async () => {
  const server = await serveBody();
  for (const start of [0, 1000, 2000]) {
    const range = `bytes=${start}-${start + 999}`;
    const { fault } = await save(`${server.url}/a`, { start, end: start + 1000 }, { headers: { range } });
    expect(fault).toBeNull();
  }
  expect(server.connections()).toBe(1);
  expect(savedBytes().equals(body.slice(0, 3000))).toBe(true);
});

test('never writes beyond its place, and trusts no connection on which too much came', async () => {
  const server = await serveBody(() => ({ body, extraBytes: 500 }));
  const { at } = await save(`${server.url}/a`, { end: 1000 });
  expect(at).toBe(1000);
  expect(statSync(join(dir, 'saved')).size).toBe(1000);
  await save(`${server.url}/a`);
  expect(statSync(join(dir, 'saved')).size).toBe(body.sizeBytes);
  await save(`${server.url}/a`);
  expect(server.connections()).toBe(3);
});

test('does not take what a server says unasked for an answer', async () => {
  const server = await startRawServer((socket, { request }) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    if (request === 1) setTimeout(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno'), 20);
  });
  await save(server.url, { end: 2 });
  await new Promise((resolve) => setTimeout(resolve, 100));
  await save(server.url, { end: 2 });
  expect(savedBytes().toString()).toBe('ok');
  expect(server.connections()).toBe(2);
});

test('asks once more when a kept connection turns out to be closed', async () => {
  const server = await startRawServer((socket, { connection, request }) => {
    if (connection === 1 && request === 2) socket.destroy();
    else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  });
  await save(server.url, { end: 2 });
  const { at } = await save(server.url, { end: 2 });
  expect(at).toBe(2);
  expect([server.connections(), server.requests()]).toEqual([2, 3]);
});

test('does not ask twice when a fresh connection breaks', async () => {
  const server = await startRawServer((socket) => void socket.destroy());
  await expect(ask(server.url)).rejects.toMatchObject({ kind: 'disconnected' });
  expect(server.requests()).toBe(1);
});

test.each(['fin', 'rst'] as const)('keeps what came before a connection ends by %s', async (cutBy) => {
  const server = await serveBody(() => ({ body, cutAfter: 1_500_000, cutBy }));
  const { at, fault, runs } = await save(`${server.url}/a`);
  expect(fault?.kind).toBe('disconnected');
  expect(at).toBeGreaterThan(0);
  expect(savedBytes().equals(body.slice(0, at))).toBe(true);
  await expectTold(runs, at);
});

test('notices when a server falls silent, in the head and in the body', async () => {
  const server = await serveBody(({ path }) =>
    path === '/head' ? { stallBeforeHead: true } : { body, cutAfter: 10_000, cutBy: 'stall' },
  );
  await expect(ask(`${server.url}/head`, { headTimeoutMs: 200 })).rejects.toMatchObject({ kind: 'timeout' });
  const { at, fault, runs } = await save(`${server.url}/body`);
  expect({ at, kind: fault?.kind }).toEqual({ at: 10_000, kind: 'timeout' });
  await expectTold(runs, 10_000);
});

test('stops at a byte when told to, with everything told that it wrote', async () => {
  const server = await serveBody(() => ({ body, bytesPerSecond: 4_000_000 }));
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 150);
  const { at, fault, runs } = await save(`${server.url}/a`, { signal: stop.signal });
  expect(fault?.kind).toBe('cancelled');
  expect(at).toBeLessThan(body.sizeBytes);
  expect(statSync(join(dir, 'saved')).size).toBe(at);
  await expectTold(runs, at);
});

test('reads nothing more while it is asked to wait', async () => {
  const server = await serveBody();
  let waits = 0;
  const { at } = await save(`${server.url}/a`, {
    onWrote: () => {
      waits += 1;
      return new Promise((resolve) => setTimeout(resolve, 400));
    },
  });
  expect(at).toBe(body.sizeBytes);
  expect(waits).toBeGreaterThan(0);
});

test('fails with the reason of the disk when the file cannot be written', async () => {
  const server = await serveBody();
  const readOnly = openSync(join(dir, 'saved'), 'r');
  await expect(save(`${server.url}/a`, { file: readOnly })).rejects.toMatchObject({ name: 'FileFault' });
  closeSync(readOnly);
});

test.each([
  ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n'],
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  [
    'interim answers in a flood',
    `${'HTTP/1.1 103 Hints\r\n\r\n'.repeat(20)}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok`,
  ],
])('leaves %s to the plain client, and the host for a while', async (_what, text) => {
  const server = await startRawServer((socket) => void socket.write(text));
  for (const requests of [2, 3]) {
    const response = await ask(server.url);
    expect(response.save).toBeUndefined();
    expect(Buffer.from(await response.bytes()).toString()).toBe('ok');
    expect(server.requests()).toBe(requests);
  }
  expect(plainRequests).toHaveLength(2);
});

test('leaves a body that ends with its connection to the plain client', async () => {
  const server = await startRawServer((socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\nok'));
  const response = await ask(server.url);
  expect(response.save).toBeUndefined();
  await response.discard();
  expect(plainRequests).toHaveLength(1);
});

test('skips a few interim answers', async () => {
  const server = await startRawServer((socket) => {
    socket.write('HTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n');
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  });
  expect(await save(server.url, { end: 2 })).toMatchObject({ at: 2, fault: null });
  expect(plainRequests).toEqual([]);
});

test.each([204, 304])('needs no length for a %i, and uses its connection again', async (status) => {
  const server = await startRawServer((socket) => void socket.write(`HTTP/1.1 ${status} X\r\n\r\n`));
  for (const requests of [1, 2]) {
    const response = await ask(server.url);
    expect(response.status).toBe(status);
    await response.discard();
    expect(server.requests()).toBe(requests);
  }
  expect(server.connections()).toBe(1);
});

test('refuses a body whose length is told in two ways, as the plain client does', async () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n';
  const server = await startRawServer((socket) => void socket.write(`${head}2\r\nok\r\n0\r\n\r\n`));
  await expect(ask(server.url)).rejects.toMatchObject({ kind: 'protocol' });
});

test('reads a short body, too, chunk by chunk', async () => {
  const server = await serveBody(({ path }) =>
    path === '/text' ? { status: 400, text: 'expired' } : { body },
  );
  const response = await ask(`${server.url}/text`);
  expect(Buffer.from(await response.bytes()).toString()).toBe('expired');
  const whole = await (await ask(`${server.url}/a`)).bytes();
  expect(Buffer.from(whole).equals(body.slice(0, body.sizeBytes))).toBe(true);
  expect(plainRequests).toEqual([]);
});

test('says why a server cannot be reached in the words of the plain client', async () => {
  const server = await startRawServer(() => undefined);
  await closers.pop()?.();
  await expect(ask(server.url)).rejects.toMatchObject({ kind: 'unreachable' });
  expect(plainRequests).toHaveLength(1);
});

test('checks the address that a name leads to', async () => {
  const closed = { insecureHttp: true, allowPrivate: false };
  const asked = client.request({ url: 'http://localhost:9/', policy: closed, toFile: true });
  await expect(asked).rejects.toMatchObject({ kind: 'refused-address' });
});

test('tells how far a body came when the thread dies, and goes on with a new one, three times', async () => {
  client = startClient(new URL('../../../support/dying-transfer-worker.ts', import.meta.url));
  const server = await serveBody(() => ({ body, bytesPerSecond: 1_000_000 }));
  for (let deaths = 0; deaths < 3; deaths++) {
    const { at, fault, runs } = await save(`${server.url}/a`);
    expect(fault?.kind).toBe('disconnected');
    expect(savedBytes().subarray(0, at).equals(body.slice(0, at))).toBe(true);
    if (at > 0) await expectTold(runs, at);
  }
  const { save: none, ...response } = await ask(`${server.url}/a`);
  expect(none).toBeUndefined();
  await response.discard();
});
