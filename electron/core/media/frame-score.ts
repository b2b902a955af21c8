/** A frame as ffmpeg gives it: RGB, three bytes a pixel, rows from the top. */
export interface RgbFrame {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** What a frame shows, as far as it matters for choosing a poster. */
export type FrameVerdict = 'picture' | 'black' | 'white' | 'flat' | 'bars';

/** How well a frame stands for its clip: 0 to about 1. Anything but a picture stays below 0.1. */
export interface FrameScore {
  readonly score: number;
  readonly verdict: FrameVerdict;
}

/** Judges a frame by its light, its detail and whether it is a test card. */
export function scoreFrame(frame: RgbFrame): FrameScore {
  const light = lightOf(frame);
  const { mean, deviation, entropy } = statistics(light);
  const detail = 0.6 * (entropy / 5) + 0.4 * Math.min(1, deviation / 64);
  const verdict = judge(frame, { mean, deviation });
  return verdict === 'picture'
    ? { score: Math.max(0.1, detail), verdict }
    : { score: detail * 0.09, verdict };
}

/**
 * The index of the frame to show; null when there is none. Frames of the middle third weigh slightly more: clips begin
 * with slates and end in fades.
 */
export function chooseFrame(frames: readonly RgbFrame[]): number | null {
  let best: { index: number; score: number } | null = null;
  for (const [index, frame] of frames.entries()) {
    const place = (index + 0.5) / frames.length;
    const weight = place > 1 / 3 && place < 2 / 3 ? 1.08 : 1;
    const score = scoreFrame(frame).score * weight;
    if (best === null || score > best.score) best = { index, score };
  }
  return best?.index ?? null;
}

function judge(frame: RgbFrame, light: { mean: number; deviation: number }): FrameVerdict {
  if (light.mean < 22 && light.deviation < 20) return 'black';
  if (light.mean > 233 && light.deviation < 20) return 'white';
  if (light.deviation < 4) return 'flat';
  return isColourBars(frame) ? 'bars' : 'picture';
}

/** Rec. 601 luma of each pixel, 0 to 255. */
function lightOf(frame: RgbFrame): Float64Array {
  const light = new Float64Array(frame.width * frame.height);
  for (let index = 0; index < light.length; index += 1) {
    const [red, green, blue] = pixelAt(frame, index);
    light[index] = 0.299 * red + 0.587 * green + 0.114 * blue;
  }
  return light;
}

/** Mean and standard deviation of the light, and the entropy of its 32-step histogram in bits (5 at most). */
function statistics(light: Float64Array): { mean: number; deviation: number; entropy: number } {
  const steps = Array.from({ length: 32 }, () => 0);
  let sum = 0;
  let squares = 0;
  for (const value of light) {
    sum += value;
    squares += value * value;
    const step = Math.min(31, Math.floor(value / 8));
    steps[step] = (steps[step] ?? 0) + 1;
  }
  const count = Math.max(1, light.length);
  const mean = sum / count;
  let entropy = 0;
  for (const hits of steps) {
    if (hits > 0) entropy -= (hits / count) * Math.log2(hits / count);
  }
  return { mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)), entropy };
}

/**
 * Whether the upper half is made of a few upright, saturated stripes: SMPTE and EBU bars, full-height or with a
 * second field below. Real pictures hardly ever have columns of one colour.
 */
function isColourBars(frame: RgbFrame): boolean {
  const rows = Math.max(2, Math.floor(frame.height * 0.5));
  const columns = Array.from({ length: frame.width }, (_, x) => columnOf(frame, x, rows));
  const constant = columns.filter((column) => column.spread < 10).length;
  if (constant < frame.width * 0.85) return false;
  let stripes = 1;
  let saturated = 0;
  for (const [x, column] of columns.entries()) {
    const before = columns[x - 1];
    if (before !== undefined && distance(before.colour, column.colour) > 40) stripes += 1;
    if (Math.max(...column.colour) - Math.min(...column.colour) > 60) saturated += 1;
  }
  // A stripe's edge may fall inside a pixel and count twice: 7 or 8 bars give 7 to 16 stripes.
  return stripes >= 5 && stripes <= 18 && saturated >= frame.width * 0.5;
}

type Colour = readonly [number, number, number];

/** Mean colour of the top `rows` pixels of a column, and how far a pixel strays from it at most on average. */
function columnOf(frame: RgbFrame, x: number, rows: number): { colour: Colour; spread: number } {
  const total: [number, number, number] = [0, 0, 0];
  const pixels = Array.from({ length: rows }, (_, y) => pixelAt(frame, y * frame.width + x));
  for (const [red, green, blue] of pixels) {
    total[0] += red;
    total[1] += green;
    total[2] += blue;
  }
  const colour: Colour = [total[0] / rows, total[1] / rows, total[2] / rows];
  const strayed = pixels.reduce((sum, pixel) => sum + distance(pixel, colour), 0);
  return { colour, spread: strayed / rows };
}

function pixelAt(frame: RgbFrame, index: number): Colour {
  const at = index * 3;
  return [frame.pixels[at] ?? 0, frame.pixels[at + 1] ?? 0, frame.pixels[at + 2] ?? 0];
}

function distance(a: Colour, b: Colour): number {
  return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) + Math.abs(a[2] - b[2]);
}
