import { expect, test } from 'vitest';
import { createTurns } from '../../../../electron/core/media/turns.ts';

test('no more than the places are taken, and they go on in order', async () => {
  const turns = createTurns(2);
  const order: number[] = [];
  let inside = 0;
  let most = 0;
  const work = async (name: number): Promise<void> => {
    const giveBack = await turns.take();
    order.push(name);
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
    giveBack();
    giveBack();
  };
  await Promise.all([1, 2, 3, 4, 5].map(work));
  expect(most).toBe(2);
  expect(order).toEqual([1, 2, 3, 4, 5]);
});

test('who gives up waiting takes nobody else’s place', async () => {
  const turns = createTurns(1);
  const giveBack = await turns.take();
  const abort = new AbortController();
  const given = turns.take(abort.signal);
  const next = turns.take();
  abort.abort();
  await expect(given).rejects.toThrow(/abort/);
  giveBack();
  (await next)();
  (await turns.take())();
  await expect(turns.take(AbortSignal.abort())).rejects.toThrow(/abort/);
});
