import { describe, expect, it } from 'vitest';
import { joinPages, pagesToRead } from '../../../../../renderer/src/features/downloads/page-chain.ts';

describe('the pages of a long list', () => {
  it('are read only where they are in sight', () => {
    expect(pagesToRead({ first: 0, last: 12, pageRows: 100, known: 1 })).toEqual([0]);
    expect(pagesToRead({ first: 190, last: 205, pageRows: 100, known: 5 })).toEqual([1, 2]);
  });

  it('are walked to from the last one that is known', () => {
    expect(pagesToRead({ first: 900, last: 910, pageRows: 100, known: 3 })).toEqual([2]);
    expect(pagesToRead({ first: 280, last: 310, pageRows: 100, known: 3 })).toEqual([2]);
  });

  it('are one list in which nothing stands twice', () => {
    const [a, b, c] = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
    expect(
      joinPages(
        [
          [a, b],
          [b, c],
        ],
        2,
      ),
    ).toEqual([a, b, undefined, c]);
  });

  it('leave room for a page that was not read yet', () => {
    expect(joinPages([[{ id: 'a' }], undefined, [{ id: 'c' }]], 1)).toEqual([
      { id: 'a' },
      undefined,
      { id: 'c' },
    ]);
    expect(joinPages([[{ id: 'a' }], undefined], 1)).toEqual([{ id: 'a' }]);
  });
});
