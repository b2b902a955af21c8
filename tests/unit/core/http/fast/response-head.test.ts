import {
  array,
  assert,
  constantFrom,
  integer,
  oneof,
  property,
  string,
  stringMatching,
  tuple,
  uniqueArray,
} from 'fast-check';
import { expect, test } from 'vitest';
import { mostHeadBytes, parseResponseHead } from '../../../../../electron/core/http/fast/response-head.ts';

const parse = (text: string) => parseResponseHead(Buffer.from(text, 'latin1'));
const piece = 'HTTP/1.1 206 Partial Content\r\nContent-Length: 10\r\nContent-Range: bytes 0-9/100\r\n\r\n';

test('reads the head of a piece and leaves the body alone', () => {
  expect(parse(`${piece}0123456789`)).toEqual({
    kind: 'head',
    head: {
      status: 206,
      headers: { 'content-length': '10', 'content-range': 'bytes 0-9/100' },
      endsAt: piece.length,
      bodyBytes: 10,
      keepsAlive: true,
    },
  });
});

test('wants more at every byte of a head but the last', () => {
  for (let end = 0; end < piece.length; end++) expect(parse(piece.slice(0, end)).kind).toBe('more');
});

test.each([
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n'],
  ['HTTP/2', 'HTTP/2 200\r\n\r\n'],
  ['another protocol', 'ICY 200 OK\r\n\r\n'],
  ['a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n'],
  ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n'],
  ['a status that begins with nought', 'HTTP/1.1 020 OK\r\n\r\n'],
  ['two spaces before the status', 'HTTP/1.1  200 OK\r\n\r\n'],
  ['a bare line feed', 'HTTP/1.1 200 OK\nContent-Length: 1\r\n\r\n'],
  ['a bare carriage return', 'HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n'],
  ['a NUL in a value', 'HTTP/1.1 200 OK\r\nA: b\0c\r\n\r\n'],
  ['a folded line', 'HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n'],
  ['a space before the colon', 'HTTP/1.1 200 OK\r\nContent-Length : 1\r\n\r\n'],
  ['a line without a colon', 'HTTP/1.1 200 OK\r\nhello\r\n\r\n'],
  ['a header without a name', 'HTTP/1.1 200 OK\r\n: 1\r\n\r\n'],
  ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
  ['the same length twice', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\ncontent-length: 1\r\n\r\n'],
  ['two places', 'HTTP/1.1 206 OK\r\nContent-Range: bytes 0-1/2\r\nContent-Range: bytes 1-2/3\r\n\r\n'],
  ['a second status line', 'HTTP/1.1 200 OK\r\nHTTP/1.1 206 OK\r\n\r\n'],
  ['a header bomb by number', `HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(201)}\r\n`],
  ['a header bomb by length', `HTTP/1.1 200 OK\r\nA: ${'b'.repeat(mostHeadBytes)}\r\n\r\n`],
  ['a head that never ends', `HTTP/1.1 200 OK\r\nA: ${'b'.repeat(mostHeadBytes)}`],
  ['a page without a head', '<html>'],
])('refuses %s', (_what, text) => {
  expect(parse(text).kind).toBe('refused');
});

test.each([
  ['no length', '', null],
  ['chunks', 'Transfer-Encoding: chunked\r\n', null],
  ['a length beside chunks', 'Content-Length: 1\r\nTransfer-Encoding: chunked\r\n', null],
  ['a negative length', 'Content-Length: -1\r\n', null],
  ['a length with a plus', 'Content-Length: +1\r\n', null],
  ['a length in hexadecimal', 'Content-Length: 0x1\r\n', null],
  ['a list of lengths', 'Content-Length: 1, 1\r\n', null],
  ['a length beyond counting', 'Content-Length: 9007199254740993\r\n', null],
  ['a length of nought', 'Content-Length: 0\r\n', 0],
])('takes %s for what it is', (_what, lines, bodyBytes) => {
  const verdict = parse(`HTTP/1.1 200 OK\r\n${lines}\r\n`);
  expect(verdict.kind === 'head' && verdict.head.bodyBytes).toBe(bodyBytes);
});

test.each([100, 103, 204, 304])('knows that a %i has no body, whatever it says', (status) => {
  const verdict = parse(`HTTP/1.1 ${status}\r\nContent-Length: 5\r\n\r\n`);
  expect(verdict.kind === 'head' && verdict.head.bodyBytes).toBe(0);
});

test('hears that the connection is to be closed, in whatever company', () => {
  for (const value of ['close', 'Close', 'keep-alive, close', 'upgrade']) {
    const verdict = parse(`HTTP/1.1 200 OK\r\nConnection: ${value}\r\n\r\n`);
    expect(verdict.kind === 'head' && verdict.head.keepsAlive).toBe(false);
  }
});

test('keeps a header called __proto__ a header', () => {
  const verdict = parse('HTTP/1.1 200 OK\r\n__proto__: x\r\n\r\n');
  expect(verdict.kind === 'head' && Object.keys(verdict.head.headers)).toEqual(['__proto__']);
});

test('never throws, and never finds the end of a head where there is none', () => {
  const soup = array(
    oneof(
      constantFrom('HTTP/1.1 ', '206', ' ', '\r\n', '\r', '\n', ':', 'Content-Length', '0', '\r\n\r\n', ','),
      string({ unit: 'binary', maxLength: 10 }),
    ),
    { maxLength: 25 },
  );
  assert(
    property(soup, (parts) => {
      const text = parts.join('');
      const verdict = parse(text);
      if (verdict.kind !== 'head') return;
      const { endsAt, status, bodyBytes } = verdict.head;
      const bytes = Buffer.from(text, 'latin1');
      expect(bytes.indexOf('\r\n\r\n', 0, 'latin1')).toBe(endsAt - 4);
      expect(status).toBeGreaterThanOrEqual(100);
      expect(bodyBytes === null || Number.isSafeInteger(bodyBytes)).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test('says the same of a head whatever comes behind it', () => {
  const name = stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,12}$/);
  const value = stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
  const lines = uniqueArray(tuple(name, value), {
    selector: ([key]) => key.toLowerCase(),
    maxLength: 12,
  });
  assert(
    property(integer({ min: 200, max: 599 }), lines, string(), (status, headers, rest) => {
      const head = `HTTP/1.1 ${status} X\r\n${headers.map(([k, v]) => `${k}: ${v}\r\n`).join('')}\r\n`;
      const alone = parse(head);
      expect(alone.kind).toBe('head');
      expect(parse(head + rest)).toEqual(alone);
      if (alone.kind !== 'head') return;
      expect(alone.head.headers).toEqual(Object.fromEntries(headers.map(([k, v]) => [k.toLowerCase(), v])));
    }),
  );
});
