import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PieceRow } from '../../../../electron/core/downloads/download-row.ts';
import { decodeSeal, encodeSeal } from '../../../../electron/core/downloads/seal.ts';

const MiB = 1024 * 1024;
const three: PieceRow[] = [
  { start: 0, length: 8 * MiB, xxh64: '00000000000000ff' },
  { start: 8 * MiB, length: 8 * MiB, xxh64: 'ffeeddccbbaa9988' },
  { start: 16 * MiB, length: 5, xxh64: '0123456789abcdef' },
];

describe('the seal of a finished file', () => {
  test('takes eighteen bytes a piece and gives the pieces back as they were', () => {
    const seal = encodeSeal(three, 16 * MiB + 5);
    expect(seal?.byteLength).toBe(54);
    expect(decodeSeal(seal ?? new Uint8Array(), 16 * MiB + 5)).toEqual(three);
  });

  test('is written in order whatever order the pieces come in, big-endian', () => {
    const seal = encodeSeal([...three].reverse(), 16 * MiB + 5) ?? new Uint8Array();
    expect(Buffer.from(seal).toString('hex', 18, 36)).toBe('00000080000000800000ffeeddccbbaa9988');
  });

  test('is refused for pieces with a gap, an overlap, or less than the whole file', () => {
    const [first, second, third] = three as [PieceRow, PieceRow, PieceRow];
    expect(encodeSeal([first, third], 16 * MiB + 5)).toBeNull();
    expect(encodeSeal([first, { ...second, start: 8 * MiB - 1 }, third], 16 * MiB + 4)).toBeNull();
    expect(encodeSeal(three, 16 * MiB + 6)).toBeNull();
    expect(encodeSeal([{ ...first, xxh64: 'short' }], 8 * MiB)).toBeNull();
    expect(encodeSeal([{ start: 0, length: 2 ** 32, xxh64: first.xxh64 }], 2 ** 32)).toBeNull();
  });

  test('of an empty file is empty', () => {
    expect(encodeSeal([], 0)?.byteLength).toBe(0);
    expect(decodeSeal(new Uint8Array(), 0)).toEqual([]);
    expect(decodeSeal(new Uint8Array(), 1)).toBeNull();
  });

  test('that was cut or belongs to a file of another size is none', () => {
    const seal = encodeSeal(three, 16 * MiB + 5) ?? new Uint8Array();
    expect(decodeSeal(seal.subarray(0, 53), 16 * MiB + 5)).toBeNull();
    expect(decodeSeal(seal.subarray(0, 36), 16 * MiB + 5)).toBeNull();
    expect(decodeSeal(seal, 16 * MiB + 4)).toBeNull();
  });

  test('holds any gapless run of pieces, far beyond four gibibytes', () => {
    const run = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 2 ** 32 - 1 }), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
      {
        maxLength: 50,
      },
    );
    fc.assert(
      fc.property(run, (parts) => {
        let start = 0;
        const pieces = parts.map(([length, hash]) => {
          const piece = { start, length, xxh64: hash.toString(16).padStart(16, '0') };
          start += length;
          return piece;
        });
        expect(decodeSeal(encodeSeal(pieces, start) ?? new Uint8Array(1), start)).toEqual(pieces);
      }),
    );
  });
});
