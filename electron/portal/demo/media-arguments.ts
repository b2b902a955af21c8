import { profileOf } from './media-recipe.ts';
import type { MediaRecipe, OutputKind } from './media-recipe.ts';
import { pictureGraph } from './picture-filters.ts';

/** Name of the caption's text file, read by ffmpeg from its working folder: captions need no quoting there. */
export const captionFile = 'caption.txt';
/** Name of the poster picture. */
export const pictureFile = 'picture.jpg';

/** Name of an output's file in the cache. */
export function outputFile(kind: OutputKind): string {
  return `${kind}.${profileOf(kind).extension}`;
}

/**
 * Builds the arguments of the one ffmpeg process that makes all files of an asset.
 *
 * The moving picture is drawn once at low resolution, split, and scaled for each output; `-bitexact` keeps times and
 * versions out of the files, so that a recipe gives the same bytes everywhere.
 */
export function mediaArguments(recipe: MediaRecipe, fontPath: string): string[] {
  const isTall = recipe.outputs.some((kind) => profileOf(kind).height > profileOf(kind).width);
  const isDoubled = recipe.outputs.some((kind) => profileOf(kind).scan === 'interlaced');
  const rate = rateText(recipe, 1);
  // Fields are taken from a picture drawn at twice the rate, so that motion differs between them as in a camera.
  const drawnRate = isDoubled ? rateText(recipe, 2) : rate;
  const framesASecond = (recipe.rate.num / recipe.rate.den) * (isDoubled ? 2 : 1);
  const size = isTall ? { width: 360, height: 640 } : { width: 640, height: 360 };
  const count = recipe.outputs.length;
  const branches = recipe.outputs.map((_kind, index) => `[v${index}]`).join('');
  const graph = [
    `${pictureGraph(recipe, { ...size, rate: drawnRate, framesASecond })},split=${count + 1}${branches}[poster]`,
    ...recipe.outputs.map((kind, index) => outputBranch({ recipe, kind, index, fontPath, rate, isDoubled })),
    `[poster]trim=start=${recipe.head === 'none' ? 0.5 : 1.5},scale=w=480:h=480:force_original_aspect_ratio=decrease,${caption(fontPath)}[jpg]`,
  ];
  const sound = recipe.audio === 'none' ? [] : [toneBranch(recipe, count)];
  return [
    ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', '-filter_complex_threads', '1'],
    ['-filter_complex', [...graph, ...sound].join(';')],
    ...recipe.outputs.map((kind, index) => outputArguments(recipe, kind, index)),
    ['-map', '[jpg]', '-frames:v', '1', '-q:v', '4', '-flags', '+bitexact', pictureFile],
  ].flat();
}

function outputBranch(branch: {
  recipe: MediaRecipe;
  kind: OutputKind;
  index: number;
  fontPath: string;
  rate: string;
  isDoubled: boolean;
}): string {
  const { recipe, kind, index, fontPath, rate, isDoubled } = branch;
  const { width, height, scan, pixelFormat } = profileOf(kind);
  const scale = `scale=${width}:${height}:flags=fast_bilinear`;
  // Text is drawn after the fields are woven: it stands still within a frame.
  const frames =
    scan === 'interlaced'
      ? `${scale},tinterlace=mode=interleave_top`
      : isDoubled
        ? `framestep=2,${scale}`
        : scale;
  const texts = `${caption(fontPath)},${timecode(recipe, fontPath, rate)}`;
  return `[v${index}]${frames},${texts},format=${pixelFormat}[o${index}]`;
}

function caption(fontPath: string): string {
  return `drawtext=fontfile=${quotePath(fontPath)}:textfile=${captionFile}:${textStyle}:fontsize=w/40:x=w/32:y=h/20:expansion=none`;
}

function timecode({ startTimecode }: MediaRecipe, fontPath: string, rate: string): string {
  const start = startTimecode.replaceAll(':', '\\:').replaceAll(';', '\\;');
  return `drawtext=fontfile=${quotePath(fontPath)}:timecode='${start}':r=${rate}:${textStyle}:fontsize=w/24:x=w/32:y=h-h/7`;
}

const textStyle = 'fontcolor=white:box=1:boxcolor=black@0.6:boxborderw=6';

function toneBranch(recipe: MediaRecipe, count: number): string {
  const outputs = recipe.outputs.map((_kind, index) => `[a${index}]`).join('');
  const frequency = 220 + recipe.hue;
  const tone = `sine=frequency=${frequency}:sample_rate=48000:duration=${recipe.durationS},volume=0.3`;
  return `${tone},asplit=${count}${outputs}`;
}

function outputArguments(recipe: MediaRecipe, kind: OutputKind, index: number): string[] {
  const { videoArguments, audioArguments } = profileOf(kind);
  const sound =
    recipe.audio === 'none' ? ['-an'] : ['-map', `[a${index}]`, ...audioArguments, '-flags:a', '+bitexact'];
  // An encoder with flags of its own gets them in one option: a second -flags would replace the first.
  const isBitexact = videoArguments.includes('-flags') ? [] : ['-flags:v', '+bitexact'];
  return [
    [
      '-map',
      `[o${index}]`,
      ...videoArguments,
      '-threads',
      '1',
      ...sound,
      ...isBitexact,
      '-fflags',
      '+bitexact',
    ],
    ['-timecode', recipe.startTimecode, outputFile(kind)],
  ].flat();
}

function rateText({ rate }: MediaRecipe, times: number): string {
  return rate.den === 1 ? String(rate.num * times) : `${rate.num * times}/${rate.den}`;
}

/** Quotes a path for a filter's option: a colon after a drive letter would end the option otherwise. */
function quotePath(path: string): string {
  return `'${path
    .replaceAll('\\', '/')
    .replaceAll(':', '\\:')
    .replaceAll("'", String.raw`'\\\''`)}'`;
}
