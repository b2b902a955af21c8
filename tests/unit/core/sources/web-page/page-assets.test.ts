import { expect, test } from 'vitest';
import type { ItemFailure, SourceAsset } from '../../../../../electron/core/sources/source-model.ts';
import { openPage } from '../../../../../electron/core/sources/web-page/page-dom.ts';
import { readPage } from '../../../../../electron/core/sources/web-page/page-videos.ts';
import { toPageAssets } from '../../../../../electron/core/sources/web-page/video-asset.ts';

const address = 'https://news.example/en/video/convoy?utm_source=mail';

function readHtml(html: string): { assets: SourceAsset[]; failures: ItemFailure[] } {
  return toPageAssets(readPage(openPage(html), { asked: address, answered: address }));
}

/** A page with this in JSON-LD. */
function linked(...data: unknown[]): string {
  const scripts = data.map((one) => `<script type="application/ld+json">${JSON.stringify(one)}</script>`);
  return `<!doctype html><html lang="en-GB"><head><title>Convoy | News</title>${scripts.join('')}</head><body><p>Text</p></body></html>`;
}

function one(html: string): SourceAsset {
  const { assets } = readHtml(html);
  const [asset] = assets;
  if (!asset || assets.length > 1) throw new Error(`There are ${assets.length} videos.`);
  return asset;
}

const video = { '@context': 'https://schema.org', '@type': 'VideoObject', name: 'Convoy crosses the river' };

test('a video in JSON-LD is told with all that schema.org has words for', () => {
  const asset = one(
    linked({
      ...video,
      description: '<p>Vehicles cross the bridge.</p>',
      uploadDate: '2025-03-11T00:30:00+02:00',
      dateModified: '2025-03-12',
      duration: 'PT34M39.23S',
      contentUrl: '//media.example/convoy.mp4',
      embedUrl: 'https://news.example/embed/7',
      thumbnailUrl: ['//img.example/a.jpg', 'https://img.example/b.jpg'],
      contentSize: '25 MB',
      bitrate: '2500 kbps',
      width: { '@type': 'QuantitativeValue', value: 1920 },
      height: '1080px',
      encodingFormat: 'video/mp4',
      inLanguage: { '@type': 'Language', name: 'French', alternateName: 'fr' },
      contentLocation: {
        '@type': 'Place',
        name: 'Tapa',
        address: { '@type': 'PostalAddress', addressCountry: 'Estonia' },
      },
      keywords: 'bridge, river ; bridge',
      actor: { '@type': 'Person', name: 'A. Soldier' },
      author: { '@type': 'Organization', name: 'Example News' },
      copyrightNotice: '© Example 2025',
      creditText: 'Example/Smith',
      license: 'https://creativecommons.org/licenses/by/4.0/',
      usageInfo: 'For editorial use only.',
      acquireLicensePage: '/licences',
      isAccessibleForFree: 'False',
      expires: '2026-01-01T00:00:00Z',
      ineligibleRegion: [{ '@type': 'Country', name: 'RU' }, 'BY'],
      regionsAllowed: 'BE',
      transcript: 'SOUNDBITE: Hello.',
    }),
  );
  expect(asset).toMatchObject({
    externalId: 'https://news.example/en/video/convoy',
    title: 'Convoy crosses the river',
    status: 'usable',
    synopsis: 'Vehicles cross the bridge.',
    transcript: 'SOUNDBITE: Hello.',
    dates: {
      filmed: null,
      event: null,
      published: { precision: 'moment', firstDay: '2025-03-11' },
      changed: { precision: 'day', firstDay: '2025-03-12' },
    },
    durationMs: 2_079_230,
    language: 'fr',
    place: 'Tapa',
    country: 'Estonia',
    keywords: ['bridge', 'river'],
    people: [{ name: 'A. Soldier', role: 'actor' }],
    organisations: ['Example News'],
    pictureUrl: 'https://img.example/a.jpg',
    rights: {
      copyright: '© Example 2025',
      creditLine: 'Example/Smith',
      licenceUrl: 'https://creativecommons.org/licenses/by/4.0/',
      usageText:
        'For editorial use only.\nLicence to be had at: https://news.example/licences\nNot accessible for free.',
      expiresAtMs: Date.UTC(2026, 0, 1),
      territories: 'Only in: BE; Not in: RU, BY',
    },
  });
  expect(asset.renditions).toMatchObject([
    {
      address: 'https://media.example/convoy.mp4',
      fileName: 'convoy.mp4',
      sizeBytes: null,
      aboutBytes: 25_000_000,
      bitrate: 2_500_000,
      width: 1920,
      height: 1080,
      container: 'mp4',
    },
  ]);
});

test('a picture may be a text or a list, and a player alone makes a video that is expected', () => {
  const asset = one(
    linked({ ...video, thumbnailUrl: 'https://img.example/a.jpg', embedUrl: 'https://news.example/embed/7' }),
  );
  expect(asset).toMatchObject({
    pictureUrl: 'https://img.example/a.jpg',
    status: 'expected',
    renditions: [],
  });
  expect(one(linked({ ...video, thumbnail_url: '//img.example/b.jpg' })).pictureUrl).toBe(
    'https://img.example/b.jpg',
  );
});

test('a video is found in a graph, in a list, in an article and in the parts of a page', () => {
  for (const data of [
    { '@context': 'https://schema.org', '@graph': [{ '@type': 'WebPage' }, video] },
    [{ '@type': 'Organization', name: 'X' }, video],
    { '@type': 'NewsArticle', headline: 'Article', video },
    { '@type': 'WebPage', hasPart: [{ '@type': 'WebPageElement', mainEntity: video }] },
    { ...video, '@type': ['CreativeWork', 'http://schema.org/VideoObject'] },
    { '@type': 'schema:VideoObject', 'schema:name': 'Convoy crosses the river' },
  ]) {
    expect(one(linked(data)).title).toBe('Convoy crosses the river');
  }
});

test('the files, chapters and kin of a video are no videos of the page', () => {
  const asset = one(
    linked({
      ...video,
      encoding: [
        {
          '@type': 'VideoObject',
          contentUrl: '/f/hd.mp4',
          contentSize: '25869129',
          videoQuality: 'HD',
          bitrate: '8000000',
        },
        { '@type': 'MediaObject', contentUrl: '/f/original.mxf', encodingFormat: 'application/mxf' },
      ],
      caption: { '@type': 'MediaObject', contentUrl: '/f/convoy.vtt', inLanguage: 'en' },
      hasPart: [{ '@type': 'Clip', name: 'Start', startOffset: 0 }],
      isPartOf: { '@type': 'VideoObject', name: 'Series' },
    }),
  );
  expect(asset.renditions).toMatchObject([
    { fileName: 'hd.mp4', medium: 'video', role: 'HD', sizeBytes: 25_869_129, bitrate: 8_000_000 },
    { fileName: 'original.mxf', container: 'mxf', sizeBytes: null },
    { fileName: 'convoy.vtt', medium: 'captions', language: 'en', durationMs: null },
  ]);
});

test('the size of the original claimed for every file is no exact size of any', () => {
  const asset = one(
    linked({
      ...video,
      encoding: ['a', 'b'].map((name) => ({ contentUrl: `/f/${name}.mp4`, contentSize: '1000' })),
    }),
  );
  expect(asset.renditions).toMatchObject([
    { sizeBytes: null, aboutBytes: 1000 },
    { sizeBytes: null, aboutBytes: 1000 },
  ]);
});

test('an article lends its title and its day where the video has none, and no more', () => {
  const asset = one(
    linked({
      '@type': 'NewsArticle',
      headline: 'The river is crossed',
      datePublished: '2025-03-11',
      description: 'An article.',
      video: { '@type': 'VideoObject', contentUrl: '/f/a.mp4' },
    }),
  );
  expect(asset).toMatchObject({ title: 'The river is crossed', synopsis: null });
  expect(asset.dates).toMatchObject({
    published: { firstDay: '2025-03-11', precision: 'day' },
    filmed: null,
  });
});

test('things told by id elsewhere on the page are put in their place', () => {
  const asset = one(
    linked({
      '@graph': [
        {
          '@type': 'NewsArticle',
          '@id': '#article',
          headline: 'A',
          datePublished: '2025-03-11',
          video: { '@id': '#video' },
        },
        { ...video, '@id': '#video', publisher: { '@id': '#org' }, contentUrl: '/a.mp4' },
        { '@type': 'Organization', '@id': '#org', name: 'Example News' },
      ],
    }),
  );
  expect(asset).toMatchObject({
    organisations: ['Example News'],
    dates: { published: { firstDay: '2025-03-11' } },
  });
});

test('the days of what was recorded are those of the event, from first to last', () => {
  const asset = one(
    linked({
      ...video,
      recordedAt: {
        '@type': 'Event',
        startDate: '2025-03-10',
        endDate: '2025-03-12',
        location: { name: 'Riga' },
      },
    }),
  );
  expect(asset.dates.event).toMatchObject({
    precision: 'day',
    firstDay: '2025-03-10',
    lastDay: '2025-03-12',
  });
  expect(asset.place).toBe('Riga');
});

test('a broadcast that goes on is expected, one that has ended is a file', () => {
  const live = (publication: object): SourceAsset =>
    one(
      linked({
        ...video,
        contentUrl: '/a.mp4',
        publication: { '@type': 'BroadcastEvent', isLiveBroadcast: true, ...publication },
      }),
    );
  expect(live({ startDate: '2025-03-11T10:00:00Z' })).toMatchObject({
    status: 'expected',
    statusReason: 'live',
  });
  expect(live({ endDate: '2025-03-11T11:00:00Z' }).status).toBe('usable');
});

test('broken data of one script costs that script, is told, and the others are read', () => {
  const { assets, failures } = readHtml(
    `<script type="application/ld+json">{"@type": "VideoObject", "name": }</script>${linked(video)}`,
  );
  expect(assets).toHaveLength(1);
  expect(failures).toMatchObject([{ why: expect.stringContaining('1 of its scripts') }]);
});

test('a video in microdata is read, with its files, its person and what lies elsewhere on the page', () => {
  const asset =
    one(`<!doctype html><body><div itemscope itemtype="https://schema.org/VideoObject" itemref="more">
    <h1 itemprop="name">Convoy &amp; river</h1><meta itemprop="duration" content="PT1M24S">
    <time itemprop="uploadDate" datetime="2025-03-11">11 March</time>
    <link itemprop="contentUrl" href="/f/a.mp4"><img itemprop="thumbnailUrl" src="/t/a.jpg">
    <div itemprop="actor" itemscope itemtype="http://schema.org/Person"><span itemprop="name">A. Soldier</span></div>
    <div itemprop="encoding" itemscope itemtype="http://schema.org/VideoObject"><a itemprop="contentUrl" href="/f/a.mov">MOV</a></div>
    </div><p id="more"><span itemprop="description">From   elsewhere.</span></p></body>`);
  expect(asset).toMatchObject({
    title: 'Convoy & river',
    synopsis: 'From elsewhere.',
    durationMs: 84_000,
    people: [{ name: 'A. Soldier', role: 'actor' }],
    pictureUrl: 'https://news.example/t/a.jpg',
    dates: { published: { firstDay: '2025-03-11' } },
  });
  expect(asset.renditions.map(({ fileName }) => fileName)).toEqual(['a.mp4', 'a.mov']);
});

test('a video in RDFa Lite is read', () => {
  const asset = one(`<body vocab="https://schema.org/"><article typeof="VideoObject" resource="#v">
    <h1 property="name">Convoy</h1><a property="contentUrl" href="/f/a.mp4">Download</a>
    <span property="publisher" typeof="Organization"><b property="name">Example News</b></span></article></body>`);
  expect(asset).toMatchObject({ title: 'Convoy', organisations: ['Example News'] });
  expect(asset.renditions).toHaveLength(1);
});

test('the same video in two syntaxes is one, with what both say', () => {
  const asset = one(
    linked({ ...video, contentUrl: '/f/a.mp4' }).replace(
      '<p>',
      `<div itemscope itemtype="http://schema.org/VideoObject"><meta itemprop="name" content="Other name">
       <link itemprop="contentUrl" href="https://news.example/f/a.mp4?utm_source=x"><meta itemprop="duration" content="PT5S"></div><p>`,
    ),
  );
  expect(asset).toMatchObject({ title: 'Convoy crosses the river', durationMs: 5000 });
});

const graph = `<meta property="og:title" content="Convoy"><meta property="og:description" content="At dawn.">
  <meta property="og:image" content="/t/a.jpg"><meta property="og:video" content="http://media.example/a.mp4">
  <meta property="og:video:secure_url" content="https://media.example/a.mp4"><meta property="og:video:type" content="video/mp4">
  <meta property="og:video:width" content="1280"><meta property="og:video:height" content="720">
  <meta property="og:video" content="https://news.example/embed/7"><meta property="og:video:type" content="text/html">
  <meta property="video:duration" content="84"><meta property="video:release_date" content="2025-03-11">
  <meta property="video:tag" content="bridge"><meta property="video:tag" content="river">`;

test('a page with Open Graph alone tells of one video, with its file and not with its player', () => {
  const asset = one(`<head>${graph}</head>`);
  expect(asset).toMatchObject({
    title: 'Convoy',
    synopsis: 'At dawn.',
    durationMs: 84_000,
    keywords: ['bridge', 'river'],
    dates: { published: { firstDay: '2025-03-11' } },
    pictureUrl: 'https://news.example/t/a.jpg',
  });
  expect(asset.renditions).toMatchObject([
    { address: 'https://media.example/a.mp4', width: 1280, height: 720 },
  ]);
});

test('Open Graph gives the file that schema.org leaves out, and changes nothing else', () => {
  const html = linked({ ...video, embedUrl: 'https://news.example/embed/7' }).replace(
    '</head>',
    `${graph}</head>`,
  );
  expect(one(html)).toMatchObject({ title: 'Convoy crosses the river', renditions: [{ fileName: 'a.mp4' }] });
});

test('a page with a title and pictures but no video tells of none', () => {
  expect(
    readHtml('<meta property="og:title" content="News"><meta property="og:image" content="/a.jpg">').assets,
  ).toEqual([]);
  expect(readHtml(linked({ '@type': 'NewsArticle', headline: 'News' })).assets).toEqual([]);
});

test('a page of its own names a video; on a page of several what is its own does, in any order', () => {
  const list = (...ids: string[]): SourceAsset[] =>
    readHtml(
      linked({
        '@graph': ids.map((id) => ({
          ...video,
          name: id,
          ...(id === 'own' ? { url: '/en/video/own?utm_medium=x' } : { embedUrl: `/embed/${id}` }),
        })),
      }),
    ).assets;
  const [own] = list('own', 'a', 'b');
  expect(own).toMatchObject({ externalId: 'https://news.example/en/video/own' });
  expect(own?.aliases).toEqual([{ scheme: 'page', value: 'https://news.example/en/video/own' }]);
  const names = (assets: SourceAsset[]): string[] =>
    assets.map(({ title, externalId }) => `${title} ${externalId}`).toSorted();
  expect(names(list('own', 'a', 'b'))).toEqual(names(list('b', 'own', 'a')));
});

test('the canonical address is the name of the page, unless it is on another host', () => {
  const canonical = (href: string): string =>
    linked(video).replace('<title>', `<link rel="canonical" href="${href}"><title>`);
  expect(one(canonical('/en/video/7')).externalId).toBe('https://news.example/en/video/7');
  expect(one(canonical('https://elsewhere.example/x')).externalId).toBe(
    'https://news.example/en/video/convoy',
  );
});

test('relative addresses start from where the page says they do', () => {
  const html = linked({ ...video, contentUrl: 'a.mp4' }).replace(
    '<head>',
    '<head><base href="https://media.example/files/">',
  );
  expect(one(html).renditions[0]?.address).toBe('https://media.example/files/a.mp4');
});

test('an address that is none to be asked is none', () => {
  const asset = one(
    linked({
      ...video,
      contentUrl: 'javascript:alert(1)',
      thumbnailUrl: 'data:image/png;base64,AA',
      license: 'file:///etc/passwd',
    }),
  );
  expect(asset).toMatchObject({ renditions: [], pictureUrl: null, rights: { licenceUrl: null } });
});

test('addresses with spaces, accents and apostrophes are made whole', () => {
  const asset = one(linked({ ...video, contentUrl: " /f/Visite d'État été.mp4 " }));
  expect(asset.renditions[0]).toMatchObject({
    address: "https://news.example/f/Visite%20d'%C3%89tat%20%C3%A9t%C3%A9.mp4",
    fileName: "Visite d'État été.mp4",
  });
});

test('things that lie in one another without end come to an end', () => {
  const deep: Record<string, unknown> = { '@type': 'WebPage' };
  let at = deep;
  for (let n = 0; n < 3000; n++) at = at['hasPart'] = { '@type': 'WebPage' };
  expect(readHtml(linked(deep, video)).assets).toHaveLength(1);
  const nested = '<div itemscope itemprop="about" itemtype="http://schema.org/VideoObject">'.repeat(400);
  expect(readHtml(`<body>${nested}<b itemprop="name">x</b></body>`).assets.length).toBeLessThanOrEqual(1);
});
