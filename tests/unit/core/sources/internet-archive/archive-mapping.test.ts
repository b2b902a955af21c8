import { expect, test } from 'vitest';
import { readArchiveItem } from '../../../../../electron/core/sources/internet-archive/archive-mapping.ts';

const base = 'https://archive.org';
const original = {
  name: 'reels/Reel one, part 1.mov',
  source: 'original',
  format: 'QuickTime',
  size: '734003200',
  length: '93.48',
  width: '1080',
  height: '1920',
  md5: '0CC175B9C0F1B6A831C399E269772661',
  sha1: '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8',
};
const derived = (name: string, more: Record<string, unknown> = {}) => ({
  name,
  source: 'derivative',
  original: original.name,
  format: 'h.264',
  size: '1834003200',
  length: '93.51',
  width: '640',
  height: '480',
  md5: '92eb5ffee6ae2fec3ad71c777531578f',
  ...more,
});
const meta = {
  identifier: 'reel-1',
  mediatype: 'movies',
  title: 'Reel one',
  description: '<div>A bridge &amp; a river.<br />Silent.</div>',
  subject: 'bridge; river;;bridge',
  creator: 'Army Film Unit',
  date: '1942-06',
  publicdate: '2012-03-04 05:06:07',
  language: 'eng',
  licenseurl: 'http://creativecommons.org/publicdomain/mark/1.0/',
};
const told = (more: Record<string, unknown> = {}, facts: Record<string, unknown> = {}) => ({
  created: 1_763_869_000,
  item_last_updated: 1_700_000_000,
  files: [
    { name: 'reel-1_meta.xml', source: 'metadata', format: 'Metadata' },
    derived('reel-1_512kb.mp4', { format: '512Kb MPEG4' }),
    original,
    derived('reel-1.mp4'),
    derived('reel-1.ogv', { format: 'Ogg Video' }),
    { name: 'reel-1.thumbs/reel-1_000001.jpg', source: 'derivative', format: 'Thumbnail' },
    { name: 'reel-1.en.srt', source: 'original', format: 'SubRip', size: '812', width: '0', height: '0' },
    { name: 'reel-1_archive.torrent', source: 'metadata', format: 'Archive BitTorrent' },
  ],
  metadata: { ...meta, ...facts },
  ...more,
});
const asset = (facts: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => {
  const found = readArchiveItem(base, 'reel-1', told(more, facts));
  if (found.kind !== 'asset') throw new Error(`It was ${found.kind}.`);
  return found.asset;
};

test('an item is read with its texts plain and its version by the last change', () => {
  expect(asset()).toMatchObject({
    externalId: 'reel-1',
    title: 'Reel one',
    version: '1700000000000',
    status: 'usable',
    synopsis: 'A bridge & a river.\nSilent.',
    keywords: ['bridge', 'river'],
    durationMs: 93_480,
    pageUrl: 'https://archive.org/details/reel-1',
    pictureUrl: 'https://archive.org/services/img/reel-1',
  });
});

test('the day of the film and the day it came into the Archive are two', () => {
  const { filmed, published } = asset().dates;
  expect(filmed).toMatchObject({ precision: 'month', firstDay: '1942-06-01', lastDay: '1942-06-30' });
  expect(published).toMatchObject({ firstDay: '2012-03-04' });
  expect(asset({ date: undefined, year: '1942' }).dates.filmed).toMatchObject({ precision: 'year' });
});

test('one value or a list under the same key is the same', () => {
  const many = asset({
    title: ['Reel one', 'Spool 1'],
    description: ['<p>A bridge.</p>', '<p>Silent.</p>'],
    subject: ['bridge', 'river'],
    creator: ['Army Film Unit', 'J. Doe'],
    mediatype: ['movies'],
  });
  expect(many).toMatchObject({
    title: 'Reel one',
    synopsis: 'A bridge.\n\nSilent.',
    keywords: ['bridge', 'river'],
    rights: { creditLine: 'Army Film Unit, J. Doe' },
  });
});

test('films and captions are files, and nothing else is; the deposited one leads though a derivative is larger', () => {
  expect(asset().renditions.map(({ fileName, role, medium }) => [fileName, role, medium])).toEqual([
    ['Reel one, part 1.mov', 'original', 'video'],
    ['reel-1_512kb.mp4', 'derivative', 'video'],
    ['reel-1.mp4', 'derivative', 'video'],
    ['reel-1.ogv', 'derivative', 'video'],
    ['reel-1.en.srt', 'original', 'captions'],
  ]);
});

test('numbers told as text are numbers, a portrait stays upright, and three rows of one size stay three files', () => {
  const [first, ...rest] = asset().renditions;
  expect(first).toMatchObject({ width: 1080, height: 1920, sizeBytes: 734_003_200, durationMs: 93_480 });
  const sized = rest.filter(({ width }) => width === 640);
  expect(sized.map(({ mediaType, sizeBytes }) => [mediaType, sizeBytes])).toEqual([
    ['512Kb MPEG4', 1_834_003_200],
    ['h.264', 1_834_003_200],
    ['Ogg Video', 1_834_003_200],
  ]);
  expect(rest.at(-1)).toMatchObject({ width: null, height: null, durationMs: null, language: 'en' });
});

test('a file in a folder, with spaces and a comma, has an address that can be asked', () => {
  expect(asset().renditions[0]?.address).toBe(
    'https://archive.org/download/reel-1/reels/Reel%20one%2C%20part%201.mov',
  );
});

test('the strongest hash is promised, in lower case, and a broken one is not', () => {
  expect(asset().renditions[0]?.hash).toEqual({ kind: 'sha1', value: original.sha1 });
  const files = [{ ...original, sha1: undefined }, derived('b.mp4', { md5: 'none' })];
  expect(asset({}, { files }).renditions.map(({ hash }) => hash)).toEqual([
    { kind: 'md5', value: original.md5.toLowerCase() },
    null,
  ]);
});

test('a private file is not offered, and an item of private files alone is withheld', () => {
  const files = [{ ...original, private: 'true' }, derived('reel-1.mp4')];
  expect(asset({}, { files })).toMatchObject({ status: 'usable', renditions: [{ fileName: 'reel-1.mp4' }] });
  expect(asset({}, { files: files.slice(0, 1) })).toMatchObject({ status: 'withheld', renditions: [] });
  expect(asset({ 'access-restricted-item': 'true' }).status).toBe('withheld');
});

test('an item without any film yet is expected', () => {
  expect(asset({}, { files: [] })).toMatchObject({ status: 'expected', renditions: [] });
});

test('rights are the licence and the words, unknown where neither is told', () => {
  expect(asset().rights).toMatchObject({
    licenceUrl: 'http://creativecommons.org/publicdomain/mark/1.0/',
    usageText: null,
    editorialOnly: null,
  });
  const rights = ['<a href="http://x.example">Terms & Conditions</a>', 'No known restrictions.'];
  expect(asset({ rights }).rights.usageText).toBe('Terms & Conditions\n\nNo known restrictions.');
});

test('a name it has elsewhere is an alias, a name of its own kind of file is not', () => {
  const { aliases } = asset({
    'external-identifier': ['urn:example:42', 'x-42'],
    originalurl: 'https://films.example/42?utm_source=a',
  });
  expect(aliases).toContainEqual({ scheme: 'guid', value: 'urn:example:42' });
  expect(aliases).toContainEqual({ scheme: 'page', value: 'https://films.example/42' });
  expect(aliases).toContainEqual({ scheme: 'sha1', value: original.sha1 });
  expect(aliases.filter(({ scheme }) => ['md5', 'sha1'].includes(scheme))).toHaveLength(1);
  expect(aliases.map(({ value }) => value)).not.toContain('x-42');
});

test('an older answer has its last change in a list of stamps', () => {
  const updatedate = ['2013-01-02 03:04:05', '2012-01-01 00:00:00'];
  expect(asset({ updatedate }, { item_last_updated: undefined }).version).toBe(
    String(Date.UTC(2013, 0, 2, 3, 4, 5)),
  );
});

test('a path out of its folder is no file', () => {
  expect(asset({}, { files: [derived('../../etc/x.mp4')] }).renditions).toEqual([]);
});

test.each([
  [{}, 'gone'],
  [{ is_dark: true, dir: '/1/items/reel-1' }, 'gone'],
  [{ error: "Couldn't locate item 'reel-1'" }, 'gone'],
  [{ error: 'Internal error' }, 'odd'],
  [{ servers_unavailable: true, metadata: meta }, 'odd'],
  [{ files: [] }, 'odd'],
  [{ metadata: { ...meta, mediatype: 'texts' } }, 'other'],
  [{ is_collection: true, metadata: { ...meta, mediatype: 'collection' } }, 'other'],
])('%j is %s', (answer, kind) => {
  expect(readArchiveItem(base, 'reel-1', answer).kind).toBe(kind);
});
