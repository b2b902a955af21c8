import { expect, it } from 'vitest';
import {
  checkPasswordHash,
  hashPassword,
  unopenableHash,
} from '../../../electron/portal/account/password-hash.ts';

it('opens a hash with its password only, and salts every hash', async () => {
  const [one, two] = await Promise.all([
    hashPassword('Lantern-Valley-27'),
    hashPassword('Lantern-Valley-27'),
  ]);
  expect(one).not.toBe(two);
  expect(await checkPasswordHash('Lantern-Valley-27', one)).toBe(true);
  expect(await checkPasswordHash('Lantern-Valley-28', one)).toBe(false);
  expect(await checkPasswordHash('', unopenableHash)).toBe(false);
  expect(await checkPasswordHash('anything', 'another-kind$1')).toBe(false);
});
