import { expect, test } from 'vitest';
import { readAgencyDocument } from '../../../../../electron/core/sources/agency/agency-document.ts';
import { evidenceOf } from '../../../../../electron/core/sources/asker.ts';
import { readKnownFeed } from '../../../../../electron/core/sources/feed/feed-document.ts';
import { feedsOfPage } from '../../../../../electron/core/sources/feed/page-feeds.ts';
import { sameAddress } from '../../../../../electron/core/sources/reading/addresses.ts';
import { versionOf } from '../../../../../electron/core/sources/reading/assets.ts';
import { plainText } from '../../../../../electron/core/sources/reading/words.ts';
import { tooMuchMarkup } from '../../../../../electron/core/sources/reading/page-depth.ts';
import { parseLooseJson } from '../../../../../electron/core/sources/web-page/loose-json.ts';
import { openPage } from '../../../../../electron/core/sources/web-page/page-dom.ts';
import { openAnswer } from '../../../../../electron/core/sources/web-page/page-source.ts';
import { readMarkup } from '../../../../../electron/core/sources/web-page/microdata.ts';

/** Far above what honest code takes on a busy machine, far below the minutes and years that were taken. In milliseconds. */
const longestMs = 4000;

async function inTime<T>(act: () => T | Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const value = await act();
  expect(performance.now() - startedAt).toBeLessThan(longestMs);
  return value;
}

function answerOf(text: string, contentType: string) {
  const validators = { etag: null, lastModified: null };
  const url = 'https://source.example/list';
  const body = new TextEncoder().encode(text);
  return { status: 200 as const, url, movedTo: null, contentType, headers: {}, body, validators };
}

test.each(['-', '_', ' ', '(', ' - ', '\n', '\u00a0', 'master '])(
  'a name of 200,000 times %j has no version, and is read at once',
  async (part) => {
    const name = `a${part.repeat(200_000)}b`;
    expect((await inTime(() => versionOf(name, name))).versionKind).toBe('unknown');
  },
);

test('a suffix behind very many dashes is one, and the story is what stands before', async () => {
  expect(await inTime(() => versionOf(`Convoy ${'-'.repeat(200_000)} B-ROLL`, null))).toEqual({
    versionKind: 'b-roll',
    story: 'convoy',
  });
});

test('JSON with a long run of spaces in its middle is read at once, and so is its wrapper', async () => {
  const gap = ' \n'.repeat(100_000);
  expect(await inTime(() => parseLooseJson(`{"a":${gap}1,}`))).toEqual({ a: 1 });
  expect(await inTime(() => parseLooseJson(`/*<![CDATA[*/{"a":${gap}1}\n/*]]>*/`))).toEqual({ a: 1 });
});

test('an address with a hundred thousand slashes is compared at once', async () => {
  const path = '/'.repeat(100_000);
  expect(await inTime(() => sameAddress(`https://a.example${path}x${path}`))).toBe(
    `https://a.example${path}x`,
  );
});

test('an entry with thousands of names and people is read at once, each of them once', async () => {
  const many = Array.from(
    { length: 2400 },
    (_, n) =>
      `<guid>https://a.example/${n % 2000}</guid><media:credit role="author">P ${n % 2000}</media:credit>`,
  ).join('');
  const feed = `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>F</title>
    <item><title>T</title><author>${'a'.repeat(50_000)} ${'('.repeat(50_000)}</author>${many}
    <enclosure url="https://a.example/t.mp4" type="video/mp4"/></item></channel></rss>`;
  const startedAt = performance.now();
  const { assets } = await readKnownFeed(answerOf(feed, 'application/rss+xml'), 0);
  expect(performance.now() - startedAt).toBeLessThan(longestMs);
  expect(assets[0]?.people.filter(({ name }) => name.startsWith('P '))).toHaveLength(2000);
  const names = assets[0]?.aliases.map(({ scheme, value }) => `${scheme} ${value}`) ?? [];
  expect(new Set(names).size).toBe(names.length);
});

test('things of a page that name each other without end are read as far as makes sense', async () => {
  const ids = Array.from({ length: 12 }, (_, n) => `x${n}`).join(' ');
  const things = ids
    .split(' ')
    .map((id) => `<div id="${id}" itemscope itemprop="about" itemref="${ids}"></div>`);
  const video = `<div itemscope itemtype="https://schema.org/VideoObject" itemref="${ids} ${ids}"><meta itemprop="name" content="Convoy"></div>`;
  const page = openPage(`<html><body>${video}${things.join('')}</body></html>`);
  const [found] = await inTime(() => readMarkup(page));
  expect(found?.['name']).toEqual(['Convoy']);
});

test.each(['<div>', '<table><p><b>', '<li><p>'])(
  'a page of 200,000 times %s, never closed, is told without being parsed',
  async (part) => {
    const html = `<html><body>${part.repeat(200_000)}<video src="/a.mp4"></video>`;
    expect(await inTime(() => feedsOfPage(html, 'https://source.example/'))).toEqual([]);
    const read = inTime(() => openAnswer(answerOf(html, 'text/html'), 'https://source.example/'));
    await expect(read).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
  },
);

test('a long page that closes what it opens, and a script full of comparisons, are not deep', () => {
  const table = '<table><tr><td><img src="a.jpg"><br>x</td></tr></table>'.repeat(7000);
  const script = `<script>${'if (a<b && c<d) e();'.repeat(30_000)}</script>`;
  expect(tooMuchMarkup(`<html><body>${table}${script}</body></html>`)).toBeNull();
});

test('what is said of a broken document is no longer than can be read', async () => {
  const read = await readAgencyDocument(`<newsMessage>${'<a>'.repeat(50_000)}`, {
    nowMs: 0,
    address: () => null,
  });
  expect('why' in read && read.why.length).toBeLessThan(300);
  const type = `text/${'x'.repeat(10_000)}`;
  expect(evidenceOf({ status: 200, contentType: type, body: new Uint8Array() }).length).toBeLessThan(300);
});

test('a text that would turn the letters behind it about, or colour a terminal, says only its words', () => {
  expect(plainText('Convoy \u202egpm.exe\u202c \u2066x\u2069\u001b[31m\u0000 now')).toBe(
    'Convoy gpm.exe x[31m now',
  );
  // The marks of direction that right-to-left scripts need stay.
  expect(plainText('\u200fשלום (2025)\u200f')).toBe('\u200fשלום (2025)\u200f');
});
