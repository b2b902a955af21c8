import { describe, expect, it } from 'vitest';
import { mendWords, placeOfDamage } from '../../../../../renderer/src/features/library/check-words.ts';

describe('a damaged file', () => {
  it('is told with the number of places and their bytes', () => {
    expect(
      placeOfDamage([
        { start: 0, end: 4_194_304 },
        { start: 8_388_608, end: 12_582_912 },
      ]),
    ).toBe('2 places, 8.39 MB in all');
  });

  it('is told with how far its repair is', () => {
    expect(mendWords({ state: 'done', detail: null, fetchedBytes: 4_194_304 })).toBe(
      'Repaired: 4.19 MB were fetched again.',
    );
    expect(mendWords({ state: 'failed', detail: 'The source has another file now.', fetchedBytes: 0 })).toBe(
      'The repair failed. The source has another file now.',
    );
  });
});
