import { describe, expect, it } from 'vitest';
import {
  accountSearch,
  backAddress,
  catalogueSearch,
  compact,
  downloadsSearch,
} from '../../../../renderer/src/lib/search-params.ts';

describe('what an address carries', () => {
  it('is kept when it makes sense', () => {
    const search = { query: 'summit', from: '2026-03-01', version: 'b-roll', view: 'table' };
    expect(catalogueSearch(search)).toEqual(search);
  });

  it('is dropped when it does not', () => {
    expect(
      catalogueSearch({ from: 'yesterday', to: '2026-13-01', version: 'x', status: 1, query: '' }),
    ).toEqual({});
    expect(downloadsSearch({ tab: 'everything' })).toEqual({});
  });

  it('may be a number that somebody typed as words', () => {
    expect(catalogueSearch({ query: 2026 })).toEqual({ query: '2026' });
  });

  it('never leads out of the app', () => {
    expect(backAddress('/asset/a1?x=1')).toBe('/asset/a1?x=1');
    expect(backAddress('//evil.example')).toBeUndefined();
    expect(backAddress('https://evil.example')).toBeUndefined();
    expect(accountSearch({ view: 'code', back: 'javascript:alert(1)' })).toEqual({ view: 'code' });
  });

  it('holds nothing that is not set', () => {
    expect(Object.keys(compact({ a: 1, b: undefined }))).toEqual(['a']);
  });
});
