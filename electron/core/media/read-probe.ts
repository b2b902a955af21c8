import type { FfprobeOutput, FfprobeStream } from './probe-schema.ts';

/** The picture of a clip. Width and height are as shown: turned upright, with square pixels. */
export interface VideoFacts {
  readonly streamIndex: number;
  readonly codec: string;
  readonly profile: string | null;
  readonly width: number;
  readonly height: number;
  /** Frames a second as a fraction; null when the container does not say. */
  readonly rateNum: number | null;
  readonly rateDen: number | null;
  readonly scan: 'progressive' | 'interlaced' | null;
  /** ffprobe's name for the order of fields (`tt`, `bb`, `tb`, `bt`), null when progressive or unknown. */
  readonly fieldOrder: string | null;
  readonly pixelFormat: string | null;
  readonly bitDepth: number | null;
  /** How far the picture must be turned clockwise to stand upright. */
  readonly turn: 0 | 90 | 180 | 270;
  /** The timestamp of the file's first frame, in milliseconds. */
  readonly startMs: number;
  /** Whether a seek in this container may end between key frames. */
  readonly looseSeek: boolean;
}

/** One sound track. `language` is the container's code, never `und`. */
export interface AudioFacts {
  readonly codec: string;
  readonly channels: number | null;
  readonly sampleRate: number | null;
  readonly language: string | null;
}

/** Any stream, as the clip's page lists it. */
export interface StreamFacts {
  readonly kind: 'video' | 'audio' | 'data' | 'subtitle' | 'other';
  readonly codec: string | null;
  readonly detail: string;
}

/** What a file says of itself. */
export interface Probe {
  /** `mp4`, `mov`, `webm`, `matroska`, `mxf`… */
  readonly container: string | null;
  readonly durationMs: number | null;
  readonly sizeBytes: number | null;
  /** Bits a second over all streams. */
  readonly bitrate: number | null;
  readonly video: VideoFacts | null;
  readonly audio: readonly AudioFacts[];
  readonly startTimecode: string | null;
  readonly dropFrame: boolean | null;
  readonly reel: string | null;
  /** As the container writes it, which may lack a time zone. */
  readonly createdAt: string | null;
  readonly streams: readonly StreamFacts[];
}

/** Turns ffprobe's checked answer into ours. */
export function readProbe(output: FfprobeOutput): Probe {
  const picture = output.streams.find(
    (stream) => stream.codec_type === 'video' && stream.disposition?.attached_pic !== 1,
  );
  const sound = output.streams.filter((stream) => stream.codec_type === 'audio');
  const { format } = output;
  const tagged = (...names: string[]): string | null => firstTag(output, names);
  const startTimecode = readTimecode(output);
  return {
    container: containerName(output),
    durationMs: readDuration(output, picture),
    sizeBytes: format.size,
    bitrate: format.bit_rate,
    video: picture === undefined ? null : readVideo(picture, output),
    audio: sound.map(readAudio),
    startTimecode,
    dropFrame: startTimecode === null ? null : startTimecode.includes(';'),
    reel: tagged('reel_name', 'com.apple.proapps.reel', 'reel', 'tape_name'),
    createdAt: tagged('com.apple.quicktime.creationdate', 'creation_time', 'modification_date'),
    streams: output.streams.map(readStream),
  };
}

function containerName(output: FfprobeOutput): string | null {
  const name = output.format.format_name;
  if (name === null) return null;
  if (name.includes('mp4')) {
    return output.format.tags.get('major_brand')?.trim() === 'qt' ? 'mov' : 'mp4';
  }
  if (name.includes('webm')) {
    const webm = ['vp8', 'vp9', 'av1', 'opus', 'vorbis'];
    return output.streams.every((stream) => webm.includes(stream.codec_name ?? '')) ? 'webm' : 'matroska';
  }
  return name.split(',')[0] ?? null;
}

function readDuration(output: FfprobeOutput, picture: FfprobeStream | undefined): number | null {
  const seconds = output.format.duration ?? picture?.duration ?? null;
  return seconds === null || seconds === 0 ? null : Math.round(seconds * 1000);
}

function readVideo(stream: FfprobeStream, output: FfprobeOutput): VideoFacts | null {
  if (stream.width === null || stream.height === null || stream.codec_name === null) return null;
  const turn = readTurn(stream);
  const pixel = readFraction(stream.sample_aspect_ratio, ':') ?? { num: 1, den: 1 };
  const square = {
    width: Math.max(1, Math.round((stream.width * pixel.num) / pixel.den)),
    height: stream.height,
  };
  const lying = turn === 90 || turn === 270;
  const rate = readFraction(stream.r_frame_rate, '/') ?? readFraction(stream.avg_frame_rate, '/');
  const interlaced = ['tt', 'bb', 'tb', 'bt'].includes(stream.field_order ?? '');
  const progressive = stream.field_order === 'progressive';
  return {
    streamIndex: stream.index ?? 0,
    codec: stream.codec_name,
    profile: stream.profile,
    width: lying ? square.height : square.width,
    height: lying ? square.width : square.height,
    rateNum: rate?.num ?? null,
    rateDen: rate?.den ?? null,
    scan: interlaced ? 'interlaced' : progressive ? 'progressive' : null,
    fieldOrder: interlaced ? stream.field_order : null,
    pixelFormat: stream.pix_fmt,
    bitDepth: stream.pix_fmt === null ? stream.bits_per_raw_sample : bitDepth(stream.pix_fmt),
    turn,
    startMs: Math.max(0, Math.round((output.format.start_time ?? 0) * 1000)),
    looseSeek: ['mpegts', 'mpeg'].includes(output.format.format_name ?? ''),
  };
}

/** Bits a component: pixel formats of more than eight end in the number (`yuv422p10le`, `p010le`). */
function bitDepth(pixelFormat: string): number {
  const deep = /(?:p0|p|gray|nv20_?)(9|10|12|14|16)(?:le|be)?$/.exec(pixelFormat);
  return deep === null ? 8 : Number(deep[1]);
}

/** ffprobe gives the turn that was applied, counter-clockwise; older files carry a tag with the one to apply. */
function readTurn(stream: FfprobeStream): 0 | 90 | 180 | 270 {
  const matrix = stream.side_data_list.find((data) => data.rotation !== null)?.rotation;
  const clockwise =
    matrix === undefined || matrix === null ? Number(stream.tags.get('rotate') ?? 0) : -matrix;
  const quarter = (((Math.round(clockwise / 90) * 90) % 360) + 360) % 360;
  return quarter === 90 || quarter === 180 || quarter === 270 ? quarter : 0;
}

function readFraction(text: string | null, separator: ':' | '/'): { num: number; den: number } | null {
  const [num = 0, den = 0] = (text ?? '').split(separator).map(Number);
  const sane = Number.isInteger(num) && Number.isInteger(den) && num > 0 && den > 0;
  return sane && num / den < 1000 && den / num < 1000 ? { num, den } : null;
}

function readAudio(stream: FfprobeStream): AudioFacts {
  const language = stream.tags.get('language') ?? 'und';
  return {
    codec: stream.codec_name ?? 'unknown',
    channels: stream.channels,
    sampleRate: stream.sample_rate,
    language: language === 'und' || language === '' ? null : language,
  };
}

/** The timecode track first, then the picture's own tag, then the container's. */
function readTimecode(output: FfprobeOutput): string | null {
  const byKind = (kind: string): FfprobeStream[] =>
    output.streams.filter((stream) => stream.codec_type === kind);
  const said = [...byKind('data'), ...byKind('video')].map((stream) => stream.tags.get('timecode'));
  const found = [...said, output.format.tags.get('timecode')].find(
    (text) => text !== undefined && /^\d{2}:\d{2}:\d{2}[:;.]\d{2,3}$/.test(text),
  );
  return found?.replace('.', ';') ?? null;
}

function firstTag(output: FfprobeOutput, names: readonly string[]): string | null {
  const maps = [output.format.tags, ...output.streams.map((stream) => stream.tags)];
  for (const name of names) {
    const value = maps.map((map) => map.get(name)?.trim()).find((text) => text !== undefined && text !== '');
    if (value !== undefined) return value;
  }
  return null;
}

function readStream(stream: FfprobeStream): StreamFacts {
  const kinds = ['video', 'audio', 'data', 'subtitle'] as const;
  const detail = [
    stream.profile,
    stream.width === null || stream.height === null ? null : `${stream.width}x${stream.height}`,
    stream.pix_fmt,
    stream.channels === null ? null : `${stream.channels} ch`,
    stream.sample_rate === null ? null : `${stream.sample_rate} Hz`,
    stream.tags.get('language') ?? null,
    stream.tags.get('timecode') ?? null,
  ];
  return {
    kind: kinds.find((kind) => kind === stream.codec_type) ?? 'other',
    codec: stream.codec_name,
    detail: detail.filter((part) => part !== null && part !== 'und').join(', '),
  };
}
