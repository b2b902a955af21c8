import { describe, expect, it } from 'vitest';
import {
  noSelection,
  select,
  selectAll,
  sharedValue,
  type Selection,
} from '../../../../renderer/src/lib/selection.ts';

const order = ['a', 'b', 'c', 'd', 'e'];
const ids = (selection: Selection): string[] => order.filter((id) => selection.ids.has(id));

describe('a selection', () => {
  it('of one replaces the one before', () => {
    const first = select(noSelection, order, { id: 'a', mode: 'only' });
    expect(ids(select(first, order, { id: 'c', mode: 'only' }))).toEqual(['c']);
  });

  it('is toggled item by item', () => {
    const one = select(noSelection, order, { id: 'b', mode: 'toggle' });
    const two = select(one, order, { id: 'd', mode: 'toggle' });
    expect(ids(two)).toEqual(['b', 'd']);
    expect(ids(select(two, order, { id: 'b', mode: 'toggle' }))).toEqual(['d']);
  });

  it('is a range from its anchor, in both directions, and the anchor stays', () => {
    const anchor = select(noSelection, order, { id: 'c', mode: 'only' });
    const down = select(anchor, order, { id: 'e', mode: 'range' });
    expect(ids(down)).toEqual(['c', 'd', 'e']);
    expect(ids(select(down, order, { id: 'a', mode: 'range' }))).toEqual(['a', 'b', 'c']);
  });

  it('begins anew when the anchor is no longer in the list', () => {
    const gone: Selection = { ids: new Set(['x']), anchor: 'x' };
    expect(ids(select(gone, order, { id: 'd', mode: 'range' }))).toEqual(['d']);
  });

  it('can hold everything', () => {
    expect(ids(selectAll(order))).toEqual(order);
    expect(selectAll([])).toEqual(noSelection);
  });
});

describe('a field of several rows', () => {
  it('has a value when all agree, and is mixed otherwise', () => {
    expect(sharedValue(['x', 'x'], '')).toEqual({ kind: 'same', value: 'x' });
    expect(sharedValue(['x', null], null)).toEqual({ kind: 'mixed' });
    expect(sharedValue([], 0)).toEqual({ kind: 'same', value: 0 });
  });
});
