import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Ask } from '../../../electron/hosts/desktop/exchange.ts';
import type { CoreQuestions } from '../../../electron/hosts/desktop/messages.ts';
import { serveMedia } from '../../../electron/hosts/desktop/serve-media.ts';

const dir = mkdtempSync(join(tmpdir(), 'rushes-media-'));
const path = join(dir, 'clip.mp4');
writeFileSync(path, '0123456789');
afterAll(() => rmSync(dir, { recursive: true }));

/** Answers as a core does that knows one clip. */
const ask = (async (_name: string, pathname: string) =>
  pathname === '/clip/one' ? { path, contentType: 'video/mp4' } : null) as Ask<CoreQuestions>;
const request = (headers: Record<string, string> = {}, method = 'GET'): Request =>
  new Request('rushes-media://local/clip/one', { method, headers });

describe('media in the desktop window', () => {
  it('is the whole file, or the range that was asked for', async () => {
    const whole = await serveMedia(request(), '/clip/one', ask);
    expect([whole.status, await whole.text()]).toEqual([200, '0123456789']);
    const part = await serveMedia(request({ range: 'bytes=2-4' }), '/clip/one', ask);
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      'bytes 2-4/10',
      '234',
    ]);
    expect((await serveMedia(request({ range: 'bytes=10-' }), '/clip/one', ask)).status).toBe(416);
  });

  it('answers HEAD without a body and refuses to be written to', async () => {
    const head = await serveMedia(request({}, 'HEAD'), '/clip/one', ask);
    expect([head.headers.get('content-length'), await head.text()]).toEqual(['10', '']);
    expect((await serveMedia(request({}, 'POST'), '/clip/one', ask)).status).toBe(405);
  });

  it('is not there for what the core does not know', async () => {
    expect((await serveMedia(request(), '/clip/two', ask)).status).toBe(404);
  });

  it('is unavailable while there is no core', async () => {
    const gone = (() => Promise.reject(new Error('gone'))) as Ask<CoreQuestions>;
    expect((await serveMedia(request(), '/clip/one', gone)).status).toBe(503);
  });
});
