import { expect, it } from 'vitest';
import { ofError } from '../../../../electron/core/downloads/outcome.ts';

it.each([
  [
    'a thread',
    Object.assign(new Error('Worker initialization failure: EMFILE'), { code: 'ERR_WORKER_INIT_FAILED' }),
  ],
  ['the first file of a thread', new Error('Cannot read package config package.json: too many open files.')],
])('waits where too many files are open for %s, and does not blame the database', (_, error) => {
  const outcome = ofError(error);
  expect(outcome).toMatchObject({ kind: 'wait', reason: 'FILE_FAILED' });
  expect(outcome).toHaveProperty(
    'detail',
    expect.stringMatching(/^This machine has too many files open just now: /),
  );
});

it('takes what nobody knows for a bug', () => {
  expect(ofError(new TypeError('x is not a function'))).toMatchObject({ kind: 'fail', reason: 'INTERNAL' });
});
