import { expect, test } from 'vitest';
import { createCallQueue } from '../../../../../electron/core/catalogue/search/call-queue.ts';

test('a newer call overtakes what the same asker has waiting, and nobody else is passed over', () => {
  const overtaken: number[] = [];
  const queue = createCallQueue<string>((id) => overtaken.push(id));
  queue.add({ id: 1, asker: 'field', call: 'a' });
  queue.add({ id: 2, asker: null, call: 'b' });
  queue.add({ id: 3, asker: null, call: 'c' });
  queue.add({ id: 4, asker: 'field', call: 'd' });
  queue.cancel(3);
  expect(overtaken).toEqual([1, 3]);
  expect([queue.take()?.id, queue.take()?.id, queue.take()?.id]).toEqual([2, 4, undefined]);
});
