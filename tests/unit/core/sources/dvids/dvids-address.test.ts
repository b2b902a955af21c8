import { expect, test } from 'vitest';
import { readDvidsAddress } from '../../../../../electron/core/sources/dvids/dvids-address.ts';

const read = (url: string) => readDvidsAddress(new URL(url));
const base = 'https://api.dvidshub.net';

test.each([
  ['https://www.dvidshub.net/unit/Natochannel', { unit: 'Natochannel' }],
  ['https://dvidshub.net/unit/Natochannel/', { unit: 'Natochannel' }],
  ['https://www.dvidshub.net/unit/1-77%20AR', { unit: '1-77 AR' }],
  ['https://www.dvidshub.net/rss/unit/1234', { unit_id: '1234' }],
  ['https://www.dvidshub.net/search?q=baltic+air&sort=date', { q: 'baltic air' }],
  [
    'https://www.dvidshub.net/search/?filter%5Bunit%5D=Natochannel&filter%5Btype%5D=video',
    { unit: 'Natochannel' },
  ],
  [
    'https://api.dvidshub.net/search?unit=Natochannel&category=B-Roll&max_results=5',
    { unit: 'Natochannel', category: 'B-Roll' },
  ],
])('%s is understood', (url, filters) => {
  expect(read(url)).toMatchObject({ base, official: true, filters });
});

test.each([
  'https://www.dvidshub.net/',
  'https://www.dvidshub.net/video/990001/convoy',
  'https://www.dvidshub.net/search?sort=date',
  'https://www.dvidshub.net/unit/',
  'https://notdvidshub.net/news',
])('%s is none of it', (url) => {
  expect(read(url)).toBeNull();
});

test('a key in the address goes no further', () => {
  const found = read('https://api.dvidshub.net/search?api_key=key-secret&unit=Natochannel');
  expect(JSON.stringify(found)).not.toContain('secret');
  expect(found?.url).toBe('https://www.dvidshub.net/unit/Natochannel');
});

test('another host is asked at its own address, and a name like it is another host', () => {
  const mirror = { base: 'https://mirror.example:8443', official: false };
  expect(read('https://mirror.example:8443/unit/Natochannel')).toMatchObject(mirror);
  expect(read('https://dvidshub.net.example/unit/x')).toMatchObject({ official: false });
});
