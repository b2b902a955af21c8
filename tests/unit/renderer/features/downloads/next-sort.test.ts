import { expect, it } from 'vitest';
import { nextSort } from '../../../../../renderer/src/features/downloads/next-sort.ts';

it('turns the same column round', () => {
  expect(nextSort({ by: 'size', order: 'down' }, 'size')).toEqual({ by: 'size', order: 'up' });
  expect(nextSort({ by: 'size', order: 'up' }, 'size')).toEqual({ by: 'size', order: 'down' });
});

it('begins another column with what people look for first', () => {
  const now = { by: 'size', order: 'up' } as const;
  expect(nextSort(now, 'name')).toEqual({ by: 'name', order: 'up' });
  expect(nextSort(now, 'finished')).toEqual({ by: 'finished', order: 'down' });
});
