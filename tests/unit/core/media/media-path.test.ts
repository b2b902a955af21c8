import { describe, expect, test } from 'vitest';
import { parseMediaPath } from '../../../../electron/core/media/media-path.ts';

describe('media addresses', () => {
  test.each(['poster', 'strip', 'clip', 'picture'])('%s takes an opaque id', (kind) => {
    expect(parseMediaPath(`/${kind}/0197a0-AZ_z`)).toEqual({ kind, id: '0197a0-AZ_z' });
  });

  test.each([
    '/clip/..',
    '/clip/../user.db',
    '/clip/%2e%2e%2fuser.db',
    '/clip/..%5cuser.db',
    String.raw`/clip/..\user.db`,
    '/clip//etc/passwd',
    '/clip/a/b',
    '/clip/a.mp4',
    '/clip/a\0',
    '/clip/a\n',
    '/clip/a?x=1',
    '/clip/a#b',
    '/clip/ä',
    '/clip/',
    '/clip',
    'clip/a',
    '//clip/a',
    '/clip/a/',
    '/Clip/a',
    '/file/a',
    '/constructor/a',
    '/__proto__/a',
    `/clip/${'a'.repeat(65)}`,
    '',
    '/',
  ])('%j names nothing', (pathname) => {
    expect(parseMediaPath(pathname)).toBeNull();
  });

  test('an id of 64 characters is the longest', () => {
    expect(parseMediaPath(`/clip/${'a'.repeat(64)}`)?.id).toHaveLength(64);
  });
});
