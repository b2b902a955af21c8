import { describe, expect, test } from 'vitest';
import { chooseFrame, scoreFrame, type RgbFrame } from '../../../../electron/core/media/frame-score.ts';

const width = 64;
const height = 36;
type Colour = readonly [number, number, number];

function frame(colourAt: (x: number, y: number) => Colour): RgbFrame {
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) pixels.set(colourAt(x, y), (y * width + x) * 3);
  }
  return { width, height, pixels };
}

const barColours: readonly Colour[] = [
  [192, 192, 192],
  [192, 192, 0],
  [0, 192, 192],
  [0, 192, 0],
  [192, 0, 192],
  [192, 0, 0],
  [0, 0, 192],
];
const bar = (x: number): Colour => barColours[Math.floor((x * 7) / width)] ?? [0, 0, 0];

const frames = {
  black: frame(() => [2, 2, 2]),
  white: frame(() => [250, 250, 250]),
  flat: frame(() => [90, 120, 160]),
  fullBars: frame((x) => bar(x)),
  smpteBars: frame((x, y) => (y < height * 0.67 ? bar(x) : [x * 2, x, 40])),
  picture: frame((x, y) => [(x * 7 + y * 13) % 256, (x * y) % 256, (y * 9) % 256]),
  dim: frame((x, y) => [(x * y) % 70, (x + y) % 70, y]),
  /** A fence: upright stripes, but of one hue and softly lit from top to bottom. */
  fence: frame((x, y) => [x % 8 < 4 ? 60 + y * 4 : 20 + y * 3, 50 + y * 3, 40 + y * 2]),
};

describe('judging a frame', () => {
  test.each([
    ['black', 'black'],
    ['white', 'white'],
    ['flat', 'flat'],
    ['fullBars', 'bars'],
    ['smpteBars', 'bars'],
    ['picture', 'picture'],
    ['dim', 'picture'],
    ['fence', 'picture'],
  ] as const)('%s is %s', (name, verdict) => {
    expect(scoreFrame(frames[name]).verdict).toBe(verdict);
  });

  test('anything that is no picture scores below everything that is one', () => {
    const poor = [frames.black, frames.white, frames.flat, frames.fullBars].map(
      (one) => scoreFrame(one).score,
    );
    expect(Math.max(...poor)).toBeLessThan(scoreFrame(frames.dim).score);
  });
});

describe('choosing a frame', () => {
  test('the only picture among slates is taken, wherever it stands', () => {
    expect(chooseFrame([frames.black, frames.fullBars, frames.white, frames.picture])).toBe(3);
  });

  test('of equal pictures one of the middle third is taken', () => {
    const same = Array.from({ length: 9 }, () => frames.picture);
    expect(chooseFrame(same)).toBe(3);
  });

  test('a clip that is black throughout still gets a frame', () => {
    expect(chooseFrame([frames.black, frames.black])).not.toBeNull();
  });

  test('no frames, no choice', () => {
    expect(chooseFrame([])).toBeNull();
  });
});
