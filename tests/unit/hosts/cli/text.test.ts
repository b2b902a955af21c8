import { describe, expect, it } from 'vitest';
import {
  bytesText,
  columns,
  countText,
  durationText,
  facts,
  plainText,
} from '../../../../electron/hosts/cli/text.ts';

describe('text for a terminal', () => {
  it('takes out what moves the cursor or turns the writing direction', () => {
    expect(plainText('a\u001b[2Jb\u0007\u202ec\u009b1md')).toBe('a\ufffd[2Jb\ufffd\ufffdc\ufffd1md');
    expect(plainText('Besançon – الدوحة 東京\tx\n')).toBe('Besançon – الدوحة 東京\tx\n');
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [30_743_609, '30.7 MB'],
    [2.5e12, '2.5 TB'],
    [7e18, '7000000.0 TB'],
  ])('tells %d bytes as %s', (bytes, text) => expect(bytesText(bytes)).toBe(text));

  it.each([
    [0, '0 ms'],
    [849.6, '850 ms'],
    [12_000, '12 s'],
    [59_700, '1 min 00 s'],
    [185_000, '3 min 05 s'],
    [7_620_000, '2 h 07 min'],
  ])('tells %d ms as %s', (milliseconds, text) => expect(durationText(milliseconds)).toBe(text));

  it('aligns columns and leaves no blanks at the end of a line', () => {
    expect(
      columns([
        ['a', 'long', ''],
        ['bbb', 'c', 'd'],
      ]),
    ).toEqual(['a    long', 'bbb  c     d']);
    expect(columns([])).toEqual([]);
  });

  it('leaves out facts without a value, and keeps each on one line', () => {
    expect(
      facts([
        ['id', 'x'],
        ['none', null],
        ['empty', ''],
        ['zero', 0],
        ['note', 'a\nb'],
      ]),
    ).toEqual(['id    x', 'zero  0', 'note  a b']);
  });

  it('counts', () => expect([countText(1, 'clip'), countText(0, 'clip')]).toEqual(['1 clip', '0 clips']));
});
