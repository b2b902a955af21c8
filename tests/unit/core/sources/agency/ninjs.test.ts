import { expect, test } from 'vitest';
import { assetOf, documentOf, ninjs, readText } from './read-one.ts';

test('a later version without a first date was published at a moment that nobody tells', async () => {
  expect((await assetOf(ninjs({ version: '3' }))).dates).toMatchObject({
    published: null,
    changed: { firstDay: '2026-03-05' },
  });
  expect((await assetOf(ninjs())).version).toBe('2026-03-05T10:00:00.000Z');
});

test('lists come bare, in a frame, wrapped one by one, with their next page in several spellings', async () => {
  const item = ninjs();
  const next = 'https://agency.example/feed?page=2';
  for (const [body, nextPage] of [
    [[item], null],
    [{ items: [item] }, null],
    [{ _items: [item], _links: { next: { href: next } } }, next],
    [{ items: [item], hrefs: { next } }, next],
    [{ data: { items: [{ meta: {}, item }], next_page: next } }, next],
  ] as const) {
    const document = await documentOf(body);
    expect(document.assets.map(({ externalId }) => externalId)).toEqual([item['uri']]);
    expect(document.next).toBe(nextPage);
  }
});

test('texts and pictures alone are counted and left out, the videos of a package are found', async () => {
  const document = await documentOf([
    { uri: 'urn:x:text', type: 'text', headline: 'A text' },
    {
      uri: 'urn:x:package',
      type: 'composite',
      headline: 'A package',
      associations: {
        video: ninjs({ uri: 'urn:x:inside' }),
        picture: {
          uri: 'urn:x:picture',
          type: 'picture',
          renditions: { main: { href: 'https://f.example/p.jpg' } },
        },
        nested: {
          uri: 'urn:x:deep',
          type: 'composite',
          associations: [{ name: 'v', ...ninjs({ uri: 'urn:x:deeper' }) }],
        },
        reference: { uri: 'urn:x:elsewhere', type: 'video' },
      },
    },
  ]);
  expect(document.assets.map(({ externalId }) => externalId)).toEqual(['urn:x:inside', 'urn:x:deeper']);
  expect(document.items).toBe(2);
  expect(document.failures).toEqual([]);
});

test('a picture that goes with a video is its picture and no file of it', async () => {
  const asset = await assetOf(
    ninjs({
      associations: {
        mainpic: {
          uri: 'urn:x:p',
          type: 'picture',
          renditions: { main: { href: 'https://f.example/p.jpg', mimetype: 'image/jpeg' } },
        },
      },
    }),
  );
  expect(asset.pictureUrl).toBe('https://f.example/p.jpg');
  expect(asset.renditions).toHaveLength(1);
});

test('an odd item costs itself and says which one it is', async () => {
  const { assets, failures } = await documentOf([
    ninjs(),
    7,
    ninjs({ uri: undefined, headline: 'Without a name' }),
    { type: 'event', uri: 'urn:e' },
  ]);
  expect(assets).toHaveLength(1);
  expect(failures).toEqual(
    expect.arrayContaining([
      { where: 'Without a name', why: 'It has no uri.' },
      { where: 'item 2', why: 'It is no object.' },
      { where: 'urn:e', why: 'An event without a name or without a uri.' },
    ]),
  );
});

test('an item that is announced without a file is expected', async () => {
  expect((await assetOf(ninjs({ renditions: undefined }))).status).toBe('expected');
  expect((await assetOf(ninjs({ renditions: [{ name: 'main', contentType: 'video/mp4' }] }))).status).toBe(
    'expected',
  );
});

test('milliseconds where seconds are due, and one size claimed for every file, are not believed', async () => {
  const asset = await assetOf(
    ninjs({
      renditions: [
        {
          name: 'main',
          href: 'https://f.example/download?cid=1',
          contenttype: 'video/mpeg',
          sizeinbytes: 1_880_522_908,
          duration: 128_929,
        },
        {
          name: 'hd',
          href: 'https://f.example/download?cid=2',
          contenttype: 'video/mpeg',
          sizeinbytes: 1_880_522_908,
        },
        {
          name: 'thumb',
          href: 'https://f.example/t.jpg',
          contenttype: 'image/jpeg',
          sizeinbytes: 1_880_522_908,
        },
      ],
    }),
  );
  expect(asset.durationMs).toBe(128_929);
  expect(asset.renditions).toMatchObject([
    { fileName: 'main', videoCodec: null, sizeBytes: null, aboutBytes: 1_880_522_908 },
    { fileName: 'hd', sizeBytes: null },
  ]);
  expect(asset.aliases.map(({ scheme }) => scheme)).toEqual(['guid']);
});

test('what version 3 tells of a file is read with its units', async () => {
  const [rendition] = (
    await assetOf(
      ninjs({
        renditions: [
          {
            name: 'main',
            href: 'https://f.example/a.mxf',
            contentType: 'application/mxf',
            videoCodec: 'XAVC',
            frameRate: 29.97,
            scanType: 'interlaced',
            bitrate: '50 Mbps',
            sizeInBytes: '25 MB',
            extensions: { 'hash:sha256': 'AB'.repeat(32), 'hash:md5': 'no' },
          },
        ],
      }),
    )
  ).renditions;
  expect(rendition).toMatchObject({
    container: 'mxf',
    videoCodec: 'XAVC',
    rateNum: 30_000,
    rateDen: 1001,
    scan: 'interlaced',
    bitrate: 50_000_000,
    sizeBytes: null,
    aboutBytes: 25_000_000,
    hash: { kind: 'sha256', value: 'ab'.repeat(32) },
  });
});

test('a token in the address of an item is not its identity', async () => {
  const uri = (token: string) =>
    `http://api.agency.example/v/content/0cc82c1e6d284848bf862fdfae3c43c4?qt=${token}&et=1`;
  expect((await assetOf(ninjs({ uri: uri('a') }))).externalId).toBe(
    (await assetOf(ninjs({ uri: uri('b') }))).externalId,
  );
  expect((await assetOf(ninjs({ uri: 'http://agency.example/item?id=1' }))).externalId).not.toBe(
    (await assetOf(ninjs({ uri: 'http://agency.example/item?id=2' }))).externalId,
  );
});

test('a body in one piece is taken apart at its headings, and a text told twice is kept once', async () => {
  const body =
    'Police & fire brigade at work.\n\nSHOTLIST:\nRIGA, LATVIA\n1. Wide of bridge\n\nSTORYLINE:\nThe bridge was closed for a year.';
  const asset = await assetOf(
    ninjs({ body_text: body, body_xhtml: `<p>${body.replace('&', '&amp;').replaceAll('\n', '<br/>')}</p>` }),
  );
  expect(asset.synopsis).toBe('Police & fire brigade at work.\n\nThe bridge was closed for a year.');
  expect(asset.shotlist).toBe('RIGA, LATVIA\n1. Wide of bridge');
});

test('an event of its own keeps its days as they are written', async () => {
  const { events, assets } = await documentOf({
    standard: { name: 'ninjs', version: '3.1' },
    uri: 'urn:e:1',
    type: 'event',
    title: 'Summit',
    eventDetails: { dates: { startDate: '2026-07-11T00:30:00+03:00', endDate: '2026-07-12T23:00:00+03:00' } },
    places: [{ name: 'Hall', contactInfo: [{ address: { locality: 'Vilnius', country: 'Lithuania' } }] }],
  });
  expect(assets).toEqual([]);
  expect(events).toMatchObject([
    {
      externalId: 'urn:e:1',
      title: 'Summit',
      firstDay: '2026-07-11',
      lastDay: '2026-07-12',
      place: 'Hall, Vilnius, Lithuania',
    },
  ]);
});

test('JSON of another kind is none, and half a document is broken', async () => {
  expect(
    await readText(
      '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","uri":"a","type":"video"}]}',
    ),
  ).toMatchObject({ document: null, broken: false });
  expect(await readText('{"name":"package"}')).toMatchObject({ document: null, broken: false });
  expect(await readText('{"items":[{"uri":"a"')).toMatchObject({ document: null, broken: true });
  expect(await readText('')).toMatchObject({ document: null, broken: true });
  expect(await readText('<!doctype html><title>Sign in</title>')).toMatchObject({
    document: null,
    broken: false,
  });
});
