/** Random numbers that a seed repeats. */
export interface Dice {
  /** From 0 up to but not including 1. */
  next(): number;
  /** A whole number from `from` up to and including `to`. */
  between(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
}

/** Makes dice from a seed; the same seed throws the same numbers. */
export function diceOf(seed: number): Dice {
  let state = Math.imul(seed, 0x9e3779b1) | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (choices) => {
      const chosen = choices[between(0, choices.length - 1)];
      if (chosen === undefined) throw new Error('There is nothing to choose from.');
      return chosen;
    },
  };
}

/** Whether the long run was asked for: `RUSHES_TORTURE=long`. */
export const isLong = process.env['RUSHES_TORTURE'] === 'long';

/**
 * The seeds of a run: those numbered from `first`, twenty times as many in a long run, or the one that `RUSHES_SEED`
 * repeats when it is one of them.
 */
export function seedsFrom(first: number, count: number): number[] {
  const wanted = Number(process.env['RUSHES_SEED'] ?? Number.NaN);
  const factor = isLong ? 20 : 1;
  // The seeds of the long run lie far beyond, so that no two tests share one.
  const all = Array.from({ length: count * factor }, (_, index) =>
    index < count ? first + index : first * 1000 + index,
  );
  return Number.isNaN(wanted) ? all : all.filter((seed) => seed === wanted);
}

/** Cuts a list into groups of at most this many. */
export function groupsOf<T>(all: readonly T[], size: number): T[][] {
  const groups: T[][] = [];
  for (let at = 0; at < all.length; at += size) groups.push(all.slice(at, at + size));
  return groups;
}
