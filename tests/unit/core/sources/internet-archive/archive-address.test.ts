import { expect, test } from 'vitest';
import { readArchiveAddress } from '../../../../../electron/core/sources/internet-archive/archive-address.ts';

const read = (url: string) => readArchiveAddress(new URL(url));

test.each([
  ['https://archive.org/details/newsreels', { item: 'newsreels' }],
  ['https://www.archive.org/details/newsreels?tab=collection&query=x', { item: 'newsreels' }],
  ['http://archive.org/download/reel_1942.b/reel%20one.mp4', { item: 'reel_1942.b' }],
  ['https://archive.org/metadata/reel-1942/files', { item: 'reel-1942' }],
  ['https://archive.org/search?query=creator%3ANATO', { query: 'creator:NATO' }],
  ['https://archive.org/search.php?query=berlin+1961', { query: 'berlin 1961' }],
  ['https://archive.org/advancedsearch.php?q=berlin&rows=5&output=json', { query: 'berlin' }],
])('%s is understood', (url, wish) => {
  expect(read(url)).toEqual({ base: 'https://archive.org', official: true, ...wish });
});

test.each([
  'https://archive.org/',
  'https://archive.org/details/',
  'https://archive.org/details/@someone',
  'https://archive.org/search?query=',
  'https://web.archive.org/web/2020/https://x.example/details/a',
  'https://news.example/details/newsreels',
  'https://news.example/search?query=x',
])('%s is none of it', (url) => {
  expect(read(url)).toBeNull();
});

test('a mirror is looked for at the paths of the API alone', () => {
  const mirror = { base: 'https://mirror.example', official: false };
  expect(read('https://mirror.example/metadata/newsreels')).toEqual({ ...mirror, item: 'newsreels' });
  expect(read('https://mirror.example/services/search/v1/scrape?q=x')).toEqual({ ...mirror, query: 'x' });
});
