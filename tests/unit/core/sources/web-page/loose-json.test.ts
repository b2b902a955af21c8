import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseLooseJson } from '../../../../../electron/core/sources/web-page/loose-json.ts';

test.each([
  ['a comma behind the last', '{"a": [1, 2, ], "b": 3,\n }', { a: [1, 2], b: 3 }],
  ['comments', '{ // the name\n "a": "x", /* and\n more */ "b": 1 }', { a: 'x', b: 1 }],
  ['line breaks within a text', '{"a": "one\ntwo\tthree"}', { a: 'one\ntwo\tthree' }],
  ['a wrapper of HTML', '<!--\n{"a": 1}\n-->', { a: 1 }],
  ['a wrapper of CDATA', '//<![CDATA[\n{"a": 1}\n//]]>', { a: 1 }],
  ['a wrapper of CDATA in comments', '/*<![CDATA[*/{"a": 1}/*]]>*/', { a: 1 }],
  ['a semicolon', '{"a": 1};', { a: 1 }],
  ['quotes escaped for HTML', '{&quot;a&quot;: &quot;x &amp; y&quot;,}', { a: 'x & y' }],
  ['a byte order mark', '\uFEFF[1]', [1]],
])('JSON with %s is read', (_what, text, value) => {
  expect(parseLooseJson(text)).toEqual(value);
});

test('what only looks like a comment or a loose comma within a text stays as it is', () => {
  const value = { url: 'https://a.example//b', text: 'a, ] } /* no */ // "x" \\', n: [] };
  expect(parseLooseJson(`${JSON.stringify(value).slice(0, -1)},}`)).toEqual(value);
});

test.each(['', '   ', '{"a": }', '{"a": 1', "{'a': 1}", 'undefined', '{a: 1}', '<p>no</p>'])(
  'what is none is none: %s',
  (text) => {
    expect(parseLooseJson(text)).toBeUndefined();
  },
);

test('every JSON is read as it is, with loose commas and comments too', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      expect(parseLooseJson(text)).toEqual(JSON.parse(text));
      expect(parseLooseJson(`/* a */[${text},\n]`)).toEqual([JSON.parse(text)]);
    }),
  );
});

test('a megabyte that is none is refused in a moment', () => {
  const start = performance.now();
  for (const part of [', ', '[', '"', '/*', '\\', '{"a":']) {
    expect(parseLooseJson(part.repeat(1_000_000 / part.length))).toBeUndefined();
  }
  expect(performance.now() - start).toBeLessThan(6000);
});
