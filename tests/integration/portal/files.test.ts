import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renditionLinkSchema } from '../../../shared/portal-api/link.ts';
import type { RenditionLink } from '../../../shared/portal-api/link.ts';
import { portalPaths, renditionLinkPath } from '../../../shared/portal-api/paths.ts';
import type { Portal, RequestEntry } from '../../../electron/portal/options.ts';
import {
  createTestClock,
  goodPassword,
  logIn,
  makeAccount,
  send,
  startPortal,
} from '../../support/portal.ts';

const clock = createTestClock();
const entries: RequestEntry[] = [];
const email = 'editor@newsroom.example';
let portal: Portal;
let token: string;
let link: RenditionLink;
let whole: Uint8Array;

beforeAll(async () => {
  portal = await startPortal({ now: clock.now, items: 8, onRequest: (entry) => entries.push(entry) });
  await makeAccount(portal, email);
  token = await logIn(portal, email);
  link = await freshLink('412001-web-360');
  whole = await bytesOf(await fetch(link.url));
});
afterAll(() => portal.close());

async function freshLink(renditionId: string): Promise<RenditionLink> {
  const answer = await send(portal, renditionLinkPath(renditionId), { method: 'POST', token });
  return renditionLinkSchema.parse(answer.body);
}

const ask = (renditionId: string, bearer?: string) =>
  send(portal, renditionLinkPath(renditionId), {
    method: 'POST',
    ...(bearer === undefined ? {} : { token: bearer }),
  });

const get = (headers: Record<string, string>, method = 'GET') => fetch(link.url, { method, headers });

async function bytesOf(answer: Response): Promise<Uint8Array> {
  return new Uint8Array(await answer.arrayBuffer());
}

const refusalOf = async (answer: Response) => ({
  status: answer.status,
  ...((await answer.json()) as object),
});

describe('links', () => {
  it('open the file whose hash they name', () => {
    expect(whole.length).toBe(link.sizeBytes);
    expect(createHash('sha256').update(whole).digest('hex')).toBe(link.sha256);
    expect(link.etag).toBe(`"${link.sha256}"`);
    expect(link.fileName).toBe('250908a-premier-tamrit-001_rdax_640x360p.mp4');
    expect(link.expiresAtMs).toBe(clock.now() + 15 * 60_000);
  });

  it('are given to verified accounts with a living session only', async () => {
    expect(await ask('412001-web-360')).toMatchObject({
      status: 401,
      body: { error: { code: 'SESSION_ENDED' } },
    });
    expect(await ask('412001-web-360', 'x'.repeat(43))).toMatchObject({ status: 401 });
    await send(portal, portalPaths.register, {
      body: { email: 'new@newsroom.example', password: goodPassword },
    });
    const login = await send(portal, portalPaths.login, {
      body: { email: 'new@newsroom.example', password: goodPassword },
    });
    expect(login).toMatchObject({ status: 403, body: { error: { code: 'ACCOUNT_UNVERIFIED' } } });
  });

  it('are refused for what is unknown, embargoed, withheld or withdrawn', async () => {
    expect(await ask('1-web-360', token)).toMatchObject({
      status: 404,
      body: { error: { code: 'NOT_FOUND' } },
    });
    const embargoed = await ask('412811-web-360', token);
    expect(embargoed).toMatchObject({ status: 403, body: { error: { code: 'NOT_RELEASED' } } });
    portal.touchAsset('412012', { status: 'withheld' });
    expect(await ask('412012-web-360', token)).toMatchObject({
      status: 403,
      body: { error: { code: 'NOT_RELEASED' } },
    });
    const earlier = await freshLink('411601-web-360');
    portal.withdrawAsset('411601');
    expect(await ask('411601-web-360', token)).toMatchObject({
      status: 410,
      body: { error: { code: 'WITHDRAWN' } },
    });
    expect(await refusalOf(await fetch(earlier.url))).toMatchObject({
      status: 410,
      error: { code: 'WITHDRAWN' },
    });
  });

  it('end after their time, and one that was tampered with is never told to be merely late', async () => {
    const short = await freshLink('412001-web-360');
    const other = new URL(short.url.replace('412001-web-360', '412001-h264-1080'));
    const later = new URL(short.url);
    later.searchParams.set('expires', String(short.expiresAtMs + 60_000));
    const unsigned = new URL(short.url);
    unsigned.search = '';
    for (const bent of [other, later, unsigned]) {
      expect(await refusalOf(await fetch(bent))).toMatchObject({
        status: 403,
        error: { code: 'LINK_INVALID' },
      });
    }
    clock.advance(15 * 60_000);
    expect(await refusalOf(await fetch(short.url))).toMatchObject({
      status: 403,
      error: { code: 'LINK_EXPIRED' },
    });
    expect(await refusalOf(await fetch(later))).toMatchObject({
      status: 403,
      error: { code: 'LINK_INVALID' },
    });
    link = await freshLink('412001-web-360');
  });
});

describe('ranges', () => {
  it('answers one range with its bytes and its place', async () => {
    const answer = await get({ range: 'bytes=100-1099' });
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe(`bytes 100-1099/${link.sizeBytes}`);
    expect(answer.headers.get('content-length')).toBe('1000');
    expect(await bytesOf(answer)).toEqual(whole.slice(100, 1100));
  });

  it('answers open and suffix ranges', async () => {
    const from = link.sizeBytes - 50;
    expect(await bytesOf(await get({ range: `bytes=${from}-` }))).toEqual(whole.slice(from));
    expect(await bytesOf(await get({ range: 'bytes=-50' }))).toEqual(whole.slice(from));
    const beyond = await get({ range: `bytes=${from}-${link.sizeBytes * 2}` });
    expect(beyond.headers.get('content-range')).toBe(`bytes ${from}-${link.sizeBytes - 1}/${link.sizeBytes}`);
    await beyond.arrayBuffer();
  });

  it('answers 416 with the size when the range begins after the end', async () => {
    const answer = await get({ range: `bytes=${link.sizeBytes}-` });
    expect(answer.status).toBe(416);
    expect(answer.headers.get('content-range')).toBe(`bytes */${link.sizeBytes}`);
    expect(await answer.json()).toMatchObject({ error: { code: 'RANGE_INVALID' } });
  });

  it('honours If-Range: the part when it fits, the whole when it does not', async () => {
    const hit = await get({ range: 'bytes=0-9', 'if-range': link.etag });
    expect(hit.status).toBe(206);
    const date = hit.headers.get('last-modified') ?? '';
    await hit.arrayBuffer();
    const byDate = await get({ range: 'bytes=0-9', 'if-range': date });
    expect(byDate.status).toBe(206);
    await byDate.arrayBuffer();
    const miss = await get({ range: 'bytes=0-9', 'if-range': '"another"' });
    expect(miss.status).toBe(200);
    expect((await bytesOf(miss)).length).toBe(link.sizeBytes);
  });

  it('answers HEAD with the headers alone, and 304 for the ETag it gave', async () => {
    const head = await get({}, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe(String(link.sizeBytes));
    expect(head.headers.get('accept-ranges')).toBe('bytes');
    expect(head.headers.get('etag')).toBe(link.etag);
    expect((await bytesOf(head)).length).toBe(0);
    expect((await get({ 'if-none-match': link.etag })).status).toBe(304);
  });
});

describe('sending', () => {
  it('closes the file when the reader goes away, and tells how much was sent', async () => {
    const big = await freshLink('412003-mxf-50');
    const gone = new AbortController();
    const answer = await fetch(big.url, { signal: gone.signal });
    const reader = answer.body?.getReader();
    await reader?.read();
    gone.abort();
    await reader?.read().catch(() => undefined);
    await until(() => portal.counters.openFileBodies === 0);
    const entry = entries.findLast((candidate) => candidate.path.includes('412003-mxf-50/'));
    expect(entry).toMatchObject({ method: 'GET', status: 200 });
    // What has not been asked for is not read: buffers on the way hold a few megabytes at most.
    expect(entry?.bytesSent).toBeLessThan(big.sizeBytes / 2);
  });

  it('keeps to its speed limit', async () => {
    const bytesPerSecond = 200_000;
    const slow = await startPortal({ items: 1, throttleBytesPerSecond: bytesPerSecond });
    try {
      await makeAccount(slow, email);
      const bearer = await logIn(slow, email);
      const made = await send(slow, renditionLinkPath('412001-web-360'), { method: 'POST', token: bearer });
      const startedMs = performance.now();
      const part = await fetch(renditionLinkSchema.parse(made.body).url, {
        headers: { range: 'bytes=0-99999' },
      });
      await part.arrayBuffer();
      const tookMs = performance.now() - startedMs;
      expect(tookMs).toBeGreaterThan(400);
    } finally {
      await slow.close();
    }
  });

  it('gives pictures to everybody, to be kept for long', async () => {
    const answer = await fetch(new URL('/pictures/412001.jpg', portal.url));
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    expect(answer.headers.get('cache-control')).toContain('max-age=604800');
    expect((await bytesOf(answer)).subarray(0, 2)).toEqual(new Uint8Array([0xff, 0xd8]));
    const headers = { 'if-none-match': answer.headers.get('etag') ?? '' };
    expect((await fetch(new URL('/pictures/412001.jpg', portal.url), { headers })).status).toBe(304);
    expect((await fetch(new URL('/pictures/1.jpg', portal.url))).status).toBe(404);
  });
});

async function until(condition: () => boolean): Promise<void> {
  for (let waits = 0; waits < 200 && !condition(); waits += 1) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  expect(condition()).toBe(true);
}
