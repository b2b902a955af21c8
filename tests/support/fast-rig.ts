import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { loadPieceHash } from '../../electron/core/files/piece-hash.ts';
import { createHttpClient } from '../../electron/core/http/create-http-client.ts';
import { createFastClient } from '../../electron/core/http/fast/fast-client.ts';
import type { HttpClient, HttpRequest } from '../../electron/core/http/http-client.ts';
import type { SaveTo, WrittenRun } from '../../electron/core/http/save-to.ts';
import { createTrust } from '../../electron/core/http/trust.ts';
import { seededBody } from './fault-body.ts';
import { transferWorkerUrl } from './fault-rig.ts';
import { startFaultServer } from './fault-server.ts';

/** What is served where a test says nothing else: some reads long. */
export const fastBody = seededBody(3 * 1024 * 1024 + 11);
const policy = { insecureHttp: true, allowPrivate: true };
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

type Say = (socket: Socket, count: { readonly connection: number; readonly request: number }) => void;
type Closers = (() => Promise<void>)[];

/** The fast client with a file to save to, made anew for each test of the file that calls this. */
export function useFastRig() {
  let dir: string;
  let file: number;
  let plainRequests: string[];
  let client: HttpClient;
  const closers: Closers = [];

  const startAnew = (workerUrl = transferWorkerUrl): void => {
    client = startClient(workerUrl, (url) => plainRequests.push(url));
    closers.push(client.close);
  };
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'rushes-fast-'));
    file = openSync(join(dir, 'saved'), 'wx+');
    plainRequests = [];
    startAnew();
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
    closeSync(file);
    rmSync(dir, { recursive: true });
  });
  const path = (): string => join(dir, 'saved');
  const savedBytes = (): Buffer => readFileSync(path());
  const ask = (url: string, more: Partial<HttpRequest> = {}) =>
    client.request({ url, policy, toFile: true, headTimeoutMs: 2000, idleTimeoutMs: 300, ...more });
  return {
    path,
    savedBytes,
    ask,
    startAnew,
    /** What was left to the plain client. */
    plainRequests: (): readonly string[] => plainRequests,
    save: async (url: string, place: Partial<SaveTo> = {}, more: Partial<HttpRequest> = {}) => {
      const response = await ask(url, more);
      if (!response.save) throw new Error('The answer cannot be saved.');
      const runs: WrittenRun[] = [];
      const saved = await response.save({
        file,
        start: 0,
        end: fastBody.sizeBytes,
        runBytes: 1024 * 1024,
        onWrote: (some) => {
          runs.push(...some);
          return null;
        },
        signal: new AbortController().signal,
        ...place,
      });
      return { ...saved, runs, response };
    },
    serveBody: async (behaviour: Parameters<typeof startFaultServer>[0] = () => ({ body: fastBody })) => {
      const server = await startFaultServer(behaviour);
      closers.push(server.close);
      return server;
    },
    startRawServer: (say: Say) => startRawServer(say, closers),
    /** The last that was told of each run is what lies in the file, without a gap. */
    expectTold: async (runs: readonly WrittenRun[], upTo: number): Promise<void> => {
      const pieceHash = await loadPieceHash();
      const last = new Map(runs.map((run) => [run.start, run]));
      let at = 0;
      for (const run of [...last.values()].toSorted((one, other) => one.start - other.start)) {
        expect(run.start).toBe(at);
        const hash = pieceHash();
        hash.update(savedBytes().subarray(run.start, run.start + run.length));
        expect(run.xxh64).toBe(hash.digest());
        at += run.length;
      }
      expect(at).toBe(upTo);
    },
  };
}

/** A client of which we see what it leaves to the plain one. */
function startClient(workerUrl: URL, onPlain: (url: string) => void): HttpClient {
  const trust = createTrust({ log: quiet });
  const own = createHttpClient({ userAgent: 'Rushes test', log: quiet, trust });
  const plain: HttpClient = {
    ...own,
    request: (request) => {
      onPlain(request.url);
      return own.request(request);
    },
  };
  const now = (): number => performance.now();
  return createFastClient({ plain, trust, workerUrl, userAgent: 'Rushes test', log: quiet, now });
}

/** A server that says to each request just what it is told, connection and request counted from 1. */
async function startRawServer(say: Say, closers: Closers) {
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
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/clip.mp4`;
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  closers.push(close);
  return { url, close, connections: () => connections, requests: () => requests };
}
