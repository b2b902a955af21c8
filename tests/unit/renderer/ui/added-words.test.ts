import { describe, expect, it } from 'vitest';
import { addedWords, gatherAnswers, type AddAnswer } from '../../../../renderer/src/ui/added-words.ts';

const nothing: AddAnswer = { downloads: [], already: [], refused: [] };
const held = {
  assetId: 'a' as AddAnswer['already'][number]['assetId'],
  clipId: null,
  path: '/a',
  by: 'hash',
} as const;

describe('what became of a wish', () => {
  it('names only what there is to tell', () => {
    expect(addedWords({ ...nothing, downloads: [{ state: 'queued' }] }, 0)).toBe('1 download added');
    expect(addedWords({ ...nothing, downloads: [{ state: 'queued' }], already: [held, held] }, 1)).toBe(
      '1 download added, 2 already here, 1 not released by the source',
    );
    expect(addedWords({ ...nothing, already: [held] }, 0)).toBe('1 already here');
  });

  it('adds up over several calls', () => {
    const sum = gatherAnswers([
      { ...nothing, downloads: [{ state: 'queued' }] },
      { ...nothing, downloads: [{ state: 'complete' }], already: [held] },
    ]);
    expect(sum.added).toBe(1);
    expect(sum.already).toHaveLength(1);
  });
});
