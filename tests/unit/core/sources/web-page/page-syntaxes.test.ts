import { expect, test } from 'vitest';
import type { SourceAsset } from '../../../../../electron/core/sources/source-model.ts';
import { linked, one, readHtml, video } from './read-html.ts';

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
