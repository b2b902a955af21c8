import { expect, test } from 'vitest';
import { createVolumeTurns } from '../../../../electron/core/verify/volume-turns.ts';

const never = new AbortController().signal;

test('those of one volume come one after another, those of two at once', async () => {
  const turns = createVolumeTurns();
  const done: string[] = [];
  const first = Promise.withResolvers<void>();
  const works = [
    turns.take('a', never, async () => {
      await first.promise;
      done.push('a1');
    }),
    turns.take('a', never, async () => void done.push('a2')),
    turns.take('b', never, async () => void done.push('b1')),
  ];
  await works[2];
  expect(done).toEqual(['b1']);
  first.resolve();
  await Promise.all(works);
  expect(done).toEqual(['b1', 'a1', 'a2']);
});

test('one that is called off does not wait for its turn, and who comes later still waits for the first', async () => {
  const turns = createVolumeTurns();
  const done: string[] = [];
  const first = Promise.withResolvers<void>();
  const one = turns.take('a', never, () => first.promise);
  const abort = new AbortController();
  const called = turns.take('a', abort.signal, async () => void done.push('called off'));
  abort.abort(new Error('called off'));
  await expect(called).rejects.toThrow('called off');
  const later = turns.take('a', never, async () => void done.push('later'));
  await new Promise(setImmediate);
  expect(done).toEqual([]);
  first.resolve();
  await Promise.all([one, later]);
  expect(done).toEqual(['later']);
});

test('work that fails gives the turn on', async () => {
  const turns = createVolumeTurns();
  await expect(turns.take('a', never, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await turns.take('a', never, async () => 'next')).toBe('next');
});
