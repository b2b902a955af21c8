import { expect, test } from 'vitest';
import { requestText } from '../../../../../electron/core/http/fast/request-text.ts';
import type { HttpRequest } from '../../../../../electron/core/http/http-client.ts';

const policy = { insecureHttp: false, allowPrivate: false };
const textOf = (request: Partial<HttpRequest> = {}, address = 'https://media.example/a%20b.mp4?x=1#part') =>
  requestText({ url: address, policy, ...request }, new URL(address), 'Rushes test');

test('writes a GET with the headers of the source and no others of its own than it needs', () => {
  expect(textOf({ headers: { Range: 'bytes=0-9', Authorization: 'Bearer x' } })).toBe(
    [
      'GET /a%20b.mp4?x=1 HTTP/1.1',
      'host: media.example',
      'connection: keep-alive',
      'user-agent: Rushes test',
      'range: bytes=0-9',
      'authorization: Bearer x',
      'accept-encoding: identity',
      '',
      '',
    ].join('\r\n'),
  );
});

test('names the port where it is not the usual one', () => {
  expect(textOf({}, 'https://media.example:8443/a')).toContain('\r\nhost: media.example:8443\r\n');
});

test.each([
  ['another method', { method: 'POST' }],
  ['a body', { json: {} }],
  ['a line break in a value', { headers: { 'X-Key': 'a\r\nHost: evil.example' } }],
  ['a line break in a name', { headers: { 'X\r\nHost': 'evil.example' } }],
  ['letters beyond Latin-1', { headers: { 'X-Key': 'ключ' } }],
  ['a host of its own', { headers: { Host: 'evil.example' } }],
  ['framing of its own', { headers: { 'Transfer-Encoding': 'chunked' } }],
] satisfies [string, Partial<HttpRequest>][])(
  'leaves a request with %s to the plain client',
  (_what, request) => {
    expect(textOf(request)).toBeNull();
  },
);

test('does not let a header of the source ask for compression', () => {
  expect(textOf({ headers: { 'Accept-Encoding': 'gzip' } })).toContain('accept-encoding: identity');
});
