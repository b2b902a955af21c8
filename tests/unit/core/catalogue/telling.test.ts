import { expect, test } from 'vitest';
import {
  assetOf,
  hashOf,
  packTellings,
  tellingOf,
  unpackTellings,
} from '../../../../electron/core/catalogue/telling.ts';
import type { SourceAsset } from '../../../../electron/core/sources/source-model.ts';
import { aDate, aFile, anItem } from '../../../support/source-items.ts';

/** Every fact has a value of its own, so that none can be taken for another. */
const full: SourceAsset = {
  externalId: 'external',
  aliases: [
    { scheme: 'guid', value: 'g' },
    { scheme: 'page', value: 'p' },
  ],
  version: 'version',
  story: 'story',
  versionKind: 'b-roll',
  status: 'embargoed',
  statusReason: 'reason',
  notice: { kind: 'correction', text: 'notice' },
  title: 'title — θ "quoted"\u2028',
  teaser: 'teaser',
  synopsis: 'synopsis\nof two lines, with a lone \ud83d half',
  shotlist: '',
  transcript: 'transcript',
  dates: {
    filmed: aDate('2025-01-01', 'year'),
    event: { ...aDate('2025-02-01', 'day'), lastDay: '2025-02-03' },
    published: aDate('2025-03-01'),
    changed: aDate('2025-04-01', 'month'),
  },
  eventExternalId: 'event',
  place: 'place',
  country: 'country',
  people: [{ name: 'Ada', role: 'Speaker' }, { name: 'Ben' }],
  organisations: ['organisation'],
  keywords: ['keyword', 'another'],
  language: 'language',
  durationMs: 1,
  rights: {
    usageText: 'usage',
    creditLine: 'credit',
    copyright: 'copyright',
    licenceUrl: 'licence',
    editorialOnly: true,
    thirdParty: 'third',
    embargoUntilMs: 2,
    embargoText: 'embargo',
    expiresAtMs: 3,
    territories: 'territories',
  },
  pageUrl: 'page',
  pictureUrl: 'picture',
  renditions: [
    {
      externalId: 'file',
      medium: 'captions',
      role: 'role',
      fileName: 'name',
      address: 'address',
      mediaType: 'type',
      container: 'container',
      videoCodec: 'video',
      audioCodec: 'audio',
      width: 4,
      height: 5,
      rateNum: 6,
      rateDen: 7,
      scan: 'interlaced',
      startTimecode: '10:00:00:00',
      bitrate: 8,
      sizeBytes: 9,
      aboutBytes: 10,
      durationMs: 11,
      language: 'file language',
      hash: { kind: 'md5', value: 'hash' },
      etag: 'etag',
    },
    aFile('second'),
  ],
};

test('everything that can be told comes through as it was', () => {
  expect(assetOf(tellingOf(full))).toEqual(full);
  expect(assetOf(tellingOf(anItem('bare', { renditions: [] })))).toEqual(anItem('bare', { renditions: [] }));
});

test('the tellings of a page are the same in one piece as one by one', () => {
  const assets = [anItem('1'), full, anItem('2', { title: '', synopsis: 'Ωμέγα 😀' })];
  const unpacked = unpackTellings(packTellings(assets));
  expect(unpacked).toEqual(assets.map(tellingOf));
  expect(unpacked.map(assetOf)).toEqual(assets);
  expect(unpackTellings(packTellings([]))).toEqual([]);
});

test('a word that moves from one text to the next makes another telling', () => {
  const one = anItem('1', { teaser: 'harbour at', synopsis: ' dawn' });
  const other = anItem('1', { teaser: 'harbour', synopsis: ' at dawn' });
  expect(hashOf(tellingOf(one))).not.toEqual(hashOf(tellingOf(other)));
  expect(hashOf(tellingOf({ ...one, shotlist: '' }))).not.toEqual(
    hashOf(tellingOf({ ...one, shotlist: null })),
  );
});

test('a telling is known again by its hash, whatever the order in which its facts were put together', () => {
  const shuffled = Object.fromEntries(Object.entries(full).reverse()) as unknown as SourceAsset;
  expect(hashOf(tellingOf(shuffled))).toEqual(hashOf(tellingOf(structuredClone(full))));
});

test('no fact can change without the hash', () => {
  const hash = hashOf(tellingOf(full)).toString('hex');
  const others = Object.keys(full).map((key) => ({ ...full, [key]: anItem('x')[key as keyof SourceAsset] }));
  const rendition = full.renditions[0] ?? aFile('none');
  const files = Object.keys(rendition).map((key) => ({
    ...full,
    renditions: [{ ...rendition, [key]: 'changed' } as never],
  }));
  const rights = Object.keys(full.rights).map((key) => ({
    ...full,
    rights: { ...full.rights, [key]: 'changed' } as never,
  }));
  const dates = Object.keys(full.dates).map((key) => ({ ...full, dates: { ...full.dates, [key]: null } }));
  const hashes = [...others, ...files, ...rights, ...dates].map((one) =>
    hashOf(tellingOf(one)).toString('hex'),
  );
  expect(hashes).not.toContain(hash);
  expect(hashes.length).toBeGreaterThan(50);
});
