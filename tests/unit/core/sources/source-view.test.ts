import { expect, test } from 'vitest';
import { createVideoSitemapKind } from '../../../../electron/core/sources/video-sitemap/video-sitemap-kind.ts';
import { distinctNames, toSource } from '../../../../electron/core/sources/source-view.ts';
import { aSource } from './a-source.ts';

const namesOf = (...sources: { name: string; url: string }[]): string[] => [
  ...distinctNames(sources.map((one, n) => aSource({ ...one, id: String(n) }))).values(),
];

test('two sources of one name are told apart by host, and by address on one host', () => {
  expect(
    namesOf(
      { name: 'NATO Multimedia', url: 'https://portal1.example' },
      { name: 'Another', url: 'https://portal1.example/feed' },
      { name: 'nato multimedia', url: 'https://portal2.example:8443' },
    ),
  ).toEqual(['NATO Multimedia (portal1.example)', 'nato multimedia (portal2.example:8443)', 'Another']);
  expect(
    namesOf(
      { name: 'News', url: 'https://site.example/de.xml' },
      { name: 'News', url: 'https://site.example/fr.xml' },
      { name: 'News', url: 'file:///media/M%C3%BCnchen' },
    ),
  ).toEqual(['News (site.example/de.xml)', 'News (site.example/fr.xml)', 'News (/media/München)']);
});

const beside = {
  kind: createVideoSitemapKind(),
  hasKey: false,
  name: 'A name',
  assets: 3,
  wasRead: true,
  syncing: false,
  isScheduled: true,
};

test('a source whose catalogue was begun anew is unread again', () => {
  expect(toSource(aSource(), { ...beside, wasRead: false })).toMatchObject({
    state: 'never-synced',
    lastSyncAtMs: null,
  });
  expect(toSource(aSource(), beside)).toMatchObject({ state: 'ok', lastSyncAtMs: 1000 });
});

test('where nothing is read by itself, no next time is promised', () => {
  const source = aSource({ nextSyncAtMs: 5000 });
  expect(toSource(source, beside).nextSyncAtMs).toBe(5000);
  expect(toSource(source, { ...beside, isScheduled: false })).toMatchObject({
    nextSyncAtMs: null,
    everyMinutes: 15,
  });
});
