import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createPictureCache, type PictureCache } from '../../../electron/core/catalogue/pictures.ts';
import { createHttpClient } from '../../../electron/core/http/create-http-client.ts';
import { createTrust } from '../../../electron/core/http/trust.ts';
import { createAsker } from '../../../electron/core/sources/asker.ts';
import { createHostQueue } from '../../../electron/core/sources/host-queue.ts';
import { tempDir } from '../../support/temp.ts';
import { keptLog } from './test-core.ts';

/** A JPEG as far as its first bytes go, of so many bytes. */
export function aJpeg(bytes: number): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(bytes - 4, 7)]);
}

/** A cache of pictures over a folder, a server and a clock of this test's own. */
export async function aPictureCache(most: { mostBytes?: number; dir?: string } = {}) {
  const asked: string[] = [];
  const gone: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    response.on('close', () => {
      if (!response.writableFinished) gone.push(path);
    });
    rig.answer(path, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const log = keptLog();
  const http = createHttpClient({ userAgent: 'Rushes test', log, trust: createTrust({ log }) });
  onTestFinished(() => http.close());
  const ask = createAsker({
    http,
    policy: { insecureHttp: false, allowPrivate: false, loopbackHost: '127.0.0.1' },
    queue: createHostQueue({ now: Date.now }),
    now: Date.now,
  });
  const source = {
    readPicture: async (url: string, signal: AbortSignal) =>
      (await ask.get({ url, maxBytes: 4 * 1024 * 1024, signal })).body,
  };
  const rig = {
    dir: most.dir ?? join(tempDir(), 'pictures'),
    nowMs: Date.now(),
    asked,
    /** What was asked for and given up before it was answered. */
    gone,
    log,
    answer: (_path: string, response: ServerResponse): void =>
      void response.writeHead(200, { 'content-type': 'image/jpeg' }).end(aJpeg(1000)),
    /** A cache as a new start of the core has it. */
    open: (): PictureCache => {
      const cache = createPictureCache({
        dir: rig.dir,
        now: () => rig.nowMs,
        log,
        ...(most.mostBytes === undefined ? {} : { mostBytes: most.mostBytes }),
      });
      onTestFinished(() => cache.close());
      return cache;
    },
    wish: (path: string) => ({
      assetId: `asset of ${path}`,
      url: `${base}${path}`,
      sourceId: 'source-1',
      source: () => source,
    }),
  };
  return rig;
}
