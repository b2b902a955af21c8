import type { MediaRecipe, PictureKind } from './media-recipe.ts';

/** Size and rate that a picture is drawn at, before it is scaled to its outputs. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** As ffmpeg reads it: `25` or `30000/1001`. */
  readonly rate: string;
  readonly framesASecond: number;
}

type Draw = (recipe: MediaRecipe, canvas: Canvas) => string;

/** Graphs without inputs that end in one open output; all cheap enough for many times real time on one core. */
const pictures: Readonly<Record<PictureKind, Draw>> = {
  chart: ({ hue }, { width, height, rate }) => `testsrc2=s=${width}x${height}:r=${rate},hue=h=${hue}`,
  fractal: ({ hue }, { width, height, rate }) => {
    const x = (-0.743643 - (hue % 7) * 0.0007).toFixed(6);
    return `mandelbrot=s=${width / 2}x${height / 2}:r=${rate}:maxiter=150:start_scale=2:start_x=${x},hue=h=${hue}`;
  },
  cells: ({ hue }, { width, height, rate }) => {
    const colours = `life_color=${colour(hue, 0.75)}:death_color=${colour(hue + 140, 0.2)}:mold_color=${colour(hue + 60, 0.35)}`;
    return `life=s=${width / 4}x${height / 4}:r=${rate}:ratio=0.25:mold=12:random_seed=${hue + 1}:${colours}`;
  },
  rule: ({ hue }, { width, height, rate }) => {
    const rules = [30, 90, 110, 150];
    const [red, green, blue] = channels(hue, 0.8);
    const tint = `format=rgb24,lutrgb=r=40+val*${red / 350}:g=40+val*${green / 350}:b=40+val*${blue / 350}`;
    const rule = rules[hue % rules.length] ?? 110;
    return `cellauto=s=${width / 4}x${height / 4}:rate=${rate}:rule=${rule}:ratio=0.4:random_seed=${hue + 1},${tint}`;
  },
  boxes: ({ hue }, { width, height, rate }) => {
    const side = Math.floor(Math.min(width, height) / 3);
    const source = (c: string, s: string): string => `color=c=${c}:s=${s}:r=${rate}`;
    const box = `${side}x${side}`;
    return [
      `${source(colour(hue, 0.35), `${width}x${height}`)}[ground]`,
      `${source(colour(hue + 120, 0.7), box)}[one]`,
      `${source(colour(hue + 200, 0.6), box)}[two]`,
      `[ground][one]overlay=x=mod(t*150+${hue + 200}\\,W+w)-w:y=(H-h)/2+sin(t*2)*H/4[with-one]`,
      `[with-one][two]overlay=x=W-mod(t*95+${hue / 2 + 200}\\,W+w):y=(H-h)/2+cos(t*3)*H/4`,
    ].join(';');
  },
  'turning-bars': ({ hue }, { width, height, rate }) =>
    `smptehdbars=s=${width}x${height}:r=${rate},hue=H=${((hue * Math.PI) / 180).toFixed(3)}+2*PI*t/5`,
};

/** Draws the moving picture of a recipe, led in by its bad-poster second where it has one. */
export function pictureGraph(recipe: MediaRecipe, canvas: Canvas): string {
  const { width, height, rate } = canvas;
  const even = `scale=${width}:${height}:flags=fast_bilinear,setsar=1,fps=${rate},format=yuv420p`;
  const picture = `${pictures[recipe.picture](recipe, canvas)},${even}`;
  // Cut by counting frames: cutting by time loses one or two at the fractional rates.
  const frames = Math.round(recipe.durationS * canvas.framesASecond);
  if (recipe.head === 'none') return `${picture},trim=end_frame=${frames}`;
  const headFrames = Math.round(canvas.framesASecond);
  const still = recipe.head === 'black' ? 'color=c=black:' : 'smptebars=';
  return [
    `${still}s=${width}x${height}:r=${rate},${even},trim=end_frame=${headFrames}[head]`,
    `${picture},trim=end_frame=${frames - headFrames}[body]`,
    '[head][body]concat=n=2:v=1:a=0',
  ].join(';');
}

function colour(hue: number, lightness: number): string {
  const [red, green, blue] = channels(hue, lightness);
  return `0x${[red, green, blue].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** A saturated colour as 0 to 255 for red, green and blue. */
function channels(hue: number, lightness: number): [number, number, number] {
  const part = (offset: number): number => {
    const turn = Math.cos((((hue % 360) - offset) * Math.PI) / 180);
    return Math.round(255 * lightness * (0.6 + 0.4 * turn));
  };
  return [part(0), part(120), part(240)];
}
