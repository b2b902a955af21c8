/** Moving pictures that the demo draws. */
export type PictureKind = 'chart' | 'fractal' | 'cells' | 'rule' | 'boxes' | 'turning-bars';

/** Files that can be made from one moving picture. */
export type OutputKind =
  | 'h264-1080'
  | 'h264-720'
  | 'h264-540'
  | 'h264-tall'
  | 'h264-mov-720'
  | 'mxf-50'
  | 'prores-540'
  | 'web-360'
  | 'web-tall';

/** Frame rate as a fraction. */
export interface Rate {
  readonly num: number;
  readonly den: number;
}

/** Everything that decides the bytes of an asset's media; its hash names the place in the cache. */
export interface MediaRecipe {
  readonly picture: PictureKind;
  /** 0 to 359; turns the colours and seeds the picture. */
  readonly hue: number;
  /** A second that is a bad poster: black, or colour bars. */
  readonly head: 'none' | 'black' | 'bars';
  readonly durationS: number;
  readonly rate: Rate;
  /** With `;` before the frames when drop-frame. */
  readonly startTimecode: string;
  readonly audio: 'tone' | 'none';
  /** Burnt in, together with the running timecode. */
  readonly caption: string;
  readonly outputs: readonly OutputKind[];
}

/** What an output is, for the catalogue and for the encoder. */
export interface OutputProfile {
  readonly extension: 'mp4' | 'mov' | 'mxf';
  readonly width: number;
  readonly height: number;
  readonly videoCodec: 'h264' | 'mpeg2video' | 'prores';
  readonly audioCodec: 'aac' | 'pcm_s16le';
  readonly scan: 'progressive' | 'interlaced';
  readonly videoArguments: readonly string[];
  readonly audioArguments: readonly string[];
  readonly pixelFormat: string;
}

const aac = { audioCodec: 'aac', audioArguments: ['-c:a', 'aac', '-b:a', '96k'] } as const;
const pcm = { audioCodec: 'pcm_s16le', audioArguments: ['-c:a', 'pcm_s16le', '-ar', '48000'] } as const;
const h264 = {
  ...aac,
  videoCodec: 'h264',
  scan: 'progressive',
  pixelFormat: 'yuv420p',
  videoArguments: ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '31', '-g', '50'],
} as const;

/** The profile of each output. */
export const outputProfiles = {
  'h264-1080': { ...h264, extension: 'mp4', width: 1920, height: 1080 },
  'h264-720': { ...h264, extension: 'mp4', width: 1280, height: 720 },
  'h264-540': { ...h264, extension: 'mp4', width: 960, height: 540 },
  'h264-tall': { ...h264, extension: 'mp4', width: 540, height: 960 },
  'h264-mov-720': { ...h264, extension: 'mov', width: 1280, height: 720 },
  'web-360': { ...h264, extension: 'mp4', width: 640, height: 360 },
  'web-tall': { ...h264, extension: 'mp4', width: 270, height: 480 },
  'mxf-50': {
    ...pcm,
    extension: 'mxf',
    width: 1920,
    height: 1080,
    videoCodec: 'mpeg2video',
    scan: 'interlaced',
    pixelFormat: 'yuv422p',
    // XDCAM HD422 in substance: constant 50 Mb/s, 4:2:2, top field first.
    videoArguments:
      '-c:v mpeg2video -b:v 50M -minrate 50M -maxrate 50M -bufsize 36408333 -flags +ildct+ilme -top 1 -g 12 -bf 2'.split(
        ' ',
      ),
  },
  'prores-540': {
    ...pcm,
    extension: 'mov',
    width: 960,
    height: 540,
    videoCodec: 'prores',
    scan: 'progressive',
    pixelFormat: 'yuv422p10le',
    videoArguments: ['-c:v', 'prores', '-profile:v', '0'],
  },
} as const satisfies Record<OutputKind, OutputProfile>;

/** Answers the profile of an output under its general type. */
export function profileOf(kind: OutputKind): OutputProfile {
  return outputProfiles[kind];
}

/** Length of a recipe's media, a whole number of frames. */
export function mediaDurationMs({ durationS, rate }: Pick<MediaRecipe, 'durationS' | 'rate'>): number {
  const frames = Math.round((durationS * rate.num) / rate.den);
  return Math.round((frames * rate.den * 1000) / rate.num);
}
