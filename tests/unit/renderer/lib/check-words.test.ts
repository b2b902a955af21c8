import { describe, expect, it } from 'vitest';
import { endWords, mendWords, placeOfDamage, runWords } from '../../../../renderer/src/lib/check-words.ts';

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
      'Repaired: 4.19 MB fetched again.',
    );
    expect(mendWords({ state: 'failed', detail: 'The source has another file now.', fetchedBytes: 0 })).toBe(
      'The repair failed. The source has another file now.',
    );
  });
});

describe('a check of many files', () => {
  const counts = { ok: 3, unproven: 0, changed: 0, damaged: 0, missing: 0, offline: 0, unreadable: 0 };
  const run = { state: 'done', reason: null, files: 4, checkedFiles: 4, counts } as const;

  it('says that nothing is wrong, or what is', () => {
    expect(runWords(run)).toBe('Last check: 4 files, nothing wrong');
    expect(runWords({ ...run, counts: { ...counts, damaged: 1, changed: 2 } })).toBe(
      'Last check: 4 files, 1 damaged, 2 changed',
    );
  });

  it('says at its end what came of it', () => {
    const one = { ...run, checkedFiles: 1, counts: { ...counts, ok: 1 } };
    expect(endWords(one)).toBe('1 file is fine.');
    expect(endWords({ ...run, checkedFiles: 3, counts: { ...counts, ok: 2, damaged: 1 } })).toBe(
      '1 of 3 files is damaged. Repair it in its details.',
    );
    expect(endWords({ ...one, counts: { ...counts, ok: 0, damaged: 1 } })).toBe(
      'The file is damaged. Repair it in its details.',
    );
    expect(endWords({ ...run, counts: { ...counts, missing: 1 } })).toBe('Last check: 4 files, 1 missing.');
  });

  it('says how far it is while it runs, and that it was stopped', () => {
    expect(runWords({ ...run, state: 'running', checkedFiles: 1 })).toBe('Checking: 1 of 4 files');
    expect(runWords({ ...run, state: 'cancelled', checkedFiles: 1 })).toBe(
      'Last check, stopped early: 1 file, nothing wrong',
    );
  });
});
