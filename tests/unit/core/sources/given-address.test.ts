import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { policyFor, readGivenAddress } from '../../../../electron/core/sources/given-address.ts';
import { tempDir } from '../../../support/temp.ts';

test('an address is taken as it is, without its fragment', () => {
  const { url, folder } = readGivenAddress(' https://feeds.example/video?lang=en#top ');
  expect([url.href, folder]).toEqual(['https://feeds.example/video?lang=en', null]);
});

test('a folder is taken by its path and by its file address', () => {
  const dir = join(tempDir(), 'ä folder');
  mkdirSync(dir);
  for (const given of [dir, pathToFileURL(dir).href]) {
    expect(readGivenAddress(given)).toMatchObject({ folder: dir, url: pathToFileURL(dir) });
  }
});

test.each([
  ['nothing at all', ''],
  ['a bare word', 'portal'],
  ['another scheme', 'ftp://portal.example/'],
  ['a script', 'javascript:alert(1)'],
  ['a name and password', 'https://me:word@portal.example/'],
  ['a folder that is not there', '/no/such/folder'],
  ['a file address of another machine', 'file://server/share'],
])('%s is refused as no address', (_what, given) => {
  expect(() => readGivenAddress(given)).toThrow(expect.objectContaining({ code: 'USAGE' }));
});

test('a file is no folder', () => {
  const file = join(tempDir(), 'a.xml');
  writeFileSync(file, '<rss/>');
  expect(() => readGivenAddress(file)).toThrow(/not a folder/);
});

test('only a source of this machine may use plain http and this machine by itself', () => {
  const plain = { insecureHttp: false, allowPrivate: false };
  expect(policyFor({ ...plain, url: 'http://127.0.0.1:8080/feed' })).toEqual({
    ...plain,
    loopbackHost: '127.0.0.1',
  });
  expect(policyFor({ ...plain, url: 'http://[::1]:8080/feed' })).toEqual({ ...plain, loopbackHost: '[::1]' });
  for (const url of ['https://127.0.0.1.example/', 'https://localhost.example/', 'http://10.0.0.1/']) {
    expect(policyFor({ ...plain, url })).toEqual(plain);
  }
});
