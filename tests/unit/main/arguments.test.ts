import { describe, expect, it } from 'vitest';
import { linkRoute, readArguments, readLink, writeLink } from '../../../electron/main/arguments.ts';

const nothing = { home: undefined, demo: false, link: null };

describe('readArguments', () => {
  it.each([
    [[], nothing],
    [['electron', '.', '--demo'], { ...nothing, demo: true }],
    [['rushes', '--home', '/a b'], { ...nothing, home: '/a b' }],
    [['rushes', '--home=/a=b'], { ...nothing, home: '/a=b' }],
    [['rushes', '--home'], nothing],
    [['rushes', '--home', '--demo'], { ...nothing, demo: true }],
    [['rushes', '--home='], nothing],
    [['rushes', '--inspect=0', '--remote-debugging-port=0', '.', '--home', '/x'], { ...nothing, home: '/x' }],
    [['rushes', '--', 'rushes://clip/0192-a_B'], { ...nothing, link: { kind: 'clip', id: '0192-a_B' } }],
    [['rushes', '--', '/etc/passwd', 'rushes://event/1'], { ...nothing, link: { kind: 'event', id: '1' } }],
  ])('reads %j', (argv, expected) => {
    expect(readArguments(argv)).toEqual(expected);
  });

  it.each([
    [['rushes', 'rushes://clip/1']],
    [['rushes', '--', '--demo']],
    [['rushes', '--', '--home', '/x']],
    [['rushes', '--gpu-launcher=/bin/sh', '--renderer-cmd-prefix=/bin/sh', '--', '--inspect']],
    [['rushes', '--', 'rushes://clip/1 --no-sandbox']],
    [['rushes', '--demonstration', '--homely', 'x']],
  ])('finds nothing in %j', (argv) => {
    expect(readArguments(argv)).toEqual(nothing);
  });
});

describe('readLink', () => {
  it.each([
    'rushes://clip/',
    'rushes://clip/a/b',
    'rushes://clip/../x',
    'rushes://clip/%2e%2e',
    'rushes://clip/a?b',
    'rushes://clip/a#b',
    'rushes://clip/a\n',
    'rushes://user@clip/a',
    'rushes://root/a',
    'RUSHES://clip/a',
    'https://clip/a',
    'rushes:clip/a',
    `rushes://clip/${'a'.repeat(65)}`,
    ' rushes://clip/a',
    '',
    null,
    7,
    ['rushes://clip/a'],
  ])('refuses %j', (text) => {
    expect(readLink(text)).toBeNull();
  });

  it.each(['rushes://clip/a', 'rushes://asset/b', 'rushes://event/c'])(
    'reads %s as it is written',
    (text) => {
      const link = readLink(text);
      expect(link && writeLink(link)).toBe(text);
    },
  );

  it('leads to the page’s own address', () => {
    expect(linkRoute({ kind: 'clip', id: 'a' })).toBe('/library?clip=a');
    expect(linkRoute({ kind: 'asset', id: 'b' })).toBe('/asset/b');
    expect(linkRoute({ kind: 'event', id: 'c' })).toBe('/event/c');
  });
});
