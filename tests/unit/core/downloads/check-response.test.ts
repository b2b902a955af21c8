import { describe, expect, it } from 'vitest';
import { checkResponse, type Known } from '../../../../electron/core/downloads/check-response.ts';

const identity = { sizeBytes: 100, etag: '"a"', lastModified: 'Sun, 01 Feb 2026 10:00:00 GMT' };
const fresh: Known = { identity: null, promisedBytes: null, expectsHtml: false };
const known: Known = { ...fresh, identity };
const range = { start: 10, end: 20 };
const part = { 'content-range': 'bytes 10-19/100', 'content-length': '10', etag: '"a"' };

function kindOf(
  status: number,
  headers: Record<string, string>,
  more: { asked?: { range: typeof range | null; ifRange: boolean }; known?: Known } = {},
): string {
  const asked = more.asked ?? { range, ifRange: true };
  const verdict = checkResponse(asked, more.known ?? known, { status, headers });
  return 'reason' in verdict ? `${verdict.kind} ${verdict.reason}` : verdict.kind;
}

describe('a part', () => {
  it.each<[string, Record<string, string>, string]>([
    ['as asked', {}, 'piece'],
    ['shorter than asked', { 'content-range': 'bytes 10-14/100', 'content-length': '5' }, 'piece'],
    ['longer than asked', { 'content-range': 'bytes 10-39/100', 'content-length': '30' }, 'piece'],
    ['of a whole of unknown size', { 'content-range': 'bytes 10-19/*' }, 'piece'],
    ['said to be identity', { 'content-encoding': 'identity' }, 'piece'],
    ['from before', { 'content-range': 'bytes 9-19/100', 'content-length': '11' }, 'no-range'],
    ['from behind', { 'content-range': 'bytes 11-19/100', 'content-length': '9' }, 'no-range'],
    ['without its place', { 'content-range': '' }, 'no-range'],
    ['of another length than its place', { 'content-length': '11' }, 'no-range'],
    ['in wrapping', { 'content-type': 'multipart/byteranges; boundary=x' }, 'no-range'],
    ['of another size', { 'content-range': 'bytes 10-19/101' }, 'changed'],
    ['with another ETag', { etag: '"b"' }, 'other'],
    ['with a weak ETag', { etag: 'W/"a"' }, 'other'],
    ['with another date but the same ETag', { 'last-modified': 'Mon, 02 Feb 2026 10:00:00 GMT' }, 'piece'],
    ['compressed', { 'content-encoding': 'gzip' }, 'odd SERVER_BAD_CONTENT'],
    ['that is a web page', { 'content-type': 'text/html; charset=utf-8' }, 'renew SERVER_BAD_CONTENT'],
  ])('%s', (_name, headers, kind) => {
    expect(kindOf(206, { ...part, ...headers })).toBe(kind);
  });

  it('without an ETag is told by its date', () => {
    const { etag: _, ...bare } = part;
    expect(kindOf(206, bare)).toBe('piece');
    expect(kindOf(206, { ...bare, 'last-modified': 'Mon, 02 Feb 2026 10:00:00 GMT' })).toBe('other');
  });

  it('is cut to what was asked for', () => {
    const headers = { ...part, 'content-range': 'bytes 10-39/100', 'content-length': '30' };
    const verdict = checkResponse({ range, ifRange: false }, known, { status: 206, headers });
    expect(verdict).toMatchObject({ kind: 'piece', range });
  });

  it('unasked is odd', () => {
    expect(kindOf(206, part, { asked: { range: null, ifRange: false } })).toBe('odd SERVER_PROTOCOL');
  });

  it('that comes first fixes what the file is', () => {
    const verdict = checkResponse({ range, ifRange: false }, fresh, { status: 206, headers: part });
    expect(verdict).toMatchObject({ identity: { sizeBytes: 100, etag: '"a"', lastModified: null } });
    const nobodyKnows = { ...part, 'content-range': 'bytes 10-19/*' };
    expect(kindOf(206, nobodyKnows, { known: fresh })).toBe('no-range');
    expect(kindOf(206, nobodyKnows, { known: { ...fresh, promisedBytes: 100 } })).toBe('piece');
  });

  it('that comes first must have the promised size', () => {
    expect(kindOf(206, part, { known: { ...fresh, promisedBytes: 99 } })).toBe('fail SIZE_MISMATCH');
  });
});

describe('the whole file', () => {
  const whole = { 'content-length': '100', etag: '"a"' };
  it.each<[string, Record<string, string>, string]>([
    ['for a condition that holds: the condition is left out', whole, 'without-condition'],
    ['with another ETag', { ...whole, etag: '"b"' }, 'other'],
    ['in chunks', { etag: '"a"', 'transfer-encoding': 'chunked' }, 'without-condition'],
    ['in wrapped chunks', { etag: '"a"', 'transfer-encoding': 'gzip, chunked' }, 'odd SERVER_PROTOCOL'],
    ['with another length', { ...whole, 'content-length': '101' }, 'changed'],
    ['with no length', { etag: '"a"' }, 'without-condition'],
    ['of nothing', { 'content-length': '0' }, 'odd SERVER_BAD_CONTENT'],
    ['of nonsense', { 'content-length': '-1' }, 'odd SERVER_PROTOCOL'],
    ['that is a web page', { ...whole, 'content-type': 'text/html' }, 'renew SERVER_BAD_CONTENT'],
  ])('%s', (_name, headers, kind) => {
    expect(kindOf(200, headers)).toBe(kind);
  });

  it('for a range without a condition means that the server does no ranges', () => {
    expect(kindOf(200, whole, { asked: { range, ifRange: false } })).toBe('no-range');
  });

  it('is taken when nothing was begun', () => {
    expect(kindOf(200, whole, { known: fresh })).toBe('whole');
    expect(kindOf(203, {}, { known: fresh })).toBe('whole');
    expect(kindOf(200, whole, { known: { ...fresh, promisedBytes: 99 } })).toBe('fail SIZE_MISMATCH');
    const page = { 'content-type': 'text/html' };
    expect(kindOf(200, page, { known: { ...fresh, expectsHtml: true } })).toBe('whole');
  });
});

it.each<[number, Record<string, string>, string]>([
  [201, {}, 'odd SERVER_PROTOCOL'],
  [204, {}, 'fail SERVER_BAD_CONTENT'],
  [205, {}, 'fail SERVER_BAD_CONTENT'],
  [300, {}, 'odd SERVER_PROTOCOL'],
  [304, {}, 'without-condition'],
  [400, {}, 'fail SERVER_REFUSED'],
  [401, {}, 'renew SERVER_REFUSED'],
  [403, {}, 'renew SERVER_REFUSED'],
  [404, {}, 'odd SERVER_REFUSED'],
  [407, {}, 'wait PROXY_SIGN_IN'],
  [408, {}, 'wait SERVER_BUSY'],
  [410, {}, 'renew WITHDRAWN'],
  [412, {}, 'changed'],
  [416, { 'content-range': 'bytes */100' }, 'odd SERVER_PROTOCOL'],
  [416, { 'content-range': 'bytes */50' }, 'changed'],
  [416, {}, 'odd SERVER_PROTOCOL'],
  [425, {}, 'wait SERVER_BUSY'],
  [429, {}, 'wait SERVER_BUSY'],
  [500, {}, 'wait SERVER_BUSY'],
  [503, {}, 'wait SERVER_BUSY'],
])('status %i with %j is: %s', (status, headers, kind) => {
  expect(kindOf(status, headers)).toBe(kind);
});

it('says of a 416 without a size that what is here may have outlived its file', () => {
  const verdict = checkResponse({ range, ifRange: true }, known, { status: 416, headers: {} });
  expect(verdict).toMatchObject({ kind: 'odd', outlived: true });
  expect(checkResponse({ range, ifRange: false }, fresh, { status: 416, headers: {} })).not.toHaveProperty(
    'outlived',
  );
});

it('does not take "not modified" for an answer when nothing was asked of that kind', () => {
  expect(kindOf(304, {}, { asked: { range, ifRange: false } })).toBe('odd SERVER_PROTOCOL');
});

it('takes a 416 that says "empty" for an empty file', () => {
  const asked = { range: { start: 0, end: 5 }, ifRange: false };
  const headers = { 'content-range': 'bytes */0' };
  const verdict = checkResponse(asked, fresh, { status: 416, headers });
  expect(verdict).toMatchObject({ kind: 'whole', identity: { sizeBytes: 0 } });
});
