import { randomBytes } from 'node:crypto';
import { mkdir, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveFile } from '../../../electron/core/media/media-response.ts';
import { openMediaFixture, type MediaFixture } from './media-fixture.ts';

let fixture: MediaFixture;
const bytes = randomBytes(700_001);
let path: string;
beforeAll(async () => {
  fixture = await openMediaFixture();
  path = join(fixture.dir, 'served.mp4');
  await writeFile(path, bytes);
});
afterAll(() => fixture.close());

const ask = (headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
  serveFile(new Request('http://127.0.0.1/clip/a', { method, headers }), { path, contentType: 'video/mp4' });
const bodyOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());
const openFiles = async (): Promise<number> => (await readdir('/proc/self/fd')).length;

describe('serving a file', () => {
  test('whole, with what a player needs to know', async () => {
    const response = await ask();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'content-length': '700001',
      'content-type': 'video/mp4',
      'x-content-type-options': 'nosniff',
      'cache-control': expect.stringContaining('private'),
    });
    expect((await bodyOf(response)).equals(bytes)).toBe(true);
  });

  test.each([
    ['bytes=0-0', 0, 1],
    ['bytes=1000-300999', 1000, 301_000],
    ['bytes=-5', 699_996, 700_001],
    ['bytes=700000-', 700_000, 700_001],
    ['bytes=0-', 0, 700_001],
  ])('the part %s', async (range, start, end) => {
    const response = await ask({ range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/700001`);
    expect(response.headers.get('content-length')).toBe(String(end - start));
    expect((await bodyOf(response)).equals(bytes.subarray(start, end))).toBe(true);
  });

  test('a part beyond the end is 416 with the size', async () => {
    const response = await ask({ range: 'bytes=700001-' });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe('bytes */700001');
  });

  test('several ranges are answered with the whole', async () => {
    expect((await ask({ range: 'bytes=0-1,5-6' }, 'HEAD')).status).toBe(200);
  });

  test('the tag answers If-None-Match and If-Range', async () => {
    const etag = (await ask({}, 'HEAD')).headers.get('etag') ?? '';
    expect((await ask({ 'if-none-match': `W/"x", ${etag}` })).status).toBe(304);
    expect((await ask({ 'if-range': etag, range: 'bytes=0-1' }, 'HEAD')).status).toBe(206);
    expect((await ask({ 'if-range': '"old"', range: 'bytes=0-1' }, 'HEAD')).status).toBe(200);
  });

  test('HEAD has no body, other methods are refused, what is no file is not found', async () => {
    const head = await ask({}, 'HEAD');
    expect(head.headers.get('content-length')).toBe('700001');
    expect(head.body).toBeNull();
    const post = await ask({}, 'POST');
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    const request = new Request('http://127.0.0.1/');
    await mkdir(join(fixture.dir, 'folder'));
    for (const name of ['gone', 'folder']) {
      const response = await serveFile(request, { path: join(fixture.dir, name), contentType: 'video/mp4' });
      expect(response.status).toBe(404);
    }
  });
});

describe('holding files open', () => {
  test('an answer read to the end, given up, or never begun keeps no file open', async () => {
    const before = await openFiles();
    for (let round = 0; round < 20; round += 1) {
      await bodyOf(await ask({ range: 'bytes=0-9' }));
      await ask({}, 'HEAD');
      await ask({ range: 'bytes=999999-' });
      const reader = (await ask()).body?.getReader();
      await reader?.read();
      await reader?.cancel();
      await (await ask()).body?.cancel();
    }
    expect(await openFiles()).toBeLessThanOrEqual(before + 1);
  });

  test('a reader that is slow is not read ahead for', async () => {
    const reader = (await ask()).body?.getReader();
    const first = await reader?.read();
    expect(first?.value?.length).toBe(256 * 1024);
    await reader?.cancel();
  });

  test('a file that shrinks while it is read fails the answer instead of ending it early', async () => {
    const shrinking = join(fixture.dir, 'shrinking.mp4');
    await writeFile(shrinking, bytes);
    const before = await openFiles();
    const request = new Request('http://127.0.0.1/');
    const response = await serveFile(request, { path: shrinking, contentType: 'video/mp4' });
    const reader = response.body?.getReader();
    await reader?.read();
    await truncate(shrinking, 10);
    await expect(reader?.read()).rejects.toThrow(/shorter/);
    expect(await openFiles()).toBeLessThan(before + 1);
  });
});
