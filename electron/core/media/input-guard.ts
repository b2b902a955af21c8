/**
 * Options that stand before every input of ffmpeg and ffprobe. A media file is hostile until proven otherwise: a
 * playlist named `.mp4` would make ffmpeg open other files and hosts, a rare decoder is where memory gets corrupted.
 * All of them exist in builds from 2018 on (https://ffmpeg.org/ffmpeg-formats.html).
 */

/** Containers that a newsroom meets. Playlists and image sequences are left out on purpose. */
const demuxers = 'mov,matroska,mxf,mpegts,mpeg,avi,dv,gxf,wav,aiff,mp3,aac,flac,ogg';

/** Decoders for what those containers usually hold; both names where builds differ. */
const decoders = [
  'h264,hevc,mpeg2video,mpeg1video,mpegvideo,mpeg4,mjpeg,prores,dnxhd,dvvideo,cfhd,jpeg2000,libopenjpeg',
  'vp8,vp9,libvpx,libvpx-vp9,av1,libdav1d,libaom-av1,ffv1,v210,rawvideo,qtrle,png,theora',
  'aac,aac_latm,mp1,mp1float,mp2,mp2float,mp3,mp3float,ac3,ac3_fixed,eac3,opus,libopus,vorbis,libvorbis,flac,alac,s302m',
  'pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_u8,pcm_s8,pcm_alaw,pcm_mulaw',
  'adpcm_ima_wav,adpcm_ms',
].join(',');

/** The largest picture that is decoded: 134 megapixels, far above 8K. */
const maxPixels = '134217728';
/** The largest single allocation, in bytes. */
const maxAlloc = '536870912';

/** The guard for one input. `list` also admits the concat demuxer, for lists that we wrote ourselves. */
export function inputGuard(source: 'file' | 'list'): string[] {
  return [
    '-protocol_whitelist',
    'file',
    '-format_whitelist',
    source === 'list' ? `concat,${demuxers}` : demuxers,
    '-codec_whitelist',
    decoders,
    '-max_pixels',
    maxPixels,
    '-max_streams',
    '64',
    '-probesize',
    '20000000',
    '-analyzeduration',
    '20000000',
  ];
}

/** Options that hold for a whole run, whatever it reads. `level` is how much ffmpeg says on stderr. */
export function runGuard(level: 'error' | 'info' = 'error'): string[] {
  return ['-hide_banner', '-v', level, '-max_alloc', maxAlloc];
}
