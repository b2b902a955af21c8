import { expect, test } from 'vitest';
import { clipDurationMs } from '../../../../../electron/core/sources/feed/feed-files.ts';
import type { SourceRendition } from '../../../../../electron/core/sources/source-model.ts';
import { assetOf, item } from './feed-of.ts';

async function filesOf(inside: string): Promise<readonly SourceRendition[]> {
  return (await assetOf(`<item><guid>1</guid><title>t</title>${inside}</item>`)).renditions;
}

test('a group and loose contents of one entry are all its files, with what is said of each', async () => {
  const files = await filesOf(`<media:group>
      <media:content url="https://a.example/hd.mp4" type="video/mp4" bitrate="8000" framerate="30000/1001" width="1920" height="1080" fileSize="25,869,129" duration="00:01:33" isDefault="true" lang="en">
        <media:hash algo="sha-1">DA39A3EE5E6B4B0D3255BFEF95601890AFD80709</media:hash></media:content>
      <media:content url="https://a.example/clip-sample.mp4" type="video/mp4-640x360" expression="sample"/></media:group>
    <media:content url="https://a.example/sound.mp3" type="audio/mpeg"/>`);
  expect(files).toMatchObject([
    {
      role: 'default',
      width: 1920,
      height: 1080,
      rateNum: 30_000,
      rateDen: 1001,
      bitrate: 8_000_000,
      sizeBytes: 25_869_129,
      durationMs: 93_000,
      language: 'en',
      hash: { kind: 'sha1', value: 'da39a3ee5e6b4b0d3255bfef95601890afd80709' },
    },
    { role: 'sample', width: 640, height: 360, container: 'mp4' },
    { medium: 'audio', container: 'mp3' },
  ]);
});

test('the same file as enclosure and as media:content is one file, with what either says', async () => {
  const files =
    await filesOf(`<enclosure url="https://a.example/x.mp4?utm_source=feed" length="7654321" type="video/mp4"/>
    <media:content url="https://a.example/x.mp4" type="video/mp4" height="1080" duration="61"/>`);
  expect(files).toHaveLength(1);
  expect(files[0]).toMatchObject({ sizeBytes: 7_654_321, height: 1080, durationMs: 61_000 });
});

test('two tellings of one file that disagree about its size leave no exact one', async () => {
  const files = await filesOf(`<enclosure url="https://a.example/x.mp4" length="7654321" type="video/mp4"/>
    <media:content url="https://a.example/x.mp4" type="video/mp4" fileSize="9999999"/>`);
  expect(files).toMatchObject([{ sizeBytes: null, aboutBytes: 9_999_999 }]);
});

test('a size with a unit, one claimed of every file, and a number that fills a field are not exact', async () => {
  const [unit] = await filesOf('<media:content url="https://a.example/x.mp4" fileSize="1GB"/>');
  expect(unit).toMatchObject({ sizeBytes: null, aboutBytes: 1_000_000_000 });
  const same = await filesOf(`<media:content url="https://a.example/1.mp4" fileSize="12216320"/>
    <media:content url="https://a.example/2.mp4" fileSize="12216320"/>`);
  expect(same).toMatchObject([
    { sizeBytes: null, aboutBytes: 12_216_320 },
    { sizeBytes: null, aboutBytes: 12_216_320 },
  ]);
  for (const length of ['', '0', '1', '93', 'unknown']) {
    const [padded] = await filesOf(
      `<enclosure url="https://a.example/x.mp4" length="${length}" type="video/mp4"/>`,
    );
    expect(padded).toMatchObject({ sizeBytes: null, aboutBytes: null });
  }
});

test('durations in every form in use are read, and milliseconds known by no clip being that long', () => {
  expect(clipDurationMs('')).toBeNull();
  expect(clipDurationMs('0')).toBeNull();
  expect(clipDurationMs('434.7')).toBe(434_700);
  expect(clipDurationMs('PT34M39.23S')).toBe(2_079_230);
  expect(clipDurationMs('00:00:56')).toBe(56_000);
  expect(clipDurationMs('1:02:03')).toBe(3_723_000);
  expect(clipDurationMs('128929')).toBe(128_929);
  expect(clipDurationMs(45)).toBe(45_000);
});

test('an enclosure is read with attributes, with elements in their place, and as the text of an address', async () => {
  for (const enclosure of [
    '<enclosure url=" https://a.example/x y.mp4" type="video/mp4" length="5000000"/>',
    '<enclosure><url>https://a.example/x y.mp4</url><type>video/mp4</type><length>5000000</length></enclosure>',
  ]) {
    expect(await filesOf(enclosure)).toMatchObject([
      { address: 'https://a.example/x%20y.mp4', sizeBytes: 5_000_000 },
    ]);
  }
  expect(await filesOf('<enclosure>https://a.example/z.mov</enclosure>')).toMatchObject([
    { container: 'mov' },
  ]);
});

test('relative, accented and protocol-relative addresses are made whole, and others are none', async () => {
  expect(await filesOf(`<media:content url="../pièce d'été.mp4" type="video/mp4"/>`)).toMatchObject([
    { address: "https://river.example/pi%C3%A8ce%20d'%C3%A9t%C3%A9.mp4", fileName: "pièce d'été.mp4" },
  ]);
  expect(await filesOf('<media:content url="//cdn.example/a.mp4" type="video/mp4"/>')).toMatchObject([
    { address: 'https://cdn.example/a.mp4' },
  ]);
  const files =
    await filesOf(`<enclosure url="ftp://a.example/x.mp4" type="video/mp4"/><enclosure url="https://u:p@a.example/x.mp4" type="video/mp4"/>
    <enclosure url="https://a.example/y.mp4" type="video/mp4"/>`);
  expect(files.map(({ address }) => address)).toEqual(['https://a.example/y.mp4']);
});

test('xml:base holds for the element it stands on and for what is in it', async () => {
  const files =
    await filesOf(`<media:group xml:base="https://cdn.example/v/"><media:content url="a.mp4" type="video/mp4"/>
    <media:content xml:base="hd/" url="a.mp4" type="video/mp4"/></media:group><enclosure url="b.mp4" type="video/mp4"/>`);
  expect(files.map(({ address }) => address)).toEqual([
    'https://cdn.example/v/a.mp4',
    'https://cdn.example/v/hd/a.mp4',
    'https://river.example/feeds/b.mp4',
  ]);
});

test('alternate enclosures of a podcast are files with their titles, over the web only', async () => {
  const files = await filesOf(`<enclosure url="https://a.example/e.mp3" type="audio/mpeg" length="4000000"/>
    <podcast:alternateEnclosure type="video/mp4" length="90000000" bitrate="4000000" height="1080" title="Original">
      <podcast:source uri="ipfs://Qm123"/><podcast:source uri="https://a.example/e.mp4"/></podcast:alternateEnclosure>
    <podcast:transcript url="https://a.example/e.vtt" type="text/vtt" language="en"/><itunes:duration>12:30</itunes:duration>`);
  expect(files).toMatchObject([
    { medium: 'video', role: 'Original', height: 1080, bitrate: 4_000_000, sizeBytes: 90_000_000 },
    { medium: 'audio' },
    { medium: 'captions', container: 'vtt', language: 'en' },
  ]);
});

test('players, pages, Flash and streams in pieces are no files, and an entry with nothing else is expected', async () => {
  for (const content of [
    '<media:content url="https://a.example/embed/77" type="video/mp4"/>',
    '<media:content url="https://a.example/v.swf" type="application/x-shockwave-flash" medium="video"/>',
    '<media:content url="https://a.example/live.m3u8" type="application/x-mpegURL" medium="video"/>',
    '<media:content medium="video"><media:player url="https://a.example/player?id=1"/></media:content>',
  ]) {
    const { status, renditions } = await assetOf(`<item><guid>1</guid><title>t</title>${content}</item>`);
    expect({ content, status, renditions }).toEqual({ content, status: 'expected', renditions: [] });
  }
});

test('a type that says nothing is filled by the file name, and one that nothing fills is no video', async () => {
  expect(
    await filesOf('<enclosure url="https://a.example/x.mxf" type="binary/octet-stream"/>'),
  ).toMatchObject([
    { medium: 'video', container: 'mxf', mediaType: 'binary/octet-stream', videoCodec: null },
  ]);
  const asset = await assetOf(item('<enclosure url="https://a.example/x" type="application/octet-stream"/>'));
  expect(asset.renditions.map(({ fileName }) => fileName)).toEqual(['r-1.mp4']);
});

test('a hash of the entry is that of its only clip, and of none when it has several', async () => {
  const hash = '<media:hash algo="md5">DFDEC888B72151965A34B4B59031290A</media:hash>';
  const one = '<media:content url="https://a.example/1.mp4" type="video/mp4"/>';
  expect((await filesOf(hash + one))[0]?.hash).toEqual({
    kind: 'md5',
    value: 'dfdec888b72151965a34b4b59031290a',
  });
  const two = await filesOf(`${hash}${one}<media:content url="https://a.example/2.mp4" type="video/mp4"/>`);
  expect(two.map((file) => file.hash)).toEqual([null, null]);
  const wrong = await filesOf(one.replace('/>', '><media:hash algo="md5">abc</media:hash></media:content>'));
  expect(wrong[0]?.hash).toBeNull();
});
