import { describe, expect, it } from 'vitest';
import { insertToken } from '../../../../../renderer/src/features/settings/insert-token.ts';
import { withoutProfile } from '../../../../../renderer/src/features/settings/without-profile.ts';

describe('a token chip', () => {
  it('inserts its token at the caret and puts the caret behind it', () => {
    expect(insertToken('{day} ', 'event', { start: 6, end: 6 })).toEqual({
      text: '{day} {event}',
      caret: 13,
    });
  });

  it('replaces what is marked, and braces that come along are not doubled', () => {
    expect(insertToken('abc', '{title}', { start: 1, end: 2 })).toEqual({ text: 'a{title}c', caret: 8 });
  });

  it('appends to a field that was never focused', () => {
    expect(insertToken('', 'id', { start: 9, end: 9 })).toEqual({ text: '{id}', caret: 4 });
  });
});

describe('removing a speed', () => {
  it('leaves no window that names it', () => {
    const traffic = {
      profiles: [
        { id: 'full', name: 'Full speed', bytesPerSecond: null },
        { id: 'slow', name: 'Slow', bytesPerSecond: 1000 },
      ],
      outside: 'slow',
      windows: [
        { days: [1], from: '09:00', to: '18:00', profile: 'slow' },
        { days: [2], from: '09:00', to: '18:00', profile: null },
      ],
    };
    const left = withoutProfile(traffic, 'slow');
    expect(left.profiles.map(({ id }) => id)).toEqual(['full']);
    expect(left.outside).toBe('full');
    expect(left.windows.map(({ profile }) => profile)).toEqual(['full', null]);
  });
});
