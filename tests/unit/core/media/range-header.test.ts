import { describe, expect, test } from 'vitest';
import { readRange } from '../../../../electron/core/media/range-header.ts';

describe('the Range header against a file of 1000 bytes', () => {
  test.each([
    [null, { kind: 'whole' }],
    ['', { kind: 'whole' }],
    ['bytes=0-', { kind: 'part', start: 0, end: 999 }],
    ['bytes=0-0', { kind: 'part', start: 0, end: 0 }],
    ['bytes=999-999', { kind: 'part', start: 999, end: 999 }],
    ['bytes=10-5000', { kind: 'part', start: 10, end: 999 }],
    ['bytes=-1', { kind: 'part', start: 999, end: 999 }],
    ['bytes=-5000', { kind: 'part', start: 0, end: 999 }],
    ['Bytes= 1-2 ', { kind: 'part', start: 1, end: 2 }],
    ['bytes=-0', { kind: 'unsatisfiable' }],
    ['bytes=1000-', { kind: 'unsatisfiable' }],
    ['bytes=1000-2000', { kind: 'unsatisfiable' }],
    ['bytes=99999999999999999999999-', { kind: 'unsatisfiable' }],
    ['bytes=0-99999999999999999999999', { kind: 'part', start: 0, end: 999 }],
    ['bytes=5-4', { kind: 'whole' }],
    ['bytes=0-1,5-6', { kind: 'whole' }],
    ['bytes=-', { kind: 'whole' }],
    ['bytes=a-b', { kind: 'whole' }],
    ['bytes=0x1-2', { kind: 'whole' }],
    ['bytes=--1', { kind: 'whole' }],
    ['bytes=1.5-2', { kind: 'whole' }],
    ['items=0-1', { kind: 'whole' }],
    ['bytes', { kind: 'whole' }],
  ])('%s', (header, expected) => {
    expect(readRange(header, 1000)).toEqual(expected);
  });

  test('an empty file has no part to give', () => {
    expect(readRange('bytes=0-', 0)).toEqual({ kind: 'unsatisfiable' });
    expect(readRange('bytes=-1', 0)).toEqual({ kind: 'unsatisfiable' });
    expect(readRange(null, 0)).toEqual({ kind: 'whole' });
  });
});
