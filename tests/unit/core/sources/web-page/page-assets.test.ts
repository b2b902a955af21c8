import { expect, test } from 'vitest';
import type { SourceAsset } from '../../../../../electron/core/sources/source-model.ts';
import { linked, one, readHtml, video } from './read-html.ts';

test('a video in JSON-LD is told with all that schema.org has words for', () => {
  const asset = one(
    linked({
      ...video,
      description: '<p>Vehicles cross the bridge.</p>',
      uploadDate: '2025-03-11T00:30:00+02:00',
      dateModified: '2025-03-12',
      duration: 'PT34M39.23S',
      contentUrl: '//media.example/convoy.mp4',
      embedUrl: 'https://news.example/embed/7',
      thumbnailUrl: ['//img.example/a.jpg', 'https://img.example/b.jpg'],
      contentSize: '25 MB',
      bitrate: '2500 kbps',
      width: { '@type': 'QuantitativeValue', value: 1920 },
      height: '1080px',
      encodingFormat: 'video/mp4',
      inLanguage: { '@type': 'Language', name: 'French', alternateName: 'fr' },
      contentLocation: {
        '@type': 'Place',
        name: 'Tapa',
        address: { '@type': 'PostalAddress', addressCountry: 'Estonia' },
      },
      keywords: 'bridge, river ; bridge',
      actor: { '@type': 'Person', name: 'A. Soldier' },
      author: { '@type': 'Organization', name: 'Example News' },
      copyrightNotice: '© Example 2025',
      creditText: 'Example/Smith',
      license: 'https://creativecommons.org/licenses/by/4.0/',
      usageInfo: 'For editorial use only.',
      acquireLicensePage: '/licences',
      isAccessibleForFree: 'False',
      expires: '2026-01-01T00:00:00Z',
      ineligibleRegion: [{ '@type': 'Country', name: 'RU' }, 'BY'],
      regionsAllowed: 'BE',
      transcript: 'SOUNDBITE: Hello.',
    }),
  );
  expect(asset).toMatchObject({
    externalId: 'https://news.example/en/video/convoy',
    title: 'Convoy crosses the river',
    status: 'usable',
    synopsis: 'Vehicles cross the bridge.',
    transcript: 'SOUNDBITE: Hello.',
    dates: {
      filmed: null,
      event: null,
      published: { precision: 'moment', firstDay: '2025-03-11' },
      changed: { precision: 'day', firstDay: '2025-03-12' },
    },
    durationMs: 2_079_230,
    language: 'fr',
    place: 'Tapa',
    country: 'Estonia',
    keywords: ['bridge', 'river'],
    people: [{ name: 'A. Soldier', role: 'actor' }],
    organisations: ['Example News'],
    pictureUrl: 'https://img.example/a.jpg',
    rights: {
      copyright: '© Example 2025',
      creditLine: 'Example/Smith',
      licenceUrl: 'https://creativecommons.org/licenses/by/4.0/',
      usageText:
        'For editorial use only.\nLicence to be had at: https://news.example/licences\nNot accessible for free.',
      expiresAtMs: Date.UTC(2026, 0, 1),
      territories: 'Only in: BE; Not in: RU, BY',
    },
  });
  expect(asset.renditions).toMatchObject([
    {
      address: 'https://media.example/convoy.mp4',
      fileName: 'convoy.mp4',
      sizeBytes: null,
      aboutBytes: 25_000_000,
      bitrate: 2_500_000,
      width: 1920,
      height: 1080,
      container: 'mp4',
    },
  ]);
});

test('a picture may be a text or a list, and a player alone makes a video that is expected', () => {
  const asset = one(
    linked({ ...video, thumbnailUrl: 'https://img.example/a.jpg', embedUrl: 'https://news.example/embed/7' }),
  );
  expect(asset).toMatchObject({
    pictureUrl: 'https://img.example/a.jpg',
    status: 'expected',
    renditions: [],
  });
  expect(one(linked({ ...video, thumbnail_url: '//img.example/b.jpg' })).pictureUrl).toBe(
    'https://img.example/b.jpg',
  );
});

test('a video is found in a graph, in a list, in an article and in the parts of a page', () => {
  for (const data of [
    { '@context': 'https://schema.org', '@graph': [{ '@type': 'WebPage' }, video] },
    [{ '@type': 'Organization', name: 'X' }, video],
    { '@type': 'NewsArticle', headline: 'Article', video },
    { '@type': 'WebPage', hasPart: [{ '@type': 'WebPageElement', mainEntity: video }] },
    { ...video, '@type': ['CreativeWork', 'http://schema.org/VideoObject'] },
    { '@type': 'schema:VideoObject', 'schema:name': 'Convoy crosses the river' },
  ]) {
    expect(one(linked(data)).title).toBe('Convoy crosses the river');
  }
});

test('the files, chapters and kin of a video are no videos of the page', () => {
  const asset = one(
    linked({
      ...video,
      encoding: [
        {
          '@type': 'VideoObject',
          contentUrl: '/f/hd.mp4',
          contentSize: '25869129',
          videoQuality: 'HD',
          bitrate: '8000000',
        },
        { '@type': 'MediaObject', contentUrl: '/f/original.mxf', encodingFormat: 'application/mxf' },
      ],
      caption: { '@type': 'MediaObject', contentUrl: '/f/convoy.vtt', inLanguage: 'en' },
      hasPart: [{ '@type': 'Clip', name: 'Start', startOffset: 0 }],
      isPartOf: { '@type': 'VideoObject', name: 'Series' },
    }),
  );
  expect(asset.renditions).toMatchObject([
    { fileName: 'hd.mp4', medium: 'video', role: 'HD', sizeBytes: 25_869_129, bitrate: 8_000_000 },
    { fileName: 'original.mxf', container: 'mxf', sizeBytes: null },
    { fileName: 'convoy.vtt', medium: 'captions', language: 'en', durationMs: null },
  ]);
});

test('the size of the original claimed for every file is no exact size of any', () => {
  const asset = one(
    linked({
      ...video,
      encoding: ['a', 'b'].map((name) => ({ contentUrl: `/f/${name}.mp4`, contentSize: '1000' })),
    }),
  );
  expect(asset.renditions).toMatchObject([
    { sizeBytes: null, aboutBytes: 1000 },
    { sizeBytes: null, aboutBytes: 1000 },
  ]);
});

test('an article lends its title and its day where the video has none, and no more', () => {
  const asset = one(
    linked({
      '@type': 'NewsArticle',
      headline: 'The river is crossed',
      datePublished: '2025-03-11',
      description: 'An article.',
      video: { '@type': 'VideoObject', contentUrl: '/f/a.mp4' },
    }),
  );
  expect(asset).toMatchObject({ title: 'The river is crossed', synopsis: null });
  expect(asset.dates).toMatchObject({
    published: { firstDay: '2025-03-11', precision: 'day' },
    filmed: null,
  });
});

test('things told by id elsewhere on the page are put in their place', () => {
  const asset = one(
    linked({
      '@graph': [
        {
          '@type': 'NewsArticle',
          '@id': '#article',
          headline: 'A',
          datePublished: '2025-03-11',
          video: { '@id': '#video' },
        },
        { ...video, '@id': '#video', publisher: { '@id': '#org' }, contentUrl: '/a.mp4' },
        { '@type': 'Organization', '@id': '#org', name: 'Example News' },
      ],
    }),
  );
  expect(asset).toMatchObject({
    organisations: ['Example News'],
    dates: { published: { firstDay: '2025-03-11' } },
  });
});

test('the days of what was recorded are those of the event, from first to last', () => {
  const asset = one(
    linked({
      ...video,
      recordedAt: {
        '@type': 'Event',
        startDate: '2025-03-10',
        endDate: '2025-03-12',
        location: { name: 'Riga' },
      },
    }),
  );
  expect(asset.dates.event).toMatchObject({
    precision: 'day',
    firstDay: '2025-03-10',
    lastDay: '2025-03-12',
  });
  expect(asset.place).toBe('Riga');
});

test('a broadcast that goes on is expected, one that has ended is a file', () => {
  const live = (publication: object): SourceAsset =>
    one(
      linked({
        ...video,
        contentUrl: '/a.mp4',
        publication: { '@type': 'BroadcastEvent', isLiveBroadcast: true, ...publication },
      }),
    );
  expect(live({ startDate: '2025-03-11T10:00:00Z' })).toMatchObject({
    status: 'expected',
    statusReason: 'live',
  });
  expect(live({ endDate: '2025-03-11T11:00:00Z' }).status).toBe('usable');
});

test('broken data of one script costs that script, is told, and the others are read', () => {
  const { assets, failures } = readHtml(
    `<script type="application/ld+json">{"@type": "VideoObject", "name": }</script>${linked(video)}`,
  );
  expect(assets).toHaveLength(1);
  expect(failures).toMatchObject([{ why: expect.stringContaining('1 of its scripts') }]);
});

test('two videos of one name are two where their pages, players or files are', () => {
  for (const name of ['url', 'embedUrl', 'contentUrl']) {
    const graph = ['a', 'b'].map((id) => ({ ...video, [name]: `/x/${id}.mp4` }));
    expect(readHtml(linked({ '@graph': graph })).assets).toHaveLength(2);
  }
  expect(readHtml(linked(video, { ...video, description: 'Told twice.' })).assets).toMatchObject([
    { synopsis: 'Told twice.' },
  ]);
});

test('material of others and the limits of use are told apart, and a shotlist within a transcript is one', () => {
  const asset = one(
    linked({
      ...video,
      usageInfo: 'Free for editorial use only.',
      description: 'Convoy. Contains third-party library material that must be cleared.',
      transcript: 'VOICEOVER: They cross.\n\nSHOTLIST\n(00:05) WIDE SHOT – BRIDGE',
    }),
  );
  expect(asset.rights).toMatchObject({
    usageText: 'Free for editorial use only.',
    editorialOnly: true,
    thirdParty: 'Contains third-party library material that must be cleared.',
  });
  expect(asset.shotlist).toContain('WIDE SHOT');
  expect(asset.transcript).not.toContain('WIDE SHOT');
});
