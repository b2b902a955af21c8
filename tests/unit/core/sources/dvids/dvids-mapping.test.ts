import { expect, test } from 'vitest';
import { toDvidsAsset } from '../../../../../electron/core/sources/dvids/dvids-mapping.ts';

const media = 'https://files.example.net/video/2509/DOD_111900001';
const told = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 'video:990001',
  title: 'Allied ships sail in the Baltic Sea &amp; beyond (MASTER)',
  description:
    'Allied ships sail.<br />\r\n---SHOTLIST—\r\n(00:00) WIDE SHOT – SHIPS\r\n(00:05) CLOSE UP – FLAG\r\n-- USAGE RIGHTS --\r\nThis media asset is free for editorial use. It contains third-party library material that must be cleared.',
  keywords: 'NATO, Baltic Sea; ships',
  date: '2025-09-06T00:00:00Z',
  date_published: '2025-09-08T22:30:00Z',
  timestamp: '2025-09-09T07:12:13Z',
  unit_name: 'Natochannel',
  virin: '250906-o-d0483-1001',
  location: { city: 'GDYNIA', state: '', country: 'Poland' },
  credit: [
    { name: 'Jo Doe', rank: 'Sgt.' },
    { name: 'Natochannel', rank: null },
  ],
  duration: 93,
  thumbnail: { url: 'https://files.example.net/thumbs/990001.jpg', width: 720 },
  url: 'https://www.dvidshub.net/video/990001/allied-ships?utm_source=x',
  closed_caption_urls: {
    srt: 'https://files.example.net/cc/990001.srt',
    webvtt: 'https://files.example.net/cc/990001.vtt',
  },
  files: [
    {
      src: `${media}-1024x576-1769k.mp4`,
      type: 'video/mp4',
      width: 1024,
      height: 576,
      size: 20_564_000,
      bitrate: 1769,
    },
    {
      src: `${media}.mp4`,
      type: 'binary/octet-stream',
      width: '1920',
      height: '1080',
      size: '198400123',
      bitrate: 17_000_000,
    },
  ],
  ...more,
});
const asset = (more: Record<string, unknown> = {}) => {
  const found = toDvidsAsset('video:990001', told(more));
  if (!found) throw new Error('It was not read.');
  return found;
};

test('an asset is read with its texts in their places', () => {
  expect(asset()).toMatchObject({
    externalId: 'video:990001',
    title: 'Allied ships sail in the Baltic Sea & beyond (MASTER)',
    versionKind: 'master',
    version: '2025-09-09T07:12:13Z',
    status: 'usable',
    synopsis: 'Allied ships sail.',
    shotlist: '(00:00) WIDE SHOT – SHIPS\n(00:05) CLOSE UP – FLAG',
    place: 'GDYNIA',
    country: 'Poland',
    organisations: ['Natochannel'],
    keywords: ['NATO', 'Baltic Sea', 'ships'],
    durationMs: 93_000,
    pictureUrl: 'https://files.example.net/thumbs/990001.jpg',
  });
});

test('filming is a day, publication and change are moments, and none stands in for another', () => {
  const { filmed, published, changed, event } = asset().dates;
  expect(filmed).toMatchObject({ precision: 'day', firstDay: '2025-09-06', atMs: null });
  expect(published).toMatchObject({
    precision: 'moment',
    atMs: Date.UTC(2025, 8, 8, 22, 30),
    firstDay: '2025-09-08',
  });
  expect(changed?.atMs).toBe(Date.UTC(2025, 8, 9, 7, 12, 13));
  expect(event).toBeNull();
  expect(asset({ date: '', date_published: null }).dates).toMatchObject({ filmed: null, published: null });
});

test('the delivered file comes first whatever its type is called, and derivatives by their size', () => {
  const [original, small, ...captions] = asset().renditions;
  expect(original).toMatchObject({
    externalId: 'video:990001/DOD_111900001.mp4',
    role: 'original',
    medium: 'video',
    mediaType: 'binary/octet-stream',
    container: 'mp4',
    width: 1920,
    height: 1080,
    sizeBytes: 198_400_123,
    bitrate: 17_000_000,
    hash: null,
  });
  expect(small).toMatchObject({ role: '1024x576-1769k', bitrate: 1_769_000 });
  expect(captions.map(({ medium, fileName }) => [medium, fileName])).toEqual([
    ['captions', '990001.srt'],
    ['captions', '990001.vtt'],
  ]);
});

test('one size claimed for every file is nobody’s exact size', () => {
  const files = ['.mp4', '-640x360-800k.mp4'].map((end) => ({
    src: media + end,
    type: 'video/mp4',
    size: 5_000_000,
  }));
  expect(
    asset({ files })
      .renditions.slice(0, 2)
      .map(({ sizeBytes, aboutBytes }) => [sizeBytes, aboutBytes]),
  ).toEqual([
    [null, 5_000_000],
    [null, 5_000_000],
  ]);
});

test('rights are separate facts with the words kept', () => {
  expect(asset().rights).toMatchObject({
    usageText:
      'This media asset is free for editorial use. It contains third-party library material that must be cleared.',
    creditLine: 'Sgt. Jo Doe, Natochannel',
    thirdParty: expect.stringContaining('third-party') as string,
  });
  expect(asset({ description: 'Ships.', credit: 'Courtesy video' }).rights).toMatchObject({
    usageText: null,
    creditLine: 'Courtesy video',
    editorialOnly: null,
    thirdParty: null,
  });
});

test('the VIRIN, the page and the files are names of this one item, without tracking', () => {
  const { aliases } = asset();
  expect(aliases).toContainEqual({ scheme: 'virin', value: '250906-O-D0483-1001' });
  expect(aliases).toContainEqual({
    scheme: 'page',
    value: 'https://www.dvidshub.net/video/990001/allied-ships',
  });
  expect(aliases.filter(({ scheme }) => scheme === 'media')).toHaveLength(2);
});

test('versions of one story share it', () => {
  const stories = ['Ships sail - MASTER', 'Ships sail - MASTERSUBS', 'Ships sail - B-ROLL'].map((title) =>
    asset({ title }),
  );
  expect(stories.map(({ versionKind }) => versionKind)).toEqual(['master', 'subtitled', 'b-roll']);
  expect(new Set(stories.map(({ story }) => story)).size).toBe(1);
});

test('a shotlist inside the transcript is found', () => {
  const description = 'Ships.\n-- TRANSCRIPT --\nSHOTLIST\n(00:00) SHIPS\n(00:10) FLAG';
  expect(asset({ description }).shotlist).toContain('(00:10) FLAG');
});

test.each(['(UNDISCLOSED LOCATION)', 'UNDISCLOSED LOCATION', 'No-Data-Available', '', null])(
  'the place %j is none',
  (city) => {
    expect(asset({ location: { city, state: null, country: 'Poland' } }).place).toBeNull();
  },
);

test('captions as a list, or not at all, are read for what they are', () => {
  const captions = (value: unknown): number =>
    asset({ closed_caption_urls: value }).renditions.filter(({ medium }) => medium === 'captions').length;
  expect(
    [['https://a.example/1.srt'], [{ url: 'https://a.example/1.vtt' }], [], null, {}, ''].map(captions),
  ).toEqual([1, 1, 0, 0, 0, 0]);
});

test('a video that is announced without files is expected', () => {
  for (const files of [undefined, null, [], [{ src: '', type: 'video/mp4' }]]) {
    expect(asset({ files, closed_caption_urls: null })).toMatchObject({ status: 'expected', renditions: [] });
  }
});

test('what has no title is none', () => {
  expect(toDvidsAsset('video:1', told({ title: ' ' }))).toBeNull();
});
