import { describe, expect, it } from 'vitest';
import { keptAddress } from '../../../../electron/core/downloads/kept-address.ts';

const at = 'https://media.example/a/clip.mp4';

describe('what is kept of an address', () => {
  it.each([at, `${at}?id=123&lang=en`, `${at}?file=clip-17.mp4#t=3`, 'no address'])(
    'is all of %s',
    (address) => expect(keptAddress(address)).toBeNull(),
  );

  it.each([
    '?Expires=1&Signature=x&Key-Pair-Id=y',
    '?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20260101T000000Z',
    '?sv=2024&sp=r&sig=abc',
    '?token=1',
    '?id=1&access_key=abc#part',
    '?hdnts=exp=1~acl=/*~hmac=0123456789abcdef0123456789',
    '?q=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
  ])('has nothing of the query %s', (query) =>
    expect(keptAddress(`${at}${query}`)).toEqual({
      url: at,
      addressKey: expect.stringMatching(/^[0-9a-f]{8}$/),
    }),
  );

  it('tells two queries apart by a trace', () =>
    expect(keptAddress(`${at}?token=1`)?.addressKey).not.toBe(keptAddress(`${at}?token=2`)?.addressKey));
});
