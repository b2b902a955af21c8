import { expect, test } from 'vitest';
import { createPictureTurns } from '../../../../electron/core/catalogue/picture-turns.ts';

const still = new AbortController().signal;

/** Turns whose work is held until it is ended by name. */
function heldTurns(limits: { atOnce: number; mostWaiting: number }) {
  const turns = createPictureTurns(limits);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    begun,
    want: (name: string, { group = 'a', signal = still }: { group?: string; signal?: AbortSignal } = {}) =>
      turns.take(
        group,
        () => {
          begun.push(name);
          const { promise, resolve } = Promise.withResolvers<string>();
          ends.set(name, () => resolve(name));
          return promise;
        },
        signal,
      ),
    end: async (name: string): Promise<void> => {
      ends.get(name)?.();
      await new Promise(setImmediate);
    },
  };
}

test('who came last comes first, and no more are at work than may be', async () => {
  const { begun, want, end } = heldTurns({ atOnce: 2, mostWaiting: 10 });
  const all = ['1', '2', '3', '4', '5'].map((name) => want(name));
  await new Promise(setImmediate);
  expect(begun).toEqual(['1', '2']);
  for (const name of ['2', '5', '1', '4', '3']) await end(name);
  expect(begun).toEqual(['1', '2', '5', '4', '3']);
  expect(await Promise.all(all)).toEqual(['1', '2', '3', '4', '5']);
});

test('one group does not hold up another', async () => {
  const { begun, want, end } = heldTurns({ atOnce: 1, mostWaiting: 10 });
  void want('a1');
  void want('a2');
  void want('b1', { group: 'b' });
  void want('b2', { group: 'b' });
  await new Promise(setImmediate);
  expect(begun).toEqual(['a1', 'b1']);
  await end('b1');
  expect(begun).toEqual(['a1', 'b1', 'b2']);
});

test('of too many that wait, the one that waits longest is given up', async () => {
  const { begun, want, end } = heldTurns({ atOnce: 1, mostWaiting: 2 });
  const [, second] = ['1', '2', '3', '4'].map((name) => want(name));
  expect(await second).toBeNull();
  for (const name of ['1', '4', '3']) await end(name);
  expect(begun).toEqual(['1', '4', '3']);
});

test('what nobody wants any more never begins, and leaves its turn to others', async () => {
  const { begun, want, end } = heldTurns({ atOnce: 1, mostWaiting: 10 });
  const gone = new AbortController();
  void want('1');
  const waiting = want('2', { signal: gone.signal });
  gone.abort();
  expect(await waiting).toBeNull();
  expect(await want('3', { signal: gone.signal })).toBeNull();
  void want('4');
  await end('1');
  expect(begun).toEqual(['1', '4']);
});

test('a work that fails gives its turn on', async () => {
  const turns = createPictureTurns({ atOnce: 1, mostWaiting: 10 });
  const failing = turns.take('a', () => Promise.reject(new Error('broken')), still);
  const next = turns.take('a', async () => 'done', still);
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe('done');
});
