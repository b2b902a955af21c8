import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createHttpClient } from '../../../electron/core/http/create-http-client.ts';
import { createTrust } from '../../../electron/core/http/trust.ts';
import { createAsker, type Asker } from '../../../electron/core/sources/asker.ts';
import { createHostQueue } from '../../../electron/core/sources/host-queue.ts';
import { createFeedKind } from '../../../electron/core/sources/feed/feed-kind.ts';
import { addSource, codeOf, startCore, syncSummary } from '../core/test-core.ts';
import { assetsOf, cursorOf, openKind } from './open-kind.ts';
import { playServer } from './play-server.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const { signal } = new AbortController();

/** A server that answers by path, ended with the test whatever it is still sending. */
async function hostile(answer: (path: string, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => answer(request.url ?? '/', response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function anAsker(wanted: { now?: () => number; longestAnswerMs?: number } = {}): Asker {
  const http = createHttpClient({ userAgent: 'Rushes test', log, trust: createTrust({ log }) });
  onTestFinished(() => http.close());
  const now = wanted.now ?? Date.now;
  const policy = { insecureHttp: false, allowPrivate: false, loopbackHost: '127.0.0.1' };
  return createAsker({ now, ...wanted, http, policy, queue: createHostQueue({ now }) });
}

/** A byte every few milliseconds, without end: never silent, never done. */
function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/xml' });
  const timer = setInterval(() => response.write(' '), 5);
  response.on('close', () => clearInterval(timer));
}

test('a host that drips without end is given up, and the next question has its turn', async () => {
  const url = await hostile((path, response) =>
    path === '/drip' ? drip(response) : void response.writeHead(200).end('well'),
  );
  const ask = anAsker({ longestAnswerMs: 300 });
  const dripping = codeOf(ask.get({ url: `${url}/drip`, signal }));
  const next = ask.get({ url: `${url}/next`, signal });
  expect(await dripping).toBe('SOURCE_UNAVAILABLE');
  expect((await next).status).toBe(200);
});

test('whoever is cancelled in the queue of a slow host goes at once, and nobody overtakes for it', async () => {
  let open = 0;
  let most = 0;
  const held: ServerResponse[] = [];
  const url = await hostile((_path, response) => {
    most = Math.max(most, ++open);
    response.on('close', () => open--);
    held.push(response);
  });
  const ask = anAsker();
  const first = ask.get({ url: `${url}/first`, signal });
  const leaving = new AbortController();
  const second = codeOf(ask.get({ url: `${url}/second`, signal: leaving.signal }));
  const third = ask.get({ url: `${url}/third`, signal });
  await expect.poll(() => held.length).toBe(1);
  leaving.abort();
  expect(await second).toBe('CANCELLED');
  expect(held).toHaveLength(1);
  held[0]?.writeHead(200).end('one');
  await first;
  await expect.poll(() => held.length).toBe(2);
  held[1]?.writeHead(200).end('three');
  await third;
  expect(most).toBe(1);
});

test('a clock that is set back by years does not close the hosts that were asked before', async () => {
  let nowMs = Date.UTC(2035, 0, 1);
  const url = await hostile(
    (_path, response) => void response.writeHead(200, { 'retry-after': '3600' }).end(),
  );
  const ask = anAsker({ now: () => nowMs });
  await ask.get({ url, signal });
  expect(await codeOf(ask.get({ url, signal }))).toBe('SOURCE_UNAVAILABLE');
  nowMs = Date.UTC(2025, 0, 1);
  expect((await ask.get({ url, signal })).status).toBe(200);
});

test('a host cannot close itself for longer than a day by a header', async () => {
  let nowMs = Date.UTC(2025, 0, 1);
  const for9s = (_path: string, response: ServerResponse): void =>
    void response.writeHead(200, { 'retry-after': '9'.repeat(400) }).end();
  const url = await hostile(for9s);
  const ask = anAsker({ now: () => nowMs });
  await ask.get({ url, signal });
  expect(await codeOf(ask.get({ url, signal }))).toBe('SOURCE_UNAVAILABLE');
  nowMs += 24 * 3_600_000;
  expect((await ask.get({ url, signal })).status).toBe(200);
});

test.each([
  '',
  'no address',
  '//',
  'picture.jpg',
  'javascript:alert(1)',
  'data:image/png;base64,iVBO',
  'file:///etc/passwd',
])('what a source names as an address and is none to be asked (%j) is refused', async (url) => {
  expect(await codeOf(anAsker().get({ url, signal }))).toBe('ADDRESS_REFUSED');
});

test.each([
  'http://10.0.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'https://[::ffff:127.0.0.1]/',
  'https://0x0a000001/',
  'https://localhost/',
  'file:///etc/passwd',
  'ftp://127.0.0.1/',
])('a redirect to %s is not followed', async (location) => {
  const url = await hostile((_path, response) => void response.writeHead(302, { location }).end());
  expect(await codeOf(anAsker().get({ url, signal }))).toBe('ADDRESS_REFUSED');
});

test('a clock that was years ahead does not keep a feed from being read whole again', async () => {
  let days = 0;
  const item = (id: number): string =>
    `<item><guid isPermaLink="false">r${id}</guid><title>Convoy ${id}</title><enclosure url="/${id}.mp4" type="video/mp4"/></item>`;
  const server = await playServer(({ query }) => {
    const isFirst = query.get('page') === null;
    const next = isFirst ? '<atom:link rel="next" href="/video.rss?page=2"/>' : '';
    // What is new pushes out nothing: the second page changes, behind a first one that is known but for its date.
    const body = `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Desk ${days}</title>${next}${item(isFirst ? 1 : 2 + days)}</channel></rss>`;
    return { contentType: 'application/rss+xml', body };
  });
  const kind = openKind(createFeedKind(), `${server.url}/video.rss`);
  kind.nowMs = Date.UTC(2035, 0, 1);
  const first = await kind.read(null);
  kind.nowMs = Date.UTC(2025, 0, 1);
  days = 1;
  expect([...assetsOf(await kind.read(cursorOf(first))).keys()]).toContain('r3');
});

test('a feed reaches no other address of this network by the picture or the file of an item', async () => {
  const reached: string[] = [];
  const inner = createServer((request, response) => {
    reached.push(request.url ?? '');
    response.writeHead(200, { 'content-type': 'image/png' }).end(new Uint8Array([0x89, 0x50]));
  });
  await new Promise<void>((resolve) => inner.listen(0, '127.0.0.2', resolve));
  onTestFinished(async () => {
    inner.closeAllConnections();
    await new Promise((resolve) => inner.close(resolve));
  });
  const host = `http://127.0.0.2:${(inner.address() as AddressInfo).port}`;
  const feed = `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Desk</title><item>
    <guid>1</guid><title>Convoy</title><media:thumbnail url="${host}/a.png"/>
    <enclosure url="${host}/a.mp4" type="video/mp4"/></item></channel></rss>`;
  const server = await playServer(() => ({ contentType: 'application/rss+xml', body: feed }));
  const core = await startCore();
  const sourceId = await addSource(core, server.url);
  await syncSummary(core, sourceId);
  const [asset] = (await core.client.catalogue.list({ limit: 1 })).items;
  if (!asset) throw new Error('The item is not in the catalogue.');
  expect(await codeOf(openPictureOf(server.url, `${host}/a.png`))).toBe('ADDRESS_REFUSED');
  await core.client.downloads.add({ assetIds: [asset.id], rendition: 'best' });
  const reasons = async (): Promise<unknown[]> =>
    (await core.client.downloads.list({})).downloads.map(({ reason }) => reason?.code);
  await expect.poll(reasons).toEqual(['ADDRESS_REFUSED']);
  expect(reached).toEqual([]);
});

async function openPictureOf(feed: string, picture: string): Promise<Uint8Array> {
  const source = await openKind(createFeedKind(), feed).open();
  return source.readPicture(picture, signal);
}
