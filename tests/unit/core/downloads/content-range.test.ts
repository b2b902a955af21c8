import { expect, it } from 'vitest';
import { parseContentLength, parseContentRange } from '../../../../electron/core/downloads/content-range.ts';

it.each([
  ['bytes 0-9/100', { range: { first: 0, last: 9 }, sizeBytes: 100 }],
  ['Bytes 5-5/6', { range: { first: 5, last: 5 }, sizeBytes: 6 }],
  ['bytes 0-9/*', { range: { first: 0, last: 9 }, sizeBytes: null }],
  ['bytes */100', { range: null, sizeBytes: 100 }],
  ['bytes */0', { range: null, sizeBytes: 0 }],
])('reads %s', (text, parsed) => {
  expect(parseContentRange(text)).toEqual(parsed);
});

it.each([
  undefined,
  '',
  'bytes */*',
  'bytes 0-9',
  'bytes 9-0/100',
  'bytes 0-100/100',
  'bytes -5-9/100',
  'bytes 0-9/100, bytes 0-9/100',
  'bytes=0-9/100',
  'octets 0-9/100',
  'bytes 0 - 9/100',
  'bytes 0-9/1e3',
  'bytes 0-9/99999999999999999999',
  'bytes 9007199254740992-9007199254740993/9007199254740999',
])('refuses %s', (text) => {
  expect(parseContentRange(text)).toBeNull();
});

it('reads lengths of digits only', () => {
  expect(parseContentLength('100')).toBe(100);
  for (const text of ['-1', '1.5', '0x10', '1e3', '36893488147419103232', '', '5, 5']) {
    expect(parseContentLength(text)).toBeNull();
  }
});
