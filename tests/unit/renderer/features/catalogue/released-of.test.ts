import { expect, test } from 'vitest';
import { releasedOf } from '../../../../../renderer/src/features/catalogue/released-of.ts';

test('of a chosen batch only what its source hands out now is downloaded', () => {
  const all = (['usable', 'embargoed', 'expected', 'withheld', 'withdrawn', 'usable'] as const).map(
    (status, index) => ({ id: index, status }),
  );
  expect(releasedOf(all).map(({ id }) => id)).toEqual([0, 5]);
});
