import type { PlayedItem } from './kind-rig.ts';

/** Items of one source, as many as wanted; every one of its own day and stamp. */
export function someItems(count: number): PlayedItem[] {
  return Array.from({ length: count }, (_, n) => anItem(n + 1));
}

/** The nth item, in its first version. */
export function anItem(n: number): PlayedItem {
  const day = String(1 + (n % 27)).padStart(2, '0');
  return {
    id: `item-${String(n).padStart(3, '0')}`,
    title: `Convoy ${n} crosses the river`,
    synopsis: `Footage number ${n}: vehicles cross the bridge at dawn.`,
    publishedDay: `2025-0${1 + (n % 9)}-${day}`,
    version: 1,
    changedAtMs: Date.UTC(2025, n % 9, Number(day), 12, 0, n % 60),
    withdrawn: false,
  };
}

/** The next version of an item, later than any first version. */
export function changed(item: PlayedItem, change: Partial<PlayedItem>): PlayedItem {
  return {
    ...item,
    version: item.version + 1,
    changedAtMs: item.changedAtMs + 300 * 24 * 3_600_000,
    ...change,
  };
}
