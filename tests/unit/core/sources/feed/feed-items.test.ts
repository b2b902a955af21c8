import { expect, test } from 'vitest';
import { assetOf, feedOf, item, nowMs, rss } from './feed-of.ts';

const file = '<enclosure url="https://river.example/r-1.mp4" type="video/mp4" length="5000000"/>';

test('an entry with two guids goes by the same one in either order, and is known by both', async () => {
  const guids = ['<guid isPermaLink="false">r-77</guid>', '<guid>https://river.example/v/77</guid>'];
  const [one, other] = await Promise.all([
    assetOf(`<item><title>a</title>${guids.join('')}${file}</item>`),
    assetOf(`<item><title>a</title>${guids.toReversed().join('')}${file}</item>`),
  ]);
  expect(one.externalId).toBe('r-77');
  expect(other).toEqual(one);
  expect(one.aliases).toContainEqual({ scheme: 'guid', value: 'https://river.example/v/77' });
  // A number of this feed's own names nothing elsewhere.
  expect(one.aliases).not.toContainEqual(expect.objectContaining({ value: 'r-77' }));
});

test('tracking, signatures and versions of the address are no part of a name', async () => {
  const of = (query: string): Promise<{ externalId: string }> =>
    assetOf(`<item><title>a</title><guid>https://river.example/v/1${query}</guid>${file}</item>`);
  const plain = await of('');
  for (const query of [
    '?utm_source=rss',
    '?latest=17',
    '?selectedLocale=null',
    '?Signature=abc&amp;Expires=1',
  ]) {
    expect((await of(query)).externalId).toBe(plain.externalId);
  }
  expect((await of('?p=2')).externalId).not.toBe(plain.externalId);
  expect((await of('#second')).externalId).not.toBe(plain.externalId);
});

test('without a guid it goes by a page of its own, and without that by its file', async () => {
  const page = await assetOf(
    `<item><title>a</title><link> https://river.example/v/9?utm_medium=x</link>${file}</item>`,
  );
  expect(page.externalId).toBe('https://river.example/v/9');
  const home = await assetOf(`<item><title>a</title><link>https://river.example/</link>${file}</item>`);
  expect(home.externalId).toBe('https://river.example/r-1.mp4');
  expect(home.aliases.map(({ scheme }) => scheme)).toEqual(['media']);
  const feed = await feedOf(
    rss(
      ['1', '2']
        .map(
          (n) =>
            `<item><link>https://river.example/all</link><enclosure url="/${n}.mp4" type="video/mp4"/></item>`,
        )
        .join(''),
    ),
  );
  expect(feed.assets.map(({ externalId }) => externalId)).toEqual([
    'https://river.example/1.mp4',
    'https://river.example/2.mp4',
  ]);
});

test('an entry without a name of any kind costs itself and no other', async () => {
  const feed = await feedOf(
    rss(`<item><media:content medium="video"><media:player/></media:content></item>${item('')}`),
  );
  expect(feed.assets).toHaveLength(1);
  expect(feed.failures).toMatchObject([{ why: expect.stringContaining('no guid') }]);
});

test('what several entries share, such as a trailer, is the name of none', async () => {
  const feed = await feedOf(
    rss(
      ['1', '2']
        .map(
          (n) =>
            `<item><guid>g${n}</guid><title>${n}</title><enclosure url="/trailer.mp4" type="video/mp4"/></item>`,
        )
        .join(''),
    ),
  );
  expect(feed.assets.map(({ aliases }) => aliases)).toEqual([[], []]);
});

test('of several versions of an entry on one page the newest holds', async () => {
  const version = (title: string, at: string): string =>
    `<item><guid>g</guid><title>${title}</title><dcterms:modified>${at}</dcterms:modified>${file}</item>`;
  const [older, newer] = [
    version('Old', '2025-09-01T10:00:00Z'),
    version('New', '2025-09-02T09:00:00+02:00'),
  ];
  for (const items of [older + newer, newer + older]) {
    expect(await assetOf(items)).toMatchObject({ title: 'New', version: '2025-09-02T07:00:00.000Z' });
  }
});

test('the version is the last change, else the publication, else not known', async () => {
  const published = '<pubDate>19 Sep. 2025 12:00:00 GMT  </pubDate>';
  expect((await assetOf(item(published))).version).toBe('2025-09-19T12:00:00.000Z');
  expect((await assetOf(item(`${published}<atom:updated>2025-09-20T12:00:00Z</atom:updated>`))).version).toBe(
    '2025-09-20T12:00:00.000Z',
  );
  expect((await assetOf(item('<pubDate>05.11.2021</pubDate>'))).version).toBeNull();
});

test('titles lose their markup and keep Greek, Arabic and entities that were escaped twice', async () => {
  const titled = async (title: string): Promise<string> =>
    (await assetOf(`<item><guid>1</guid><title>${title}</title>${file}</item>`)).title;
  expect(await titled('<![CDATA[<b>Γέφυρα</b> &amp; &#8220;ποτάμι&#8221;]]>')).toBe('Γέφυρα & “ποτάμι”');
  expect(await titled('  القافلة تعبر\n النهر ')).toBe('القافلة تعبر النهر');
  expect(await titled('Fire &amp;amp; smoke')).toBe('Fire & smoke');
});

test('an entry without a title is titled by its text, else by its file', async () => {
  const text =
    'The convoy crosses the bridge at dawn while engineers watch from the eastern bank and wait for orders to come from the headquarters.';
  const titled = (inside: string): Promise<{ title: string }> =>
    assetOf(`<item><guid>1</guid>${file}${inside}</item>`);
  expect((await titled(`<description>${text}</description>`)).title).toMatch(
    /^The convoy crosses .{60,100} …$/,
  );
  expect((await titled('<title>No-Data-Available</title>')).title).toBe('r-1.mp4');
});

test('the long text is the synopsis, a short one the teaser, and headings part shotlist, transcript and rights', async () => {
  const asset = await assetOf(
    item(`<description>Short.</description><content:encoded><![CDATA[<p>The convoy crosses.</p><p>SHOTLIST</p>
      <p>00:00 WIDE SHOT – bridge<br>00:05 CLOSE UP – wheels</p><p>--- TRANSCRIPT ---</p><p>SOUNDBITE (ENGLISH) "We go on."</p>
      <p>Usage rights:</p><p>Free for editorial use.</p>]]></content:encoded>`),
  );
  expect(asset).toMatchObject({
    teaser: 'Short.',
    synopsis: 'The convoy crosses.',
    shotlist: '00:00 WIDE SHOT – bridge\n00:05 CLOSE UP – wheels',
    transcript: 'SOUNDBITE (ENGLISH) "We go on."',
    rights: { usageText: 'Free for editorial use.', editorialOnly: true },
  });
});

test('media:text is the transcript in one language, with the times it is told with', async () => {
  const asset = await assetOf(
    item(`<media:text type="plain" lang="de" start="00:00:01.000">Guten Morgen</media:text>
      <media:text type="plain" lang="en" start="00:00:01.000">Good morning</media:text>
      <media:text type="html" lang="en" start="00:00:04.500">&lt;i&gt;We go on&lt;/i&gt;</media:text>
      <media:scenes><media:scene><sceneTitle>Bridge</sceneTitle><sceneDescription>Wide</sceneDescription><sceneStartTime>00:15</sceneStartTime></media:scene></media:scenes>`),
  );
  expect(asset.transcript).toBe('00:00:01 Good morning\n00:00:04 We go on');
  expect(asset.shotlist).toBe('00:15 Bridge – Wide');
});

test('people keep their roles, houses are no people, and an account is nobody', async () => {
  const asset = await assetOf(
    item(`<media:credit role="camera">Ana Ruiz</media:credit><media:credit role="owner" scheme="urn:ebu">River Television</media:credit>
      <author>desk@river.example (Jo Field)</author><dc:creator>admin</dc:creator><dc:creator>Ana Ruiz</dc:creator><itunes:author>desk@river.example</itunes:author>
      <podcast:person role="guest">Li Wen</podcast:person><dc:publisher>River Press</dc:publisher>`),
  );
  expect(asset.people).toEqual([
    { name: 'Ana Ruiz', role: 'camera' },
    { name: 'Li Wen', role: 'guest' },
    { name: 'Jo Field', role: 'author' },
  ]);
  expect(asset.organisations).toEqual(['River Television', 'River Press']);
});

test('place, keywords, language and pictures are found wherever they are told', async () => {
  const asset = await assetOf(
    item(`<georss:featurename>Daugavpils</georss:featurename><category>Defence</category><media:keywords>river, bridge ,</media:keywords>
      <media:community><media:tags>convoy: 5, dawn</media:tags></media:community>
      <media:thumbnail url="/t-s.jpg" width="120" height="90"/><media:thumbnail url="/t-l.jpg" width="1280" height="720"/><media:thumbnail url="/t-xl.jpg" width="7680" height="4320"/>`),
    '<language>lv-LV</language>',
  );
  expect(asset).toMatchObject({
    place: 'Daugavpils',
    keywords: ['Defence', 'river', 'bridge', 'convoy', 'dawn'],
    language: 'lv-lv',
    pictureUrl: 'https://river.example/t-l.jpg',
  });
  expect(await assetOf(item('<media:location description="(UNDISCLOSED LOCATION)"/>'))).toMatchObject({
    place: null,
  });
  expect(await assetOf(item('<dcterms:spatial>name=Riga; north=56.9</dcterms:spatial>'))).toMatchObject({
    place: 'Riga',
  });
});

test('rights are separate facts, and what the feed says holds where the entry is silent', async () => {
  const asset = await assetOf(
    item(`<media:license type="text/html" href="https://creativecommons.org/licenses/by/4.0/">CC BY</media:license>
      <media:restriction relationship="deny" type="country">us ca</media:restriction>
      <media:restriction relationship="allow" type="sharing">all</media:restriction>
      <description>Contains library footage that must be cleared.</description>
      <dcterms:valid>start=2025-09-25T10:00Z; end=2025-12-31; scheme=W3C-DTF</dcterms:valid>`),
    '<copyright>© River Television</copyright>',
  );
  expect(asset.rights).toEqual({
    usageText: 'CC BY',
    creditLine: null,
    copyright: '© River Television',
    licenceUrl: 'https://creativecommons.org/licenses/by/4.0/',
    editorialOnly: null,
    thirdParty: 'Contains library footage that must be cleared.',
    embargoUntilMs: Date.UTC(2025, 8, 25, 10),
    embargoText: null,
    expiresAtMs: Date.parse('2025-12-31T23:59:59+14:00'),
    territories: 'Not in us ca',
  });
  expect(asset.rights.embargoUntilMs).toBeGreaterThan(nowMs);
  expect(asset.status).toBe('embargoed');
});

test('an embargo that stands in the text holds; a story about one does not', async () => {
  const told = async (text: string): Promise<[string, string | null]> => {
    const { status, rights } = await assetOf(item(`<description>${text}</description>`));
    return [status, rights.embargoText];
  };
  expect(await told('EMBARGOED UNTIL noon on Friday')).toEqual([
    'embargoed',
    'EMBARGOED UNTIL noon on Friday',
  ]);
  expect(await told('The council keeps its arms embargo until 2026.')).toEqual(['usable', null]);
  expect(await told('Embargo: lifted')).toEqual(['usable', null]);
});

test('a blocked item is withheld and a deleted one withdrawn, with the reason', async () => {
  expect(await assetOf(item('<media:status state="blocked" reason="legal"/>'))).toMatchObject({
    status: 'withheld',
    statusReason: 'legal',
  });
  expect(await assetOf(item('<media:status state="deleted"/>'))).toMatchObject({ status: 'withdrawn' });
  expect(await assetOf(item('<media:status state="active"/>'))).toMatchObject({
    status: 'usable',
    statusReason: null,
  });
});

test('versions of one story are known by their suffix', async () => {
  const [a, b] = await Promise.all(
    ['Convoy MASTER', 'Convoy MASTERSUBS'].map((title) =>
      assetOf(`<item><guid>${title}</guid><title>${title}</title>${file}</item>`),
    ),
  );
  expect([a?.versionKind, b?.versionKind]).toEqual(['master', 'subtitled']);
  expect(a?.story).toBe(b?.story);
});

test('announced video is expected in a feed of media; among articles a category is a word', async () => {
  const announced = '<item><guid>soon</guid><title>Arrival</title><category>Video</category></item>';
  const article = (n: number): string =>
    `<item><guid>t${n}</guid><title>Text</title><description>An article.</description></item>`;
  const media = await feedOf(rss(item('') + announced + article(1)));
  expect(media.assets.map(({ externalId, status }) => [externalId, status])).toEqual([
    ['r-1', 'usable'],
    ['soon', 'expected'],
  ]);
  expect(media.leftOut).toBe(1);
  const articles = await feedOf(rss(announced + [1, 2, 3].map(article).join('')));
  expect(articles).toMatchObject({ assets: [], leftOut: 4, entries: 4 });
});
