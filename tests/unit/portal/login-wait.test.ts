import { expect, it } from 'vitest';
import { loginWaitMs } from '../../../electron/portal/account/login-failure-repo.ts';

it('waits 1 s after the third failure, doubles, and stays at 15 minutes for good', () => {
  expect([0, 1, 2, 3, 4, 5].map(loginWaitMs)).toEqual([0, 0, 0, 1_000, 2_000, 4_000]);
  expect(loginWaitMs(12)).toBe(512_000);
  expect(loginWaitMs(13)).toBe(900_000);
  expect(loginWaitMs(100_000)).toBe(900_000);
});
