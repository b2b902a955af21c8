import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Source } from '../../../shared/contract/sources.ts';
import { tempDir } from '../../support/temp.ts';
import { playPortal } from '../core/played-portal.ts';
import { codeOf, startCore } from '../core/test-core.ts';
import { playServer, type Reply } from './play-server.ts';

const html = (body: string, status = 200): Reply => ({
  status,
  contentType: 'text/html; charset=utf-8',
  body: `<!doctype html><html><head><title>Our newsroom</title>${body}</html>`,
});
const item = `<item><title>Convoy</title><guid isPermaLink="false">1</guid><pubDate>Mon, 08 Sep 2025 10:00:00 GMT</pubDate>
  <enclosure url="https://media.example/1.mp4" type="video/mp4" length="1000"/></item>`;
const feed = (items: string): Reply => ({
  contentType: 'application/rss+xml',
  body: `<?xml version="1.0"?><rss version="2.0"><channel><title>Our videos</title>
    <link>https://site.example/</link><description>Videos</description>${items}</channel></rss>`,
});
const sitemap: Reply = {
  contentType: 'application/xml',
  body: `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:video="http://www.google.com/schemas/sitemap-video/1.1"><url><loc>https://site.example/1</loc><video:video>
    <video:title>Convoy</video:title><video:description>A convoy</video:description>
    <video:content_loc>https://media.example/1.mp4</video:content_loc></video:video></url></urlset>`,
};
const pageWithVideo =
  html(`<script type="application/ld+json">{"@context":"https://schema.org","@type":"VideoObject",
  "name":"Convoy","uploadDate":"2025-09-08","contentUrl":"https://media.example/1.mp4"}</script>`);

/** What is found at an address that answers so by its paths; the source, or the error. */
async function addAt(
  answers: Record<string, Reply>,
  more: { path?: string; kind?: string } = {},
): Promise<{ source: Source | null; error: unknown; asked: string[] }> {
  const server = await playServer(({ path }) => answers[path] ?? null);
  const core = await startCore();
  const wish = { url: server.url + (more.path ?? '/'), ...(more.kind ? { kind: more.kind } : {}) };
  const added = await core.client.sources.add(wish).catch((error: unknown) => ({ error }));
  const { sources } = await core.client.sources.list();
  const asked = server.asked.map(({ path }) => path);
  expect(sources).toHaveLength('error' in added ? 0 : 1);
  return 'error' in added
    ? { source: null, error: added.error, asked }
    : { source: added, error: null, asked };
}

test.each([
  ['a feed', { '/': feed(item) }, { kind: 'feed', how: /1 \w+|one/i }],
  ['a sitemap', { '/': sitemap }, { kind: 'video-sitemap', how: /1 video/ }],
  ['a page with a video', { '/': pageWithVideo }, { kind: 'web-page', how: /one video/ }],
] as const)('%s is known by what answers, and how is said', async (_what, answers, { kind, how }) => {
  const { source } = await addAt(answers);
  expect(source).toMatchObject({
    kind,
    state: 'never-synced',
    takesKey: false,
    hasKey: false,
    needsAccount: false,
  });
  expect(source?.how).toMatch(how);
});

test('a portal is known by its own card, and asked for nothing else', async () => {
  const portal = await playPortal({});
  const core = await startCore();
  const source = await core.client.sources.add({ url: `${portal.url}/?from=mail` });
  expect(source).toMatchObject({
    kind: 'account-portal',
    url: portal.url,
    needsAccount: true,
    everyMinutes: 15,
  });
  expect(source.how).toContain('Played portal');
  expect(portal.asked.map(({ path }) => path)).toEqual(['/api/v1/about']);
});

test('a page leads on to the feed that it names', async () => {
  const link = '<link rel="alternate" type="application/rss+xml" href="/videos.rss">';
  const { source } = await addAt({ '/': html(link), '/videos.rss': feed(item) });
  expect(source?.kind).toBe('feed');
  expect(source?.url).toMatch(/\/videos\.rss$/);
});

test('an empty feed is a source that lists nothing yet', async () => {
  const { source } = await addAt({ '/': feed('') });
  expect(source).toMatchObject({ kind: 'feed', state: 'never-synced' });
  expect(source?.how).toMatch(/nothing yet|no (entries|items|entry)/i);
});

test.each([
  [
    'a page without anything',
    { '/': html('<p>Welcome to us') },
    ['SOURCE_UNKNOWN_KIND', /no feed, no video/],
  ],
  [
    'an answer of nothing',
    { '/': { contentType: 'text/xml', body: '' } },
    ['SOURCE_UNKNOWN_KIND', /nothing/],
  ],
  [
    'something else',
    { '/': { contentType: 'text/plain', body: 'hello' } },
    ['SOURCE_UNKNOWN_KIND', /no catalogue/],
  ],
  ['nothing at the address', {}, ['SOURCE_UNKNOWN_KIND', /nothing at this address/]],
  ['a refusal', { '/': html('<p>Members only', 403) }, ['KEY_NEEDED', /refuses/]],
  ['an error of the server', { '/': html('<p>Sorry', 503) }, ['SOURCE_UNAVAILABLE', /503/]],
] as const)('%s is told apart from an empty source, and is none', async (_what, answers, [code, message]) => {
  const { error } = await addAt(answers);
  expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
});

test('what came back is told with the refusal', async () => {
  const { error } = await addAt({ '/': html('<p>Welcome to our lobby') });
  expect(JSON.stringify(error)).toContain('Welcome to our lobby');
});

test('an address where nobody answers is out of reach, whatever the kind', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const core = await startCore();
  for (const kind of [undefined, 'feed', 'account-portal']) {
    const added = core.client.sources.add({ url: `http://127.0.0.1:${port}`, ...(kind ? { kind } : {}) });
    expect(await codeOf(added)).toBe('NETWORK_UNAVAILABLE');
  }
});

test('a kind that is named is the only one asked, and one that is not known is told with those that are', async () => {
  const named = await addAt({ '/': pageWithVideo }, { kind: 'web-page' });
  expect(named.source?.kind).toBe('web-page');
  expect(new Set(named.asked)).toEqual(new Set(['/']));
  const wrong = await addAt({ '/': pageWithVideo }, { kind: 'video-sitemap' });
  expect(wrong.error).toMatchObject({ code: 'SOURCE_UNKNOWN_KIND' });
  const unknown = await addAt({ '/': pageWithVideo }, { kind: 'teletext' });
  expect(unknown.error).toMatchObject({ code: 'SOURCE_UNKNOWN_KIND' });
  expect(JSON.stringify(unknown.error)).toMatch(/account-portal.*web-page/);
  expect(unknown.asked).toEqual([]);
});

test('a folder is a source: empty, with items, and not when it holds something else', async () => {
  const core = await startCore();
  const [empty, other] = [join(tempDir(), 'delivery'), tempDir()];
  mkdirSync(empty);
  const added = await core.client.sources.add({ url: empty });
  expect(added).toMatchObject({ kind: 'agency-folder', name: 'delivery', everyMinutes: 1 });
  expect(added.how).toMatch(/nothing/);
  writeFileSync(join(other, 'shopping.json'), '{"milk": 1}');
  expect(await codeOf(core.client.sources.add({ url: other }))).toBe('SOURCE_UNKNOWN_KIND');
  expect(await codeOf(core.client.sources.add({ url: join(other, 'not-there') }))).toBe('USAGE');
});

test('giving up ends the search for a kind', async () => {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const core = await startCore();
  const abort = new AbortController();
  const added = core.client.sources.add({ url: `http://127.0.0.1:${port}` }, { signal: abort.signal });
  setTimeout(() => abort.abort(), 50);
  expect(await codeOf(added)).toBe('CANCELLED');
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
