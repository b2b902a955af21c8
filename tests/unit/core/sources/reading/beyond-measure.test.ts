import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readAgencyDocument } from '../../../../../electron/core/sources/agency/agency-document.ts';
import type { Answer } from '../../../../../electron/core/sources/asker.ts';
import { readFeed, readKnownFeed } from '../../../../../electron/core/sources/feed/feed-document.ts';
import { readJsonObject } from '../../../../../electron/core/sources/reading/read-json.ts';
import { readSitemap } from '../../../../../electron/core/sources/video-sitemap/read-sitemap.ts';
import { toSitemapAssets } from '../../../../../electron/core/sources/video-sitemap/sitemap-asset.ts';
import { openAnswer } from '../../../../../electron/core/sources/web-page/page-source.ts';
import { toPageAssets } from '../../../../../electron/core/sources/web-page/video-asset.ts';

const url = 'https://source.example/';
const noMarks = { etag: null, lastModified: null };

function answerOf(text: string, contentType = 'application/xml'): Answer {
  const body = Buffer.from(text);
  return { status: 200, url, movedTo: null, contentType, headers: {}, body, validators: noMarks };
}

function many(count: number, part: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => part(n)).join('');
}

function rss(inside: string): Answer {
  const channel = `<channel><title>Desk</title>${inside}</channel>`;
  return answerOf(`<rss version="2.0">${channel}</rss>`);
}

function entry(n: number, more = ''): string {
  return `<item><guid isPermaLink="false">r${n}</guid><title>Convoy ${n}</title><enclosure url="/${n}.mp4" type="video/mp4"/>${more}</item>`;
}

/** How often others had their turn while something was read. */
async function turnsBeside(reading: Promise<unknown>): Promise<number> {
  const state = { over: false, turns: 0 };
  const end = reading.finally(() => (state.over = true));
  while (!state.over) {
    await turn();
    state.turns++;
  }
  await end;
  return state.turns;
}

const newsItem = (n: number): string =>
  `<newsItem guid="urn:newsml:${n}" version="1"><itemMeta><itemClass qcode="ninat:video"/></itemMeta><contentMeta><headline>Convoy ${n}</headline></contentMeta><contentSet><remoteContent href="https://a.example/${n}.mp4" contenttype="video/mp4"/></contentSet></newsItem>`;
const newsMessage = (items: string): string =>
  `<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>${items}</itemSet></newsMessage>`;
const context = { nowMs: 0, address: (href: string) => href };

test.each([
  ['a feed of five thousand entries', () => readKnownFeed(rss(many(5000, entry)), 0)],
  ['a message of three thousand items', () => readAgencyDocument(newsMessage(many(3000, newsItem)), context)],
  [
    'a list of ten thousand items',
    () => {
      const item = {
        type: 'video',
        renditions: { main: { href: 'https://a.example/1.mp4', mimetype: 'video/mp4' } },
      };
      const items = Array.from({ length: 10_000 }, (_, n) => ({ ...item, uri: `urn:${n}` }));
      return readAgencyDocument(JSON.stringify({ _items: items }), context);
    },
  ],
])('%s lets others have their turn in between', { timeout: 30_000 }, async (_name, read) => {
  expect(await turnsBeside(read())).toBeGreaterThan(5);
});

test('an entry with more elements than make sense costs itself and no other', async () => {
  const endless = entry(
    2,
    many(6000, (n) => `<category>c${n}</category>`),
  );
  const { assets, failures } = await readKnownFeed(rss(entry(1) + endless + entry(3)), 0);
  expect(assets.map(({ externalId }) => externalId)).toEqual(['r1', 'r3']);
  expect(failures).toEqual([{ where: 'entry 2', why: 'It has more than 5000 elements.' }]);
});

test(
  'of a page with more entries than are read at once the first ones are, and the others are told',
  { timeout: 30_000 },
  async () => {
    const { assets, failures, entries } = await readKnownFeed(rss(many(20_003, entry)), 0);
    expect([assets.length, entries]).toEqual([20_000, 20_003]);
    expect(failures).toEqual([{ where: 'entry 20000', why: expect.stringContaining('20003 entries') }]);
  },
);

test.each([
  ['attributes', `<item ${many(3000, (n) => ` a${n}="1"`)}/>`, 'more than 500 attributes'],
  ['attributes that never end', `<item ${many(100_000, (n) => ` a${n}="1"`)}`, 'more than 500 attributes'],
  ['elements of its head', many(6000, (n) => `<category>c${n}</category>`), 'more than 5000 elements'],
  ['faults', '&'.repeat(400_000), 'far too many faults'],
  ['depth', '<a>'.repeat(300), 'nested too deep'],
])('a feed with too many %s is told as such', async (_what, inside, why) => {
  const reading = await readFeed(rss(inside), 0);
  expect(reading).toMatchObject({ kind: 'broken', why: expect.stringContaining(why) });
});

test.each([
  ['nested without end', `{"items":${'['.repeat(500_000)}`, 'lists and objects'],
  ['of very many objects', `{"items":[${'{},'.repeat(500_000)}{}]}`, 'lists and objects'],
  ['larger than is read at once', `{"items":"${'x'.repeat(17 * 1024 * 1024)}"}`, 'characters'],
])('JSON %s is told, and not parsed', async (_what, text, why) => {
  const json = answerOf(text, 'application/json');
  expect(() => readJsonObject(json)).toThrow(
    expect.objectContaining({ code: 'SOURCE_UNAVAILABLE', message: expect.stringContaining(why) }),
  );
  expect(await readFeed(json, 0)).toMatchObject({ kind: 'broken', why: expect.stringContaining(why) });
  expect(await readAgencyDocument(text, context)).toMatchObject({
    document: null,
    why: expect.stringContaining(why),
  });
});

const video = (n: number): object => ({
  '@type': 'VideoObject',
  name: `Convoy ${n}`,
  contentUrl: `https://a.example/${n}.mp4`,
});
const script = (json: string): string => `<script type="application/ld+json">${json}</script>`;
const page = (inside: string): Answer => answerOf(`<html><body>${inside}</body></html>`, 'text/html');

test.each([
  ['elements', '<i>x</i>'.repeat(100_000)],
  ['attributes', `<div ${many(100_000, (n) => ` a${n}="<"`)}>x</div>`],
  ['attributes without values', `<div ${many(100_000, (n) => ` a${n}`)}>x</div>`],
])('a page with too many %s is told, and not parsed', async (_what, inside) => {
  const read = openAnswer(page(script(JSON.stringify(video(1))) + inside), url);
  await expect(read).rejects.toMatchObject({
    code: 'SOURCE_CHANGED',
    message: expect.stringContaining('80000'),
  });
});

test.each([
  ['of absurd depth', `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`],
  ['of absurd length', JSON.stringify('x'.repeat(5_000_000))],
  [
    'with more things than are looked at',
    JSON.stringify({ '@graph': Array.from({ length: 30_000 }, () => ({ a: {} })) }),
  ],
])('data of a page %s is told, and the video beside it is read', async (_what, data) => {
  const read = await openAnswer(page(script(JSON.stringify(video(1))) + script(data)), url);
  const { assets, failures } = toPageAssets(read);
  expect(assets).toMatchObject([{ title: 'Convoy 1' }]);
  expect(failures).toMatchObject([{ why: '1 of its scripts of data cannot be read.' }]);
});

test('of a page with very many videos the first ones are read, and the others are told', async () => {
  const all = Array.from({ length: 2500 }, (_, n) => video(n));
  const { assets, failures } = toPageAssets(await openAnswer(page(script(JSON.stringify(all))), url));
  expect(assets).toHaveLength(2000);
  expect(failures).toMatchObject([{ why: expect.stringContaining('2500 videos') }]);
});

test('of a page of a sitemap with very many videos the first ones are read, and the others are told', async () => {
  const videos = many(
    1200,
    (n) =>
      `<video:video><video:title>V ${n}</video:title><video:content_loc>/${n}.mp4</video:content_loc></video:video>`,
  );
  const entries = [];
  for await (const some of readSitemap(`<urlset><url><loc>${url}a</loc>${videos}</url></urlset>`))
    entries.push(...some);
  const [found] = entries;
  if (!found) throw new Error('There is one.');
  const seen = { pages: new Set<string>(), videos: new Set<string>(), names: new Set<string>() };
  const { assets, failures } = toSitemapAssets(found, url, seen);
  expect(assets).toHaveLength(1000);
  expect(failures).toMatchObject([{ where: `${url}a`, why: expect.stringContaining('1200 videos') }]);
});
