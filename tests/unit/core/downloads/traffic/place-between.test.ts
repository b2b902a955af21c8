import { describe, expect, it } from 'vitest';
import type { Place } from '../../../../../electron/core/downloads/queue-repo.ts';
import { placeBetween } from '../../../../../electron/core/downloads/traffic/place-between.ts';

const numbers = { high: 1, normal: 0, low: -1 } as const;
const place = (id: string, queueRank: number, priority: Place['priority'] = 'normal'): Place => ({
  id,
  queueRank,
  priority,
});

/** The ids in the order of the queue after a move. */
function moved(all: Place[], ids: string[], before: string | null): string {
  const changed = new Map(placeBetween(all, ids, before).map((one) => [one.id, one]));
  return all
    .map((one) => changed.get(one.id) ?? one)
    .sort((one, other) => numbers[other.priority] - numbers[one.priority] || one.queueRank - other.queueRank)
    .map(({ id }) => id)
    .join('');
}

describe('moving in the queue', () => {
  const abcd = [place('a', 1), place('b', 2), place('c', 3), place('d', 4)];

  it.each([
    [['d'], 'a', 'dabc'],
    [['d'], 'b', 'adbc'],
    [['a'], null, 'bcda'],
    [['a', 'c'], null, 'bdac'],
    [['d', 'b'], 'a', 'dbac'],
    [['b'], 'c', 'abcd'],
    [['b'], 'b', 'abcd'],
    [['b', 'c'], 'b', 'abcd'],
    [['c', 'b'], 'd', 'acbd'],
    [['a'], 'gone', 'bcda'],
    [['gone'], 'a', 'abcd'],
    [['b', 'b'], 'a', 'bacd'],
  ])('puts %j before %s: %s', (ids, before, order) => {
    expect(moved(abcd, ids, before)).toBe(order);
  });

  it('gives the priority of the neighbours where its own would not leave it there', () => {
    const mixed = [place('h', 9, 'high'), place('n', 5), place('l', 1, 'low')];
    expect(placeBetween(mixed, ['l'], 'h')[0]).toMatchObject({ id: 'l', priority: 'high' });
    expect(moved(mixed, ['l'], 'h')).toBe('lhn');
    expect(placeBetween(mixed, ['h'], null)[0]).toMatchObject({ priority: 'low' });
    expect(moved(mixed, ['h'], null)).toBe('nlh');
    expect(placeBetween(mixed, ['h'], 'n')[0]).toMatchObject({ priority: 'high' });
    expect(moved(mixed, ['l'], 'n')).toBe('hln');
  });

  it('sets ranks apart anew when there is no room left between two', () => {
    let all = [place('a', 1), place('b', 2), place('c', 3)];
    for (let count = 0; count < 200; count++) {
      const last = all.at(-1)?.id ?? '';
      const changed = new Map(placeBetween(all, [last], all[1]?.id ?? null).map((one) => [one.id, one]));
      all = all
        .map((one) => changed.get(one.id) ?? one)
        .sort((one, other) => one.queueRank - other.queueRank);
      expect(all[1]?.id).toBe(last);
      expect(new Set(all.map(({ queueRank }) => queueRank)).size).toBe(3);
    }
  });
});
