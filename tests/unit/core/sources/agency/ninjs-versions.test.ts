import { expect, test } from 'vitest';
import { assetOf } from './read-one.ts';

const plain = {
  uri: 'urn:x:1',
  type: 'video',
  version: '4',
  firstcreated: '2026-03-04T08:00:00Z',
  versioncreated: '2026-03-05T10:00:00Z',
  contentcreated: '2026-03-03',
  pubstatus: 'usable',
  located: 'Riga',
  usageterms: 'Editorial use only.',
  copyrightholder: 'Example Agency',
  language: 'en-GB',
};
const video = { href: 'https://f.example/a.mp4', height: 1080, sizeinbytes: 7, duration: 95.5 };

const versionOne = {
  ...plain,
  headline: 'Bridge reopens',
  description_text: 'Traffic crosses the bridge.',
  body_shotlist: '00:05 Lorries\n00:12 Mayor',
  place: [{ name: 'Latvia', scheme: 'http://cv.iptc.org/newscodes/iso3166-1a2' }],
  person: [{ name: 'Ilze Ozola' }],
  organisation: [{ name: 'City of Riga' }],
  subject: [{ name: 'Transport', code: '1' }],
  event: [{ name: 'Reopening', code: 'ev1' }],
  byline: 'Jānis Bērziņš',
  renditions: {
    main: { ...video, mimetype: 'video/mp4', width: '1920' },
    thumb: { href: 'https://f.example/a.jpg', mimetype: 'image/jpeg', width: 320 },
  },
};

const versionTwo = {
  ...plain,
  headlines: [
    { role: 'short', value: 'Bridge' },
    { role: 'main', value: 'Bridge reopens' },
  ],
  descriptions: [{ role: 'caption', value: '<p>Traffic crosses the bridge.</p>' }],
  bodies: [{ role: 'shotlist', value: '00:05 Lorries<br/>00:12 Mayor' }],
  places: [{ name: 'Latvia', uri: 'http://cv.iptc.org/newscodes/iso3166-1a2/LV' }],
  people: [{ name: 'Ilze Ozola', rel: 'about' }],
  organisations: [{ name: 'City of Riga' }],
  subjects: [{ name: 'Transport' }],
  events: [{ name: 'Reopening', uri: 'ev1' }],
  by: 'Jānis Bērziņš',
  renditions: [
    { ...video, name: 'main', contenttype: 'video/mp4', width: 1920 },
    { name: 'thumb', href: 'https://f.example/a.jpg', contenttype: 'image/jpeg', width: 320 },
  ],
};

/** Version 3 has the fields of version 2 in camel case. */
const spelt: Readonly<Record<string, string>> = {
  firstcreated: 'firstCreated',
  versioncreated: 'versionCreated',
  contentcreated: 'contentCreated',
  pubstatus: 'pubStatus',
  usageterms: 'usageTerms',
  copyrightholder: 'copyrightHolder',
  contenttype: 'contentType',
  sizeinbytes: 'sizeInBytes',
};

function inCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inCamelCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inside]) => [spelt[key] ?? key, inCamelCase(inside)]),
  );
}

test('version 1 is read with its place, people, files and four dates', async () => {
  expect(await assetOf(versionOne)).toMatchObject({
    externalId: 'urn:x:1',
    version: '4',
    status: 'usable',
    title: 'Bridge reopens',
    synopsis: 'Traffic crosses the bridge.',
    shotlist: '00:05 Lorries\n00:12 Mayor',
    transcript: null,
    place: 'Riga',
    country: 'Latvia',
    people: [{ name: 'Ilze Ozola' }, { name: 'Jānis Bērziņš', role: 'by' }],
    organisations: ['City of Riga'],
    keywords: ['Transport'],
    eventExternalId: 'ev1',
    language: 'en-gb',
    durationMs: 95_500,
    pictureUrl: 'https://f.example/a.jpg',
    rights: { usageText: 'Editorial use only.', copyright: 'Example Agency', editorialOnly: true },
    renditions: [
      { externalId: 'urn:x:1#main', sizeBytes: 7, width: 1920, height: 1080, address: video.href },
    ],
    dates: {
      filmed: { precision: 'day', firstDay: '2026-03-03' },
      published: { firstDay: '2026-03-04' },
      changed: { firstDay: '2026-03-05' },
      event: null,
    },
  });
});

test('versions 2 and 3 of ninjs say the same in their own spelling and come to the same', async () => {
  const versionThree = inCamelCase(versionTwo);
  expect(versionThree).toHaveProperty('versionCreated');
  expect(await assetOf({ items: [versionTwo] })).toEqual(await assetOf(versionOne));
  expect(await assetOf(versionThree)).toEqual(await assetOf(versionOne));
});
