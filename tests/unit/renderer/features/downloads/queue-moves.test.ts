import { describe, expect, it } from 'vitest';
import { dropMove, stepMove } from '../../../../../renderer/src/features/downloads/queue-moves.ts';

const order = ['a', 'b', 'c', 'd', 'e'];

describe('a step in the queue', () => {
  it('goes over the neighbour, up and down', () => {
    expect(stepMove(order, new Set(['c']), 'up')).toEqual({ ids: ['c'], before: 'b' });
    expect(stepMove(order, new Set(['c']), 'down')).toEqual({ ids: ['c'], before: 'e' });
    expect(stepMove(order, new Set(['d']), 'down')).toEqual({ ids: ['d'], before: null });
  });

  it('goes to the ends at once', () => {
    expect(stepMove(order, new Set(['c']), 'top')).toEqual({ ids: ['c'], before: 'a' });
    expect(stepMove(order, new Set(['c']), 'bottom')).toEqual({ ids: ['c'], before: null });
  });

  it('changes nothing at an end', () => {
    expect(stepMove(order, new Set(['a']), 'up')).toBeNull();
    expect(stepMove(order, new Set(['a', 'b']), 'top')).toBeNull();
    expect(stepMove(order, new Set(['e']), 'down')).toBeNull();
    expect(stepMove(order, new Set(['d', 'e']), 'bottom')).toBeNull();
    expect(stepMove(order, new Set(['gone']), 'up')).toBeNull();
  });

  it('brings several rows together in their order, even from the end', () => {
    expect(stepMove(order, new Set(['d', 'b']), 'up')).toEqual({ ids: ['b', 'd'], before: 'a' });
    expect(stepMove(order, new Set(['a', 'c']), 'up')).toEqual({ ids: ['a', 'c'], before: 'b' });
    expect(stepMove(order, new Set(['c', 'e']), 'down')).toEqual({ ids: ['c', 'e'], before: null });
  });
});

describe('a drop in the queue', () => {
  it('puts rows before the row behind the gap', () => {
    expect(dropMove(order, new Set(['d']), 1)).toEqual({ ids: ['d'], before: 'b' });
    expect(dropMove(order, new Set(['a']), 5)).toEqual({ ids: ['a'], before: null });
  });

  it('is none where the rows stand already', () => {
    expect(dropMove(order, new Set(['b']), 1)).toBeNull();
    expect(dropMove(order, new Set(['b']), 2)).toBeNull();
    expect(dropMove(order, new Set(['d', 'e']), 5)).toBeNull();
  });

  it('skips the dragged rows themselves when it looks for the one behind the gap', () => {
    expect(dropMove(order, new Set(['a', 'c']), 2)).toEqual({ ids: ['a', 'c'], before: 'd' });
  });
});
