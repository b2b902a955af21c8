import type { Rendition } from '../../../../shared/contract/catalogue.ts';

/** What a type and a file name tell of a file. */
export interface MediaType {
  readonly medium: Rendition['medium'] | null;
  readonly container: string | null;
  readonly videoCodec: string | null;
  readonly width: number | null;
  readonly height: number | null;
}

const extensions: Readonly<Record<string, readonly [Rendition['medium'], string]>> = {
  mp4: ['video', 'mp4'],
  m4v: ['video', 'mp4'],
  mov: ['video', 'mov'],
  qt: ['video', 'mov'],
  mxf: ['video', 'mxf'],
  mpg: ['video', 'mpeg'],
  mpeg: ['video', 'mpeg'],
  m2v: ['video', 'mpeg'],
  ts: ['video', 'mpegts'],
  m2ts: ['video', 'mpegts'],
  mts: ['video', 'mpegts'],
  webm: ['video', 'webm'],
  mkv: ['video', 'matroska'],
  avi: ['video', 'avi'],
  wmv: ['video', 'asf'],
  flv: ['video', 'flv'],
  ogv: ['video', 'ogg'],
  '3gp': ['video', '3gp'],
  m3u8: ['video', 'hls'],
  mpd: ['video', 'dash'],
  mp3: ['audio', 'mp3'],
  m4a: ['audio', 'mp4'],
  aac: ['audio', 'aac'],
  wav: ['audio', 'wav'],
  flac: ['audio', 'flac'],
  ogg: ['audio', 'ogg'],
  oga: ['audio', 'ogg'],
  opus: ['audio', 'ogg'],
  srt: ['captions', 'srt'],
  vtt: ['captions', 'vtt'],
  scc: ['captions', 'scc'],
  ttml: ['captions', 'ttml'],
  dfxp: ['captions', 'ttml'],
  stl: ['captions', 'stl'],
  jpg: ['picture', 'jpeg'],
  jpeg: ['picture', 'jpeg'],
  png: ['picture', 'png'],
  gif: ['picture', 'gif'],
  webp: ['picture', 'webp'],
  tif: ['picture', 'tiff'],
  tiff: ['picture', 'tiff'],
  pdf: ['document', 'pdf'],
  txt: ['document', 'text'],
  doc: ['document', 'doc'],
  docx: ['document', 'docx'],
  html: ['document', 'html'],
  htm: ['document', 'html'],
};

/** Types whose second half is the container. `video/mpeg` is said of anything, so it names a medium and no more. */
const containers: Readonly<Record<string, string>> = {
  'video/mp4': 'mp4',
  'video/x-m4v': 'mp4',
  'video/quicktime': 'mov',
  'application/mxf': 'mxf',
  'video/mxf': 'mxf',
  'video/webm': 'webm',
  'video/x-matroska': 'matroska',
  'video/mp2t': 'mpegts',
  'video/x-msvideo': 'avi',
  'video/x-ms-wmv': 'asf',
  'video/x-flv': 'flv',
  'video/ogg': 'ogg',
  'video/3gpp': '3gp',
  'application/x-mpegurl': 'hls',
  'application/vnd.apple.mpegurl': 'hls',
  'application/dash+xml': 'dash',
  'text/vtt': 'vtt',
  'application/x-subrip': 'srt',
  'application/ttml+xml': 'ttml',
  'application/pdf': 'pdf',
  'text/plain': 'text',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'mp4',
  'audio/x-m4a': 'mp4',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
};

const media: Readonly<Record<string, Rendition['medium']>> = {
  video: 'video',
  audio: 'audio',
  image: 'picture',
};

/**
 * What can be believed of a type as a source writes it: `video/mp4-1920x1080` holds a size, `binary/octet-stream`
 * nothing, `video/mpeg` no codec. The file name speaks where the type does not, and against it for the container.
 */
export function readMediaType(type: string | null, fileName: string | null): MediaType {
  const plain = (type ?? '').trim().toLowerCase().split(';')[0]?.trim() ?? '';
  const size = /[-_ ](\d{2,5})x(\d{2,5})$/.exec(plain);
  const base = size ? plain.slice(0, size.index) : plain;
  const byName = lookUp(extensions, /\.([a-z0-9]{2,5})$/i.exec(fileName ?? '')?.[1]?.toLowerCase() ?? '');
  const container = byName?.[1] ?? lookUp(containers, base);
  const said = byContainer(lookUp(containers, base)) ?? lookUp(media, base.split('/')[0] ?? '');
  const codec = /;\s*codecs\s*=\s*"?([a-z0-9]+)/i.exec(type ?? '')?.[1]?.toLowerCase() ?? '';
  // mp4 and the like hold sound alone as well, and the type says so.
  const isSound = said === 'audio' && byName?.[0] === 'video';
  return {
    medium: isSound ? said : (byName?.[0] ?? said),
    container,
    videoCodec: lookUp(codecs, codec),
    width: size ? Number(size[1]) : null,
    height: size ? Number(size[2]) : null,
  };
}

/** What a source writes may be any word, `constructor` too. */
function lookUp<Entry>(table: Readonly<Record<string, Entry>>, name: string): Entry | null {
  return Object.hasOwn(table, name) ? (table[name] ?? null) : null;
}

const codecs: Readonly<Record<string, string>> = {
  avc1: 'h264',
  avc3: 'h264',
  hvc1: 'hevc',
  hev1: 'hevc',
  vp8: 'vp8',
  vp9: 'vp9',
  vp09: 'vp9',
  av01: 'av1',
};

/** A container whose type is filed under another word than its medium. */
function byContainer(container: string | null): Rendition['medium'] | null {
  if (container === 'mxf' || container === 'hls' || container === 'dash') return 'video';
  if (container === 'pdf' || container === 'text') return 'document';
  return container === 'vtt' || container === 'srt' || container === 'ttml' ? 'captions' : null;
}

/** The list of a stream is no file of it. */
export function isStream(address: string): boolean {
  return /\.(m3u8|mpd|ism)(\/manifest)?$/i.test(new URL(address).pathname);
}
