import { expect, test } from 'vitest';
import { healthAfterFailure, healthAfterSuccess } from '../../../../electron/core/sources/source-health.ts';
import type { ErrorCode } from '../../../../shared/errors/codes.ts';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { aSource } from './a-source.ts';

const now = Date.UTC(2025, 8, 8, 12);
const fails = (code: ErrorCode, facts: RushesError['facts'] = {}) =>
  healthAfterFailure(aSource({ failedItems: 2 }), {
    now,
    key: 'k3y-secret',
    error: new RushesError(code, `It failed with k3y-secret.`, facts),
  });

test.each([
  ['SOURCE_UNAVAILABLE', 'unavailable'],
  ['NETWORK_UNAVAILABLE', 'unavailable'],
  ['SOURCE_CHANGED', 'changed'],
  ['KEY_NEEDED', 'key-needed'],
  ['SIGN_IN_NEEDED', 'key-needed'],
  ['DISK_FULL', 'unavailable'],
] as const)('after %s a source is %s, with what came back and nothing of its key', (code, state) => {
  const health = fails(code, { detail: 'status 403 · api_key=k3y-secret is not known' });
  expect(health).toMatchObject({
    state,
    failuresInARow: 1,
    lastTryAtMs: now,
    lastGoodAtMs: null,
    failedItems: 2,
  });
  expect(health.evidence).toBe('status 403 · api_key=… is not known');
  expect(health.reason).toBe('It failed with ….');
});

test('a sync that was stopped by the user blames nobody and is not begun again at once', () => {
  const source = aSource({ state: 'changed', reason: 'Why', evidence: 'What', failuresInARow: 4 });
  const error = new RushesError('CANCELLED', 'Cancelled.');
  expect(healthAfterFailure(source, { now, key: null, error })).toMatchObject({
    state: 'changed',
    reason: 'Why',
    evidence: 'What',
    failuresInARow: 4,
    nextAtMs: now + 240 * 60_000,
  });
});

test('a bug of a kind makes its source unavailable, with what it said', () => {
  const health = healthAfterFailure(aSource(), {
    now,
    key: null,
    error: new TypeError('x is not a function'),
  });
  expect(health).toMatchObject({ state: 'unavailable', reason: 'x is not a function', evidence: null });
});

test('a sync that read all it asked for forgets what was wrong', () => {
  const source = aSource({ state: 'unavailable', reason: 'Why', failuresInARow: 4 });
  expect(healthAfterSuccess(source, { now, failedItems: 3, doubt: null })).toEqual({
    state: 'ok',
    reason: null,
    evidence: null,
    lastGoodAtMs: now,
    lastTryAtMs: now,
    nextAtMs: now + 15 * 60_000,
    failuresInARow: 0,
    failedItems: 3,
  });
});

test('a sync that read all it asked for is well, though a person should look at something', () => {
  const health = healthAfterSuccess(aSource(), { now, failedItems: 0, doubt: 'Much is gone.' });
  expect(health).toMatchObject({ state: 'ok', reason: 'Much is gone.', failuresInARow: 0 });
});

test('words without end for a failure are kept as far as they can be read', () => {
  const facts = { detail: 'x'.repeat(100_000) };
  const error = new RushesError('SOURCE_CHANGED', 'y'.repeat(100_000), facts);
  const { reason, evidence } = healthAfterFailure(aSource(), { now: 0, error, key: null });
  expect([reason?.length, evidence?.length]).toEqual([1000, 1000]);
});
