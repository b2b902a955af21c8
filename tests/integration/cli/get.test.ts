import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { rushesJson, runRushes, toldError } from '../../support/run-rushes.ts';
import { aHome, downloadsDocument, sha256Of } from './cli-fixture.ts';

const local = ['--insecure-http', '--allow-private'];

/** A server with one file, honest about ranges, that counts what it is asked. */
async function startFileServer(body: Buffer) {
  const asked: { range: string | undefined; key: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const { range } = request.headers;
    asked.push({ range, key: request.headers['x-key'] as string | undefined });
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
    const start = Number(from ?? 0);
    const end = to ? Math.min(Number(to), body.length - 1) : body.length - 1;
    const headers = { 'content-type': 'video/mp4', etag: '"one"', 'accept-ranges': 'bytes' };
    const part = body.subarray(start, end + 1);
    if (range === undefined)
      return response.writeHead(200, { ...headers, 'content-length': body.length }).end(body);
    const contentRange = `bytes ${start}-${end}/${body.length}`;
    const partly = { ...headers, 'content-length': part.length, 'content-range': contentRange };
    return response.writeHead(206, partly).end(part);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/media/quay.mp4`, asked };
}

const body = randomBytes(3_000_000);
const sha256 = createHash('sha256').update(body).digest('hex');

it('gets an address once, proves its hash, and reports it without fetching when asked again', async () => {
  const { url, asked } = await startFileServer(body);
  const at = aHome();
  const get = ['get', url, '--sha256', sha256, '--name', 'harbour.mp4', '--header', 'X-Key: k1', ...local];
  const { downloads } = await rushesJson(get, downloadsDocument, at);
  expect(downloads).toMatchObject([{ state: 'complete', fileName: 'harbour.mp4', sha256, verified: 'hash' }]);
  expect(await sha256Of(downloads[0]?.path ?? '')).toBe(sha256);
  expect(asked.every(({ key }) => key === 'k1')).toBe(true);
  const before = asked.length;
  expect((await rushesJson(get, downloadsDocument, at)).downloads).toEqual(downloads);
  expect(asked).toHaveLength(before);
});

it('ends with 6 where the bytes are not those that were promised, and publishes nothing', async () => {
  const { url } = await startFileServer(body);
  const at = aHome();
  const ran = await runRushes(['get', url, '--sha256', 'a'.repeat(64), ...local, '--json'], at);
  expect(ran.code).toBe(6);
  expect(toldError(ran).code).toBe('INTEGRITY');
  expect(ran.json).toMatchObject({ downloads: [{ state: 'failed', reason: 'HASH_MISMATCH', path: null }] });
  expect(await readdir(at.env?.['RUSHES_DOWNLOADS'] ?? '')).not.toContain('quay.mp4');
});

it('lists, cancels and says what became of downloads', async () => {
  const { url } = await startFileServer(body);
  const at = aHome();
  const to = join(at.home, 'elsewhere');
  const { downloads } = await rushesJson(['get', url, '--to', to, ...local], downloadsDocument, at);
  expect(downloads[0]).toMatchObject({ dir: to, verified: 'size', path: join(to, 'quay.mp4') });
  const list = await rushesJson(['downloads', 'list', '--show', 'done'], downloadsDocument, at);
  expect(list.downloads.map(({ id }) => id)).toEqual(downloads.map(({ id }) => id));
  expect((await runRushes(['downloads', 'cancel'], at)).code).toBe(2);
  const text = await runRushes(['downloads', 'list'], at);
  expect(text.stdout).toContain('size proven');
});
