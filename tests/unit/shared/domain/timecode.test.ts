import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatTimecode,
  framesInDay,
  framesToMs,
  msToFrames,
  parseTimecode,
} from '../../../../shared/domain/timecode.ts';

const pal = { num: 25, den: 1 };
const film = { num: 24_000, den: 1001 };
const ntsc = { num: 30_000, den: 1001 };
const ntsc60 = { num: 60_000, den: 1001 };

describe('formatting frames', () => {
  test.each([
    [0, pal, false, '00:00:00:00'],
    [89_999, pal, false, '00:59:59:24'],
    [25 * 86_400, pal, false, '00:00:00:00'],
    [-1, pal, false, '23:59:59:24'],
    [24, film, false, '00:00:01:00'],
    [1799, ntsc, true, '00:00:59;29'],
    [1800, ntsc, true, '00:01:00;02'],
    [17_981, ntsc, true, '00:09:59;29'],
    [17_982, ntsc, true, '00:10:00;00'],
    [107_892, ntsc, true, '01:00:00;00'],
    [2_589_407, ntsc, true, '23:59:59;29'],
    [2_589_408, ntsc, true, '00:00:00;00'],
    [1800, ntsc, false, '00:01:00:00'],
    [3600, ntsc60, true, '00:01:00;04'],
    [-1, ntsc60, true, '23:59:59;59'],
  ])('frame %i at %o (drop-frame %s) is %s', (...row) => {
    const [frames, rate, dropFrame, expected] = row;
    expect(formatTimecode(frames, { rate, dropFrame })).toBe(expected);
  });

  test('a rate without drop-frame ignores the request for it', () => {
    expect(formatTimecode(1500, { rate: pal, dropFrame: true })).toBe('00:01:00:00');
  });
});

describe('parsing', () => {
  test.each([
    ['10:00:00:00', pal, { ok: true, frames: 900_000, dropFrame: false }],
    ['01:00:00;00', ntsc, { ok: true, frames: 107_892, dropFrame: true }],
    ['01;00;00;00', ntsc, { ok: true, frames: 107_892, dropFrame: true }],
    ['00:01:00;02', ntsc, { ok: true, frames: 1800, dropFrame: true }],
    ['00:01:00;00', ntsc, { ok: false, reason: 'dropped-label' }],
    ['00:01:00;03', ntsc60, { ok: false, reason: 'dropped-label' }],
    ['00:10:00;00', ntsc, { ok: true, frames: 17_982, dropFrame: true }],
    ['00:00:00;00', pal, { ok: false, reason: 'rate-has-no-drop-frame' }],
    ['24:00:00:00', pal, { ok: false, reason: 'range' }],
    ['00:00:00:25', pal, { ok: false, reason: 'range' }],
    ['00:60:00:00', pal, { ok: false, reason: 'range' }],
    ['00:00:10', pal, { ok: false, reason: 'syntax' }],
    ['', pal, { ok: false, reason: 'syntax' }],
    ['00:00:00:00', { num: 0, den: 0 }, { ok: false, reason: 'bad-rate' }],
  ])('%s at %o reads as %o', (text, rate, expected) => {
    expect(parseTimecode(text, rate)).toEqual(expected);
  });
});

/** Counts labels one by one, as a deck does: no arithmetic shared with the code under test. */
function countLabels(nominal: number, dropped: number, frames: number): string {
  let [hours, minutes, seconds, frame] = [0, 0, 0, 0];
  for (let left = frames; left > 0; left -= 1) {
    frame += 1;
    if (frame < nominal) continue;
    frame = 0;
    seconds += 1;
    if (seconds < 60) continue;
    seconds = 0;
    minutes += 1;
    if (minutes === 60) {
      minutes = 0;
      hours = (hours + 1) % 24;
    }
    if (minutes % 10 !== 0) frame = dropped;
  }
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${pad(hours)}:${pad(minutes)}:${pad(seconds)}${dropped > 0 ? ';' : ':'}${pad(frame)}`;
}

describe('properties', () => {
  test.each([
    [ntsc, true, 30, 2],
    [ntsc60, true, 60, 4],
    [ntsc, false, 30, 0],
    [pal, false, 25, 0],
    [film, false, 24, 0],
  ])('labels at %o (drop-frame %s) are those that counting gives', (...row) => {
    const [rate, dropFrame, nominal, dropped] = row;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300_000 }), (frames) => {
        expect(formatTimecode(frames, { rate, dropFrame })).toBe(countLabels(nominal, dropped, frames));
      }),
      { numRuns: 60, verbose: true },
    );
  });

  test('a label reads back as its frame, over the whole day', () => {
    const bases = fc.constantFrom(
      { rate: ntsc, dropFrame: true },
      { rate: ntsc60, dropFrame: true },
      { rate: pal, dropFrame: false },
      { rate: film, dropFrame: false },
    );
    fc.assert(
      fc.property(bases, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (base, part) => {
        const frames = Math.floor(part * framesInDay(base));
        const reading = parseTimecode(formatTimecode(frames, base), base.rate);
        expect(reading).toEqual({ ok: true, frames, dropFrame: base.dropFrame });
      }),
      { numRuns: 1000, verbose: true },
    );
  });

  test('a frame survives the way through milliseconds', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(pal, film, ntsc, ntsc60),
        fc.integer({ min: 0, max: 2_000_000 }),
        (rate, frames) => {
          expect(msToFrames(framesToMs(frames, rate), rate)).toBe(frames);
        },
      ),
      { verbose: true },
    );
  });
});
