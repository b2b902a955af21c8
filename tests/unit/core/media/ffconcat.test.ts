import { describe, expect, test } from 'vitest';
import { ffconcatList, shownStops, spreadStops } from '../../../../electron/core/media/ffconcat.ts';

describe('ffconcat lists', () => {
  test('each stop is the same file with an in-point, an out-point and a nominal length', () => {
    expect(ffconcatList('/m/a b.mp4', { atMs: [0, 1500], startMs: 0, holdMs: 1 })).toBe(
      [
        'ffconcat version 1.0',
        "file 'file:/m/a b.mp4'",
        'inpoint 0.000',
        'outpoint 0.001',
        'duration 1000',
        "file 'file:/m/a b.mp4'",
        'inpoint 1.500',
        'outpoint 1.501',
        'duration 1000',
        '',
      ].join('\n'),
    );
  });

  test('stops count from the first timestamp of the file', () => {
    const list = ffconcatList('/m/a.ts', { atMs: [1000], startMs: 1400, holdMs: 2000 });
    expect(list).toContain('inpoint 2.400\noutpoint 4.400\n');
  });

  test('a quote in the name cannot end the quoting', () => {
    const list = ffconcatList(String.raw`/m/it's \ 'x`, { atMs: [0], startMs: 0, holdMs: 1 });
    expect(list).toContain(String.raw`file 'file:/m/it'\''s \ '\''x'`);
  });

  test.each(['/m/a\nfile /etc/passwd', '/m/a\rb', '/m/a\0b'])('%j cannot be written', (path) => {
    expect(ffconcatList(path, { atMs: [0], startMs: 0, holdMs: 1 })).toBeNull();
  });
});

describe('stops', () => {
  test('lie in the middle of equal shares', () => {
    expect(spreadStops(10_000, 4)).toEqual([1250, 3750, 6250, 8750]);
    expect(spreadStops(40, 1)).toEqual([20]);
  });

  test('are read back from the lines of showinfo, missing ones left out', () => {
    const said = [
      'Input #0, concat, from x',
      '[Parsed_showinfo_3 @ 0x1] config in time_base: 1/25, frame_rate: 25/1',
      '[Parsed_showinfo_3 @ 0x1] n:   0 pts:    297 pts_time:0.0232031 pos:       48 fmt:yuv420p',
      '[Parsed_showinfo_3 @ 0x1] n:   1 pts:12791337 pts_time:999.323 pos:       48 fmt:yuv420p',
      '[Parsed_showinfo_3 @ 0x1] n:   2 pts:38399017 pts_time:2999.92 pos:    78378 fmt:yuv420p',
    ].join('\n');
    expect(shownStops(said)).toEqual([0, 1, 3]);
    expect(shownStops('nothing of the kind')).toBeNull();
  });
});
