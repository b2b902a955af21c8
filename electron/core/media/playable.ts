import type { Probe } from './read-probe.ts';

/** Whether Chromium plays a file as it is, and what stands in the way when not. */
export type Playable = { readonly playable: true } | { readonly playable: false; readonly reason: string };

const soundIn: Readonly<Record<string, readonly string[]>> = {
  mp4: ['aac', 'mp3', 'opus', 'flac'],
  mov: ['aac', 'mp3', 'opus', 'flac'],
  webm: ['opus', 'vorbis'],
  ogg: ['opus', 'vorbis', 'flac'],
  mp3: ['mp3'],
  aac: ['aac'],
  flac: ['flac'],
  wav: ['pcm_s16le', 'pcm_s24le', 'pcm_u8', 'pcm_f32le'],
};

const pictureIn: Readonly<Record<string, readonly string[]>> = {
  mp4: ['h264', 'vp9', 'av1'],
  mov: ['h264', 'vp9', 'av1'],
  webm: ['vp8', 'vp9', 'av1'],
};

/** Tells whether Chromium plays a file. HEVC depends on the machine, so it counts as no. */
export function playable(probe: Probe): Playable {
  const container = probe.container ?? 'unknown';
  const sounds = soundIn[container];
  if (sounds === undefined) return no(`container ${container}`);
  const picture = probe.video;
  if (picture !== null) {
    if (!(pictureIn[container] ?? []).includes(picture.codec))
      return no(`video codec ${picture.codec} in ${container}`);
    const subsampled = /^(yuvj?420p|nv12|p010)/.test(picture.pixelFormat ?? 'yuv420p');
    if (!subsampled) return no(`pixel format ${picture.pixelFormat}`);
    if (picture.codec === 'h264' && (picture.bitDepth ?? 8) > 8) return no(`${picture.bitDepth}-bit H.264`);
  }
  const foreign = probe.audio.find((track) => !sounds.includes(track.codec));
  if (foreign !== undefined) return no(`audio codec ${foreign.codec} in ${container}`);
  if (picture === null && probe.audio.length === 0) return no('neither picture nor sound');
  return { playable: true };
}

function no(reason: string): Playable {
  return { playable: false, reason };
}
