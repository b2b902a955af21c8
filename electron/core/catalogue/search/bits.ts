/** A set of places in the table, a bit each. All of one table have the same length. */
export type Bits = Uint32Array;

/** A set for `size` places with none in it. */
export function noBits(size: number): Bits {
  return new Uint32Array((size + 31) >>> 5);
}

/** Puts the places from `from` up to `to` into the set. */
export function addRange(bits: Bits, from: number, to: number): void {
  for (let at = from; at < to;) {
    if ((at & 31) === 0 && at + 32 <= to) {
      bits[at >>> 5] = 0xffffffff;
      at += 32;
    } else {
      addBit(bits, at);
      at++;
    }
  }
}

/** Puts a place into the set. */
export function addBit(bits: Bits, at: number): void {
  bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31));
}

/** Whether a place is in the set. */
export function hasBit(bits: Bits, at: number): boolean {
  return ((bits[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0;
}

/** Leaves in `into` what is in both. */
export function keepBoth(into: Bits, other: Bits): void {
  for (let index = 0; index < into.length; index++) into[index] = (into[index] ?? 0) & (other[index] ?? 0);
}

/** Adds to `into` what is in the other. */
export function addAll(into: Bits, other: Bits): void {
  for (let index = 0; index < into.length; index++) into[index] = (into[index] ?? 0) | (other[index] ?? 0);
}

/** Turns a set of `size` places into all the others. */
export function invert(bits: Bits, size: number): void {
  for (let index = 0; index < bits.length; index++) bits[index] = ~(bits[index] ?? 0);
  if ((size & 31) !== 0) bits[bits.length - 1] = (bits.at(-1) ?? 0) & ((1 << (size & 31)) - 1);
}

/** Calls for each place from `from` up to `to`, in order, until the call returns false. */
export function eachBit(
  bits: Bits,
  range: { readonly from: number; readonly to: number },
  call: (at: number) => boolean | void,
): void {
  const { from, to } = range;
  for (let index = from >>> 5; index << 5 < to; index++) {
    let word = bits[index] ?? 0;
    if (index === from >>> 5) word &= -1 << (from & 31);
    while (word !== 0) {
      const low = word & -word;
      const at = (index << 5) + 31 - Math.clz32(low);
      if (at >= to || call(at) === false) return;
      word ^= low;
    }
  }
}

/** How many places below `to` are in the set. */
export function countBits(bits: Bits, to: number): number {
  let count = 0;
  const whole = to >>> 5;
  for (let index = 0; index < whole; index++) count += ones(bits[index] ?? 0);
  if ((to & 31) !== 0) count += ones((bits[whole] ?? 0) & ((1 << (to & 31)) - 1));
  return count;
}

function ones(word: number): number {
  let left = word - ((word >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
