import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFileName, parseFolderName } from '../../../../shared/domain/file-name-grammar.ts';

/** name → form, day, letter, slug, index, index style, rendition width and height, event key. */
const names = [
  ['190916a-001', 'nato', '2019-09-16', 'a', null, 1, 'separate', null, '190916a'],
  ['190916a-021.jpg', 'nato', '2019-09-16', 'a', null, 21, 'separate', null, '190916a'],
  ['200114h-001.mp4', 'nato', '2020-01-14', 'h', null, 1, 'separate', null, '200114h'],
  ['16a-visit-uk-presid/211216a-005.jpg', 'nato', '2021-12-16', 'a', null, 5, 'separate', null, '211216a'],
  ['1a-trip-sg-cop28/231201a-003', 'nato', '2023-12-01', 'a', null, 3, 'separate', null, '231201a'],
  ['190916a-001_rdax_775x440s.jpg', 'nato', '2019-09-16', 'a', null, 1, 'separate', '775x440', '190916a'],
  ['190916A-001_rdax_440x775p.jpg', 'nato', '2019-09-16', 'a', null, 1, 'separate', '440x775', '190916a'],
  ['200508-sg-iraq', 'nato', '2020-05-08', null, 'sg-iraq', null, null, null, null],
  ['181031-iraq1.mov', 'nato', '2018-10-31', null, 'iraq', 1, 'glued', null, null],
  ['220613-NATO_HQ_0349', 'nato', '2022-06-13', null, 'NATO_HQ', 349, 'camera', null, null],
  ['20180110_sg-visit-002.mp4', 'long', '2018-01-10', null, 'sg-visit', 2, 'separate', null, null],
  ['190917-REP-Atlantic-2018-2', 'nato', '2019-09-17', null, 'REP-Atlantic-2018', 2, 'separate', null, null],
  ['190917-REP-Atlantic-2018', 'nato', '2019-09-17', null, 'REP-Atlantic-2018', null, null, null, null],
  ['190916a-visit-012.mxf', 'nato', '2019-09-16', 'a', 'visit', 12, 'separate', null, '190916a'],
  ['230223-O-D0483-1001.mp4', 'virin', '2023-02-23', null, 'O-D0483', 1001, 'separate', null, null],
  ['520326-O-D0483-001', 'virin', '1952-03-26', null, 'O-D0483', 1, 'separate', null, null],
  ['interview master.mp4', 'undated', null, null, 'interview master', null, null, null, null],
  ['C0012.MP4', 'undated', null, null, 'C0012', null, null, null, null],
  ['775x440s.jpg', 'undated', null, null, '775x440s', null, null, null, null],
  ['991331-no-such-day', 'undated', null, null, '991331-no-such-day', null, null, null, null],
  ['1909161-too-long', 'undated', null, null, '1909161-too-long', null, null, null, null],
  ['', 'undated', null, null, null, null, null, null, null],
] as const;

describe('file names', () => {
  test.each(names)('%s', (...row) => {
    const [name, form, day, letter, slug, index, indexStyle, rendition, eventKey] = row;
    const parsed = parseFileName(name);
    const size = parsed.rendition?.value;
    expect({
      form: parsed.form,
      day: parsed.day?.value ?? null,
      letter: parsed.letter?.value ?? null,
      slug: parsed.slug?.value ?? null,
      index: parsed.index?.value ?? null,
      indexStyle: parsed.indexStyle,
      rendition: size === undefined ? null : `${size.width}x${size.height}`,
      eventKey: parsed.eventKey,
    }).toEqual({ form, day, letter, slug, index, indexStyle, rendition, eventKey });
  });

  test('every part carries the text that it was read from', () => {
    const parsed = parseFileName('folder/190916B-visit-007_rdax_775x440s.jpg');
    expect(parsed.stem).toBe('190916B-visit-007');
    expect(parsed.day?.text).toBe('190916');
    expect(parsed.letter?.text).toBe('B');
    expect(parsed.slug?.text).toBe('visit');
    expect(parsed.index?.text).toBe('007');
    expect(parsed.rendition?.text).toBe('rdax_775x440s');
  });

  test('no name makes it fail, and a part is always a piece of the name', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80, unit: 'binary' }), (name) => {
        const parsed = parseFileName(name);
        for (const part of [parsed.day, parsed.letter, parsed.slug, parsed.index, parsed.rendition]) {
          expect(name.includes(part?.text ?? '')).toBe(true);
        }
      }),
      { verbose: true },
    );
  });
});

describe('folder names', () => {
  test.each([
    ['16a-visit-uk-presid', { dayOfMonth: 16, letter: 'a', slug: 'visit-uk-presid' }],
    ['1a-trip-sg-cop28', { dayOfMonth: 1, letter: 'a', slug: 'trip-sg-cop28' }],
    ['32a-nothing', null],
    ['visit', null],
  ])('%s', (name, expected) => {
    expect(parseFolderName(name)).toEqual(expected);
  });
});
