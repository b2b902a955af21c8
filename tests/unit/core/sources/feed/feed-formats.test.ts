import { expect, test } from 'vitest';
import { feedOf, item, reading, rss } from './feed-of.ts';

const atom = `<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://river.example/media/" xml:lang="fr">
  <title>Fleuve</title><link href="https://river.example/"/><link rel="next" href="../feed?page=2"/>
  <entry xml:base="2025/"><id>tag:river.example,2025:9</id><title type="html">Le &lt;b&gt;pont&lt;/b&gt;</title>
    <link rel="alternate" href="pont.html"/><updated>2025-09-12T10:00:00Z</updated><published>2025-09-11T23:30:00-04:00</published>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Au lever du jour.</p><p>Prix &lt; 5 &amp; plus</p></div></content>
    <link rel="enclosure" href="pont HD.mp4" type="video/mp4" length="8123456" title="Full HD"/>
    <author><name>Jeanne Martin</name></author></entry>
</feed>`;

test('Atom is read by what it is, whatever the file is called, with its addresses against xml:base', async () => {
  const feed = await feedOf(atom);
  expect(feed).toMatchObject({
    format: 'Atom feed',
    title: 'Fleuve',
    next: 'https://river.example/feed?page=2',
  });
  const [asset] = feed.assets;
  expect(asset).toMatchObject({
    externalId: 'tag:river.example,2025:9',
    title: 'Le pont',
    synopsis: 'Au lever du jour.\n\nPrix < 5 & plus',
    pageUrl: 'https://river.example/media/2025/pont.html',
    language: 'fr',
    version: '2025-09-12T10:00:00.000Z',
    people: [{ name: 'Jeanne Martin', role: 'author' }],
    renditions: [
      { address: 'https://river.example/media/2025/pont%20HD.mp4', sizeBytes: 8123456, role: 'Full HD' },
    ],
  });
  // Shortly before midnight where it was written: the day does not become that of Greenwich.
  expect(asset?.dates.published).toMatchObject({ firstDay: '2025-09-11', precision: 'moment' });
});

test('RDF with its items beside the channel is read, and the enclosures of its own module', async () => {
  const feed =
    await feedOf(`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:enc="http://purl.oclc.org/net/rss_2.0/enc#">
    <channel rdf:about="https://river.example/"><title>River</title><link>https://river.example/</link></channel>
    <item rdf:about="https://river.example/v/1"><title>Ferry</title><link>https://river.example/v/1</link>
      <dc:date>2025-09-03</dc:date><enc:enclosure rdf:resource="https://river.example/1.mov" enc:type="video/quicktime" enc:length="9000000"/></item></rdf:RDF>`);
  expect(feed.format).toBe('RSS 1.0 feed');
  expect(feed.assets).toMatchObject([
    {
      externalId: 'https://river.example/v/1',
      title: 'Ferry',
      dates: { published: { precision: 'day', firstDay: '2025-09-03', atMs: null } },
      renditions: [{ container: 'mov', sizeBytes: 9_000_000 }],
    },
  ]);
});

test('RSS 0.9x without guid, dates and namespaces goes by its page', async () => {
  const feed = await feedOf(`<rss version="0.92"><channel><title>Old</title><link>https://river.example</link>
    <item><title>Tug</title><link>https://river.example/tug?utm_source=rss</link>
    <enclosure url="https://river.example/tug.mpg" length="7000000" type="video/mpeg"/></item></channel></rss>`);
  expect(feed.assets).toMatchObject([
    {
      externalId: 'https://river.example/tug',
      version: null,
      dates: { published: null },
      // video/mpeg is said of anything: the codec is not known.
      renditions: [{ videoCodec: null, container: 'mpeg' }],
    },
  ]);
});

test('a JSON Feed is read with its attachments, numbers as names, and its next page', async () => {
  const feed = await feedOf(
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'River',
      next_url: '/feeds/2.json',
      language: 'de',
      items: [
        {
          id: 7,
          url: '/v/7',
          title: 'Die Br&uuml;cke',
          content_html: '<p>Im Morgengrauen.</p>',
          summary: 'Kurz.',
          date_published: '2025-09-02T08:00:00+02:00',
          date_modified: '2025-09-04T08:00:00+02:00',
          authors: [{ name: 'Anna Weiß' }],
          tags: ['Fluss', 'Fluss'],
          attachments: [
            { url: '/7.mp4', mime_type: 'video/mp4', size_in_bytes: '6000000', duration_in_seconds: 61.5 },
          ],
        },
        { id: 'text', url: '/t', content_text: 'An article.' },
        null,
      ],
    }),
  );
  expect(feed).toMatchObject({
    format: 'JSON Feed',
    entries: 3,
    leftOut: 1,
    next: 'https://river.example/feeds/2.json',
    failures: [{ where: 'entry 3' }],
  });
  expect(feed.assets).toMatchObject([
    {
      externalId: '7',
      title: 'Die Brücke',
      teaser: 'Kurz.',
      synopsis: 'Im Morgengrauen.',
      language: 'de',
      keywords: ['Fluss'],
      version: '2025-09-04T06:00:00.000Z',
      durationMs: 61_500,
      aliases: [
        { scheme: 'page', value: 'https://river.example/v/7' },
        { scheme: 'media', value: 'https://river.example/7.mp4' },
      ],
      renditions: [{ sizeBytes: 6_000_000, address: 'https://river.example/7.mp4' }],
    },
  ]);
});

test('windows-1251 and ISO-8859-1 are read by what the bytes or the answer say', async () => {
  const xml = rss(item('<description>ok</description>'))
    .replace('UTF-8', 'ISO-8859-1')
    .replace('Convoy', 'Br\u00fccke');
  expect((await feedOf(Uint8Array.from(xml, (c) => c.charCodeAt(0)))).assets[0]?.title).toBe('Brücke');
  const cyrillic = rss(item(''))
    .replace('UTF-8', 'windows-1251')
    .replace('Convoy', '\u00cc\u00ee\u00f1\u00f2');
  expect((await feedOf(Uint8Array.from(cyrillic, (c) => c.charCodeAt(0)))).assets[0]?.title).toBe('Мост');
});

test('a namespace is known with and without its slash, by another prefix, and undeclared', async () => {
  const content = '<m:content url="https://river.example/x.mp4" type="video/mp4" height="720"/>';
  for (const uri of [
    'http://search.yahoo.com/mrss/',
    'http://search.yahoo.com/mrss',
    'https://search.yahoo.com/mrss/',
    'http://www.rssboard.org/media-rss',
  ]) {
    const feed = await feedOf(
      `<rss version="2.0" xmlns:m="${uri}"><channel><title>t</title><item><guid>1</guid>${content}</item></channel></rss>`,
    );
    expect({ uri, height: feed.assets[0]?.renditions[0]?.height }).toEqual({ uri, height: 720 });
  }
  const bare = await feedOf(
    `<rss version="2.0"><channel><title>t</title><item><guid>1</guid>${content.replaceAll('m:', 'media:')}</item></channel></rss>`,
  );
  expect(bare.assets[0]?.renditions).toMatchObject([{ height: 720 }]);
});

test('stray ampersands, entities of HTML and what follows the last tag do not stop a feed', async () => {
  const xml = `${rss(item('<description>Pier&nbsp;4 & 5 < 6</description>'))}\n<!-- cached --><script>x</script>`;
  expect((await feedOf(xml)).assets[0]?.synopsis).toBe('Pier 4 & 5 < 6');
});

test('an attribute without a value costs nothing but itself', async () => {
  const xml = rss(item('<media:content nosnippet url="https://river.example/x.mp4" type="video/mp4"/>'));
  expect((await feedOf(xml)).assets[0]?.renditions).toHaveLength(2);
});

test('what is no feed is told apart: nothing, a page, an error, a cut, another document', async () => {
  const whole = rss(item(''));
  for (const share of [0.3, 0.5, 0.8, 0.95, 0.999]) {
    expect((await reading(whole.slice(0, Math.floor(whole.length * share)))).kind, `${share}`).toBe('broken');
  }
  expect((await reading('{"version":"https://jsonfeed.org/version/1","items":[{"id":1')).kind).toBe('broken');
  expect((await reading('  ')).kind).toBe('empty');
  expect((await reading('<!DOCTYPE html><html><body>Sign in</body></html>')).kind).toBe('html');
  expect((await reading('{"errors":[{"message":"quota"}]}')).kind).toBe('error');
  expect((await reading('{"items":[]}')).kind).toBe('other');
  expect((await reading('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>')).kind).toBe('other');
  expect((await reading('<rss version="2.0"/>')).kind).toBe('other');
  expect((await reading('plain words')).kind).toBe('broken');
  expect(await reading(rss(''))).toMatchObject({ kind: 'feed', feed: { entries: 0 } });
});

test('entities that a document declares are not expanded, and a document without end in its depth is refused', async () => {
  const bomb = `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${rss(item('<description>x&b;y</description>')).replace(/<\?xml.*\?>/, '')}`;
  expect((await feedOf(bomb)).assets[0]?.synopsis).not.toContain('aaaa');
  expect((await reading(`<rss><channel>${'<a>'.repeat(300)}`)).kind).toBe('broken');
});

test('an entry that was taken back is withdrawn under its name, with the time it was taken back at', async () => {
  const feed = await feedOf(
    `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>t</title>
    <at:deleted-entry ref="tag:river.example,2025:4" when="2025-09-12T10:00:00Z"><at:comment>Wrong &amp; unsafe</at:comment></at:deleted-entry></feed>`,
  );
  expect(feed.assets).toMatchObject([
    {
      externalId: 'tag:river.example,2025:4',
      status: 'withdrawn',
      statusReason: 'Wrong & unsafe',
      version: '2025-09-12T10:00:00.000Z',
    },
  ]);
});
