import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  readSitemap,
  SitemapFault,
} from '../../../../../electron/core/sources/video-sitemap/read-sitemap.ts';
import { toSitemapAssets } from '../../../../../electron/core/sources/video-sitemap/sitemap-asset.ts';
import type { ItemFailure, SourceAsset } from '../../../../../electron/core/sources/source-model.ts';

const where = 'https://news.example/sitemaps/video.xml';

/** What a file tells of its videos. */
async function read(text: string): Promise<{ assets: SourceAsset[]; failures: ItemFailure[] }> {
  const seen = { pages: new Set<string>(), videos: new Set<string>(), names: new Set<string>() };
  const all: { assets: SourceAsset[]; failures: ItemFailure[] } = { assets: [], failures: [] };
  for await (const entries of readSitemap(text)) {
    for (const entry of entries) {
      const { assets, failures } = toSitemapAssets(entry, where, seen);
      all.assets.push(...assets);
      all.failures.push(...failures);
    }
  }
  return all;
}

const listed = (entries: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:video="http://www.google.com/schemas/sitemap-video/1.1/" xmlns:xhtml="http://www.w3.org/1999/xhtml">${entries}</urlset>`;

/** The one video of a page, with these elements. */
async function readVideo(tags: string, more = ''): Promise<SourceAsset> {
  const { assets } = await read(
    listed(`<url><loc>https://news.example/v/1</loc>${more}<video:video>${tags}</video:video></url>`),
  );
  const [asset] = assets;
  if (!asset) throw new Error('There was no video.');
  return asset;
}

test('a video is told with its page, file, texts, day, length and rights', async () => {
  const asset = await readVideo(
    `<video:thumbnail_loc>//img.example/1.jpg</video:thumbnail_loc>
     <video:title>Convoy crosses the river – B-ROLL</video:title>
     <video:description>Vehicles cross the bridge
        at dawn.</video:description>
     <video:content_loc> https://media.example/250311a-convoy.mp4 </video:content_loc>
     <video:player_loc>https://news.example/embed/1</video:player_loc>
     <video:duration>434.7</video:duration>
     <video:publication_date>2025-03-11T00:30:00+02:00</video:publication_date>
     <video:expiration_date>2026-03-11T00:30:00Z</video:expiration_date>
     <video:restriction relationship="allow">BE FR</video:restriction>
     <video:requires_subscription>YES</video:requires_subscription>
     <video:tag>bridge</video:tag><video:tag>bridge</video:tag><video:category>Training</video:category>
     <video:uploader info="https://news.example/about">Example News</video:uploader>`,
    `<lastmod>2025-04-01</lastmod><xhtml:link rel="alternate" hreflang="FR" href="https://news.example/v/1"/>
     <xhtml:link rel="alternate" hreflang="de" href="https://news.example/de/1"/>`,
  );
  expect(asset).toMatchObject({
    externalId: 'https://news.example/v/1',
    status: 'usable',
    title: 'Convoy crosses the river – B-ROLL',
    versionKind: 'b-roll',
    synopsis: 'Vehicles cross the bridge at dawn.',
    dates: {
      filmed: null,
      published: { precision: 'moment', firstDay: '2025-03-11' },
      changed: { precision: 'day', firstDay: '2025-04-01', atMs: null },
    },
    keywords: ['bridge', 'Training'],
    organisations: ['Example News'],
    language: 'fr',
    durationMs: 434_700,
    pictureUrl: 'https://img.example/1.jpg',
    rights: {
      usageText: 'Requires a subscription.',
      territories: 'Only in: BE FR',
      expiresAtMs: Date.UTC(2026, 2, 11, 0, 30),
    },
  });
  expect(asset.aliases).toEqual([
    { scheme: 'page', value: 'https://news.example/v/1' },
    { scheme: 'media', value: 'https://media.example/250311a-convoy.mp4' },
  ]);
  expect(asset.renditions).toMatchObject([
    {
      fileName: '250311a-convoy.mp4',
      container: 'mp4',
      medium: 'video',
      sizeBytes: null,
      durationMs: 434_700,
    },
  ]);
});

test('a video with a player alone is expected, without a file', async () => {
  const asset = await readVideo(
    '<video:title>A</video:title><video:player_loc>https://news.example/embed/1</video:player_loc>',
  );
  expect(asset).toMatchObject({ status: 'expected', renditions: [] });
  expect(asset.statusReason).toContain('player');
});

test('a player that is the file itself is a file, the list of a stream is none', async () => {
  const direct = await readVideo(
    '<video:title>A</video:title><video:player_loc>https://media.example/a.mov</video:player_loc>',
  );
  expect(direct.renditions).toMatchObject([{ address: 'https://media.example/a.mov', container: 'mov' }]);
  const stream = await readVideo(
    '<video:title>A</video:title><video:content_loc>https://media.example/a/index.m3u8?x=1</video:content_loc>',
  );
  expect(stream).toMatchObject({ status: 'expected', renditions: [] });
});

test('what is live is not to be downloaded yet', async () => {
  const asset = await readVideo(
    '<video:title>A</video:title><video:content_loc>https://media.example/a.mp4</video:content_loc><video:live>yes</video:live>',
  );
  expect(asset).toMatchObject({ status: 'expected', statusReason: 'live' });
});

test('an expiry by day holds from where that day ends first on Earth, and never as a day that was shifted', async () => {
  const asset = await readVideo(
    '<video:title>A</video:title><video:expiration_date>2025-12-31 </video:expiration_date>',
  );
  expect(asset.rights.expiresAtMs).toBe(Date.UTC(2025, 11, 31, 10));
});

test('countries that are shut out are not those that are let in', async () => {
  const asset = await readVideo(
    '<video:title>A</video:title><video:restriction relationship="DENY"> RU BY </video:restriction>',
  );
  expect(asset.rights.territories).toBe('Not in: RU BY');
});

test('a signature in the address of a file is no part of its name', async () => {
  const ask = (mark: string): Promise<SourceAsset> =>
    readVideo(
      `<video:title>A</video:title><video:content_loc>https://media.example/a.mp4?id=7&amp;Expires=${mark}&amp;Signature=${mark}</video:content_loc>`,
    );
  const [one, two] = [await ask('1'), await ask('2')];
  expect(one.renditions[0]?.externalId).toBe(two.renditions[0]?.externalId);
  expect(one.renditions[0]?.address).toContain('Signature=1');
});

test('several videos of a page are told apart, whichever comes first, and the page names none of them', async () => {
  const video = (id: string): string =>
    `<video:video><video:title>V ${id}</video:title><video:content_loc>/f/${id}.mp4</video:content_loc></video:video>`;
  const url = (...ids: string[]): string =>
    listed(`<url><loc>https://news.example/live</loc>${ids.map(video).join('')}</url>`);
  const { assets } = await read(url('a', 'b'));
  const { assets: turned } = await read(url('b', 'a'));
  expect(new Set(assets.map(({ externalId }) => externalId)).size).toBe(2);
  expect(assets.map(({ title, externalId }) => `${title} ${externalId}`).toSorted()).toEqual(
    turned.map(({ title, externalId }) => `${title} ${externalId}`).toSorted(),
  );
  expect(assets.flatMap(({ aliases }) => aliases.map(({ scheme }) => scheme))).toEqual(['media', 'media']);
  expect(assets[0]?.renditions[0]?.address).toBe('https://news.example/f/a.mp4');
});

test('one player for all videos of a page names none of them', async () => {
  const { assets } = await read(
    listed(
      `<url><loc>https://news.example/live</loc>${['a', 'b', 'c']
        .map(
          (id) =>
            `<video:video><video:title>${id}</video:title><video:player_loc>/player</video:player_loc><video:content_loc>/f/${id}.mp4</video:content_loc></video:video>`,
        )
        .join('')}</url>`,
    ),
  );
  expect(new Set(assets.map(({ externalId }) => externalId)).size).toBe(3);
});

test('the same video in two entries is one, another video of the same page in an entry of its own is another', async () => {
  const entry = (id: string): string =>
    `<url><loc>https://news.example/v/1</loc><video:video><video:title>${id}</video:title><video:content_loc>/f/${id}.mp4</video:content_loc></video:video></url>`;
  const { assets } = await read(listed(entry('a') + entry('a') + entry('b')));
  expect(assets.map(({ title }) => title)).toEqual(['a', 'b']);
  expect(new Set(assets.map(({ externalId }) => externalId)).size).toBe(2);
});

test('a video without anything to know it by costs itself and not the page', async () => {
  const { assets, failures } = await read(
    listed(
      `<url><loc>https://news.example/v/1</loc><video:video><video:duration>3</video:duration></video:video></url>
       <url><loc>javascript:alert(1)</loc><video:video><video:title>Nowhere</video:title></video:video></url>
       <url><loc>https://news.example/v/2</loc><video:video><video:title>Good</video:title></video:video></url>`,
    ),
  );
  expect(assets.map(({ title }) => title)).toEqual(['Good']);
  expect(failures.map(({ where: at }) => at)).toEqual(['https://news.example/v/1', 'javascript:alert(1)']);
});

test('titles keep their letters through entities, CDATA and markup', async () => {
  const asset = await readVideo(
    `<video:title><![CDATA[Ministers &amp; <b>generals</b> meet – Σύνοδος]]></video:title>
     <video:description>&lt;p&gt;First.&lt;/p&gt;&lt;p&gt;Second &amp;amp; last.&lt;/p&gt;</video:description>`,
  );
  expect(asset.title).toBe('Ministers & generals meet – Σύνοδος');
  expect(asset.synopsis).toMatch(/^First\.\n+Second & last\.$/);
});

test('a stray ampersand, an entity of HTML, an undeclared prefix and words behind the end do no harm', async () => {
  const { assets } = await read(
    `<urlset><url><loc>https://news.example/v?id=1&page=2</loc>
      <v:video><v:title>Caf&eacute;&nbsp;&amp; R&D</v:title></v:video></url></urlset>
      <br /> Warning: something on line 7`,
  );
  expect(assets).toMatchObject([{ title: 'Café & R&D', pageUrl: 'https://news.example/v?id=1&page=2' }]);
});

test('a long file is read slice by slice without a loss at their edges', async () => {
  const entries = Array.from(
    { length: 3000 },
    (_, n) =>
      `<url><loc><![CDATA[https://news.example/v?a=1&n=${n}]]></loc><video:video><video:title>R&D ${n} &amp; <![CDATA[a > b & c]]></video:title></video:video></url>`,
  );
  const { assets } = await read(listed(entries.join('')));
  expect(assets).toHaveLength(3000);
  for (const [n, { title, pageUrl }] of assets.entries()) {
    expect(`${title} ${pageUrl}`).toBe(`R&D ${n} & a > b & c https://news.example/v?a=1&n=${n}`);
  }
});

test('markup that does not close is a fault, wherever it is cut', async () => {
  const whole = listed(
    '<url><loc>https://news.example/v/1</loc><video:video><video:title>A &amp; B</video:title></video:video></url>',
  );
  for (let at = 60; at < whole.length - 1; at += 7) {
    await expect(read(whole.slice(0, at)), `cut at ${at}`).rejects.toBeInstanceOf(SitemapFault);
  }
});

test('entities of the file’s own are not expanded', async () => {
  const { assets } = await read(
    `<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>${listed(
      '<url><loc>https://news.example/v/1</loc><video:video><video:title>x &b; y</video:title></video:video></url>',
    )
      .split('\n')
      .at(-1)}`,
  );
  expect(assets[0]?.title).toBe('x &b; y');
});

test('whatever stands in a file, it is read or refused as such', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          fc.constantFrom(
            '<url>',
            '</url>',
            '<loc>',
            '</loc>',
            '<video:video>',
            '</video:video>',
            '<video:title>',
            '</video:title>',
            '<![CDATA[',
            ']]>',
            '&',
            '<',
            '"',
            '<__proto__>',
            '</__proto__>',
            '<video:constructor>x</video:constructor>',
          ),
          fc.string({ maxLength: 8 }),
        ),
        { maxLength: 30 },
      ),
      async (parts) => {
        const outcome = await read(`<urlset>${parts.join('')}</urlset>`).catch((error: unknown) => error);
        expect(outcome instanceof SitemapFault || !(outcome instanceof Error)).toBe(true);
      },
    ),
    { numRuns: 200 },
  );
});
