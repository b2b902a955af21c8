import { describe, expect, it } from 'vitest';
import { columnsFor, nextIndex } from '../../../../renderer/src/lib/grid-keys.ts';

// 0 1 2 3
// 4 5 6 7
// 8 9
const grid = { count: 10, columns: 4, pageRows: 2 };
const list = { count: 10, columns: 1, pageRows: 4 };

describe('keys in a grid', () => {
  it('move by one and by a row', () => {
    expect(nextIndex('ArrowRight', 3, grid)).toBe(4);
    expect(nextIndex('ArrowLeft', 4, grid)).toBe(3);
    expect(nextIndex('ArrowDown', 1, grid)).toBe(5);
    expect(nextIndex('ArrowUp', 5, grid)).toBe(1);
  });

  it('stay at the edges', () => {
    expect(nextIndex('ArrowLeft', 0, grid)).toBe(0);
    expect(nextIndex('ArrowRight', 9, grid)).toBe(9);
    expect(nextIndex('ArrowUp', 2, grid)).toBe(2);
    expect(nextIndex('ArrowDown', 9, grid)).toBe(9);
  });

  it('down into a shorter last row end at its last item', () => {
    expect(nextIndex('ArrowDown', 7, grid)).toBe(9);
  });

  it('go far', () => {
    expect(nextIndex('Home', 7, grid)).toBe(0);
    expect(nextIndex('End', 1, grid)).toBe(9);
    expect(nextIndex('PageDown', 1, grid)).toBe(9);
    expect(nextIndex('PageUp', 9, grid)).toBe(1);
  });

  it('that do not move are left to others', () => {
    expect(nextIndex('a', 1, grid)).toBeNull();
    expect(nextIndex('Enter', 1, grid)).toBeNull();
    expect(nextIndex('End', 0, { ...grid, count: 0 })).toBeNull();
  });
});

describe('keys in a list', () => {
  it('leave left and right alone', () => {
    expect(nextIndex('ArrowLeft', 3, list)).toBeNull();
    expect(nextIndex('ArrowDown', 3, list)).toBe(4);
    expect(nextIndex('PageDown', 3, list)).toBe(7);
  });
});

describe('columns', () => {
  it('are as many as fit with their gaps, and one at least', () => {
    expect(columnsFor(428, 208, 12)).toBe(2);
    expect(columnsFor(427, 208, 12)).toBe(1);
    expect(columnsFor(10, 208, 12)).toBe(1);
  });
});
