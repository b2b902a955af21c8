import { expect, test } from 'vitest';
import { assetOf, documentOf, newsMl, readText } from './read-one.ts';

test('the parts of a video become a shotlist whose offsets are counted by the frame rate', async () => {
  const part = (seq: number, start: number, text: string) =>
    `<partMeta seq="${seq}"><timeDelim renditionref="rnd:tape" start="${start}" end="${start + 10}" timeunit="timeunit:editUnit"/><description>${text}</description></partMeta>`;
  const asset = await assetOf(
    newsMl({
      // Out of their order, as they come.
      parts: part(3, 2733, 'Mayor speaks') + part(1, 0, 'Lorries') + part(2, 446, 'Wide of bridge'),
      content:
        '<remoteContent href="a.avi" rendition="rnd:tape" format="fmt:avi" duration="111" videoframerate="25"/>' +
        '<remoteContent href="b.mp4" rendition="rnd:web" contenttype="video/mp4" videoframerate="50"/>',
    }),
  );
  expect(asset.shotlist).toBe('00:00 Lorries\n00:17 Wide of bridge\n01:49 Mayor speaks');
  expect(asset.durationMs).toBe(111_000);
  expect(asset.renditions).toMatchObject([
    { role: 'tape', container: 'avi', rateNum: 25, rateDen: 1, address: 'https://agency.example/a.avi' },
    { role: 'web', rateNum: 50, durationMs: null },
  ]);
});

test('seconds, milliseconds and timecodes are offsets too, and an unknown rate gives none', async () => {
  const shots = async (start: string, unit: string, content?: string) =>
    (
      await assetOf(
        newsMl({
          parts: `<partMeta><timeDelim start="${start}" timeunit="timeunit:${unit}"/><description>Bridge</description></partMeta>`,
          ...(content === undefined ? {} : { content }),
        }),
      )
    ).shotlist;
  expect(await shots('75', 'seconds')).toBe('01:15 Bridge');
  expect(await shots('75500', 'milliseconds')).toBe('01:15 Bridge');
  expect(await shots('00:01:15:12', 'timeCode')).toBe('01:15 Bridge');
  expect(
    await shots(
      '1:02:03.5',
      'normalPlayTime',
      '<remoteContent href="a.mp4" contenttype="video/mp4" duration="4000"/>',
    ),
  ).toBe('1:02:03 Bridge');
  // The tape begins at ten hours, the clip at none.
  expect(
    await shots(
      '10:00:15:00',
      'timeCode',
      '<remoteContent href="a.mp4" contenttype="video/mp4" duration="60"/>',
    ),
  ).toBe('00:15 Bridge');
  expect(await shots('446', 'editUnit')).toBe('Bridge');
  expect(await shots('soon', 'seconds')).toBe('Bridge');
});

test('texts are told apart by the code of their role, and line breaks of the layout are none', async () => {
  const asset = await assetOf(
    newsMl({
      contentMeta: `<headline role="hld:short" xml:lang="en">Bridge</headline>
        <headline xml:lang="fr">Le pont rouvre</headline><headline xml:lang="en">Bridge <i>reopens</i></headline>
        <description role="descrole:dopeSheet">The bridge was
          closed for a year.<br/>It is open.</description>
        <description role="drol:shotlist">Riga<br/>- vs bridge</description>
        <description role="drol:summary"><![CDATA[<p>Traffic &amp; people.</p>]]></description>
        <description role="x:transcript">MAYOR: "At last."</description>`,
    }),
  );
  expect(asset).toMatchObject({
    title: 'Bridge reopens',
    synopsis: 'The bridge was closed for a year.\nIt is open.',
    shotlist: 'Riga\n- vs bridge',
    teaser: 'Traffic & people.',
    transcript: 'MAYOR: "At last."',
  });
});

test('concepts are sorted by their types, and codes are resolved by the catalogue of the item where it has one', async () => {
  const document = await documentOf(
    newsMl({
      rights: '',
      contentMeta: `<contentCreated> 2026-03-04T22:30:00-08:00 </contentCreated>
        <located type="cptype:city"><name>Riga</name><broader type="cptype:country" qcode="c:LV"><name>Latvia</name></broader></located>
        <creator qcode="p:1" type="cpnat:person" role="r:camera"><name>Ilze Ozola</name></creator>
        <language tag="lv"/><headline>Bridge</headline><keyword>traffic</keyword>
        <subject type="cpnat:abstract" qcode="medtop:1"><name xml:lang="fr">Transports</name><name xml:lang="en-GB">Transport</name></subject>
        <subject type="cpnat:person"><name>Mayor</name></subject>
        <subject type="cpnat:organisation"><name>City</name></subject>
        <subject type="cpnat:event" qcode="ev:77"><name>Reopening</name></subject>`,
    }).replace(
      '<rightsInfo>',
      '<catalog><scheme alias="ev" uri="http://events.example/"/></catalog><rightsInfo>',
    ),
  );
  expect(document.assets[0]).toMatchObject({
    place: 'Riga',
    country: 'Latvia',
    people: [{ name: 'Mayor' }, { name: 'Ilze Ozola', role: 'camera' }],
    organisations: ['City'],
    keywords: ['Transport', 'traffic'],
    language: 'lv',
    eventExternalId: 'http://events.example/77',
    dates: { filmed: { firstDay: '2026-03-04', text: expect.stringContaining('22:30') }, published: null },
  });
  expect(document.events).toMatchObject([{ externalId: 'http://events.example/77', title: 'Reopening' }]);
});

test('of a message the videos are read, and packages and texts are counted', async () => {
  const item = (n: number, kind: string) =>
    newsMl({ attributes: `guid="urn:x:${n}" version="1"`, itemClass: kind }).replace(/^<\?xml.*\n/, '');
  const message = `<?xml version="1.0"?><nar:newsMessage xmlns:nar="http://iptc.org/std/nar/2006-10-01">
    <nar:header><nar:sender>agency.example</nar:sender></nar:header>
    <nar:itemSet>${item(1, 'video')}${item(2, 'text')}
    <packageItem guid="urn:x:3"><groupSet root="g"><group id="g"><itemRef residref="urn:x:1"/></group></groupSet></packageItem>
    ${item(4, 'video')}</nar:itemSet></nar:newsMessage>`;
  const document = await documentOf(message);
  expect(document.assets.map(({ externalId }) => externalId)).toEqual(['urn:x:1', 'urn:x:4']);
  expect(document).toMatchObject({ items: 4, provider: 'agency.example', failures: [] });
});

test('an event as a concept item lasts as many days as it says', async () => {
  const concept = (dates: string) => `<conceptItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:c">
    <concept><conceptId qcode="event:1"/><type qcode="cpnat:event"/><name>Meeting</name>
    <eventDetails><dates>${dates}</dates><location><name>London</name></location></eventDetails></concept></conceptItem>`;
  const days = async (dates: string) =>
    (await documentOf(concept(dates))).events.map(({ firstDay, lastDay }) => [firstDay, lastDay]);
  expect(await days('<start>2026-02-28T09:00:00Z</start><duration>P2D</duration>')).toEqual([
    ['2026-02-28', '2026-03-01'],
  ]);
  expect(await days('<start>2026-02-28</start><end>2026-03-02</end>')).toEqual([
    ['2026-02-28', '2026-03-02'],
  ]);
  expect(await days('<start>2026-02</start>')).toEqual([[null, null]]);
});

test('a file without an address, and a hash of the metadata, are none', async () => {
  const asset = await assetOf(
    newsMl({
      content: `<remoteContent residref="urn:x:file" rendition="rnd:tape" contenttype="video/mp4"/>
        <remoteContent href="javascript:alert(1)" contenttype="video/mp4"/>
        <remoteContent href=" //cdn.example/a b.mp4" rendition="rnd:web" contenttype="video/mp4" size="1234"
          duration="2500" durationunit="timeunit:milliseconds" videoscan="interlaced" videocodec="vcdc:c041">
          <hash hashtype="hashtype:MD5" scope="hashscope:metadata">${'a'.repeat(32)}</hash>
          <hash hashtype="hashtype:MD5" scope="hashscope:content">${'B'.repeat(32)}</hash></remoteContent>`,
    }),
  );
  expect(asset.renditions).toMatchObject([
    {
      address: 'https://cdn.example/a%20b.mp4',
      fileName: 'a b.mp4',
      sizeBytes: 1234,
      durationMs: 2500,
      scan: 'interlaced',
      videoCodec: 'c041',
      hash: { kind: 'md5', value: 'b'.repeat(32) },
    },
  ]);
  expect(
    (await assetOf(newsMl({ content: '<remoteContent residref="urn:x:file" contenttype="video/mp4"/>' })))
      .status,
  ).toBe('expected');
});

test('an item without a guid is a failure with its headline', async () => {
  expect(await documentOf(newsMl({ attributes: 'version="1"' }))).toMatchObject({
    assets: [],
    failures: [{ where: 'Bridge reopens', why: 'It has no guid.' }],
  });
});

test('entities of a document are not expanded, and what lies too deep or is cut off is broken', async () => {
  const bomb = newsMl({ contentMeta: '<headline>&lol;</headline>' }).replace(
    '?>',
    '?><!DOCTYPE newsItem [<!ENTITY a "lol"><!ENTITY lol "&a;&a;&a;&a;"><!ENTITY file SYSTEM "file:///etc/passwd">]>',
  );
  const read = await readText(bomb);
  expect(JSON.stringify(read)).not.toContain('lollol');
  const deep = newsMl({ contentMeta: `<headline>${'<b>'.repeat(5000)}x${'</b>'.repeat(5000)}</headline>` });
  expect(await readText(deep)).toMatchObject({ document: null, broken: true });
  const whole = newsMl();
  for (const end of [0.2, 0.5, 0.9, 0.99]) {
    const cut = await readText(whole.slice(0, Math.floor(whole.length * end)));
    expect({ end, ...cut }).toMatchObject({ end, document: null, broken: true });
  }
  expect(await readText('<rss version="2.0"><channel/></rss>')).toMatchObject({
    document: null,
    broken: false,
  });
  expect(await readText('<newsItem xmlns="http://other.example/"/>')).toMatchObject({
    document: null,
    broken: false,
  });
});
