import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { c4OfSha512 } from '../../../../../electron/core/verify/mhl/c4.ts';

const sha512 = (text: string): string => createHash('sha512').update(text).digest('hex');

test('the C4 id of nothing is the one that the standard gives', () => {
  expect(c4OfSha512(sha512(''))).toBe(
    'c459dsjfscH38cYeXXYogktxf4Cd9ibshE3BHUo6a58hBXmRQdZrAkZzsWcbWtDg5oQstpDuni4Hirj75GEmTc1sFT',
  );
});

test('every C4 id has ninety characters, the smallest and the largest too', () => {
  expect(c4OfSha512('0'.repeat(128))).toBe(`c4${'1'.repeat(88)}`);
  expect(c4OfSha512('f'.repeat(128))).toHaveLength(90);
  expect(c4OfSha512(sha512('rushes'))).toMatch(/^c4[1-9A-HJ-NP-Za-km-z]{88}$/);
});
