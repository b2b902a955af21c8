import { expect, it } from 'vitest';
import { isBypassed, isOwnMachine } from '../../../../electron/core/http/bypass.ts';

it.each([
  ['https://files.test/', '*', true],
  ['https://files.test/', 'files.test', true],
  ['https://a.files.test/', 'files.test', true],
  ['https://afiles.test/', 'files.test', false],
  ['https://FILES.test/', 'files.TEST', true],
  ['https://files.test./', 'files.test', true],
  ['https://a.files.test/', '.files.test', true],
  ['https://files.test/', '.files.test', true],
  ['https://a.files.test/', '*.files.test', true],
  ['https://files.test/', '*.files.test', false],
  ['https://files.test/', 'other.test, files.test', true],
  ['https://files.test/', 'other.test;files.test', true],
  ['https://files.test/', 'files.test:443', true],
  ['https://files.test:8443/', 'files.test:443', false],
  ['http://files.test/', 'files.test:80', true],
  ['https://files.test/', 'http://files.test', true],
  ['http://10.1.2.3/', '10.0.0.0/8', true],
  ['http://11.1.2.3/', '10.0.0.0/8', false],
  ['http://10.1.2.3/', '10.1.*', true],
  ['http://10.1.2.3/', '10.1.2.3', true],
  ['http://[fd00::1]/', 'fd00::/8', true],
  ['http://[fd00::1]/', '[fd00::1]:80', true],
  ['http://[fd00::1]/', 'fd00::1', true],
  ['http://intranet/', '<local>', true],
  ['http://intra.net/', '<local>', false],
  ['http://[::1]/', '<local>', false],
  ['https://files.test/', '', false],
  ['https://files.test/', ' , ;', false],
  ['https://files.test/', '10.0.0.0/99, /, 1/2/3, [', false],
  ['https://filesXtest/', 'files.test', false],
])('%s with "%s": %s', (url, list, wanted) => {
  expect(isBypassed(new URL(url), list)).toBe(wanted);
});

it.each([
  ['http://localhost:3000/', true],
  ['http://a.localhost/', true],
  ['http://127.9.9.9/', true],
  ['http://[::1]/', true],
  ['http://10.0.0.1/', false],
  ['http://localhost.example.org/', false],
])('%s is this machine: %s', (url, wanted) => {
  expect(isOwnMachine(new URL(url))).toBe(wanted);
});
