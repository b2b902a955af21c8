import { expect, test } from 'vitest';
import { withScheme } from '../../../../renderer/src/lib/with-scheme.ts';

test('a host without a scheme is spoken to with encryption', () => {
  expect(withScheme('portal.example')).toBe('https://portal.example');
  expect(withScheme('portal.example:8443/news')).toBe('https://portal.example:8443/news');
  expect(withScheme('localhost.example')).toBe('https://localhost.example');
});

test('a portal on this machine has no certificate', () => {
  expect(withScheme('localhost:4817')).toBe('http://localhost:4817');
  expect(withScheme('127.0.0.1:4817')).toBe('http://127.0.0.1:4817');
  expect(withScheme('[::1]:4817')).toBe('http://[::1]:4817');
});

test('a scheme that was typed is left for the core to judge', () => {
  expect(withScheme('http://portal.example')).toBe('http://portal.example');
  expect(withScheme('ftp://portal.example')).toBe('ftp://portal.example');
});

test('the path of a folder is no host', () => {
  for (const path of ['/srv/agency/in', 'C:\\Agency\\in', 'd:/agency', '\\\\server\\agency\\in']) {
    expect(withScheme(path)).toBe(path);
  }
});
