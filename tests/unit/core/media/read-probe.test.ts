import { describe, expect, test } from 'vitest';
import { playable } from '../../../../electron/core/media/playable.ts';
import { ffprobeOutput } from '../../../../electron/core/media/probe-schema.ts';
import { readProbe, type Probe } from '../../../../electron/core/media/read-probe.ts';

function probeOf(streams: readonly object[], format: object = {}): Probe {
  const whole = {
    format_name: 'mov,mp4,m4a,3gp,3g2,mj2',
    duration: '2.5',
    size: '1000',
    bit_rate: '3200',
    ...format,
  };
  return readProbe(ffprobeOutput.parse({ streams, format: whole }));
}

const h264 = {
  index: 0,
  codec_type: 'video',
  codec_name: 'h264',
  width: 1920,
  height: 1080,
  pix_fmt: 'yuv420p',
  r_frame_rate: '25/1',
  field_order: 'progressive',
};
const aac = { index: 1, codec_type: 'audio', codec_name: 'aac', channels: 2, sample_rate: '48000' };

describe('reading what ffprobe says', () => {
  test('numbers that no file can have become unknown', () => {
    const probe = probeOf(
      [
        { ...h264, r_frame_rate: '0/0', bits_per_raw_sample: 'N/A' },
        { ...aac, sample_rate: '-1' },
      ],
      {
        duration: '1e300',
        size: 'many',
        bit_rate: -5,
      },
    );
    expect(probe).toMatchObject({ durationMs: null, sizeBytes: null, bitrate: null });
    expect(probe.video).toMatchObject({ rateNum: null, rateDen: null });
    expect(probe.audio[0]?.sampleRate).toBeNull();
  });

  test('a picture of impossible size is no picture', () => {
    expect(probeOf([{ ...h264, width: 0 }]).video).toBeNull();
    expect(probeOf([{ ...h264, width: 2 ** 31 }]).video).toBeNull();
  });

  test('cover art is not the picture of a sound file', () => {
    const cover = { ...h264, codec_name: 'mjpeg', disposition: { attached_pic: 1 } };
    expect(probeOf([aac, cover]).video).toBeNull();
  });

  test.each([
    ['yuv420p', 8],
    ['yuvj422p', 8],
    ['nv12', 8],
    ['yuv422p10le', 10],
    ['p010le', 10],
    ['gbrp12be', 12],
    ['yuv444p16le', 16],
    ['gray10le', 10],
  ])('%s has %i bits', (pixelFormat, bits) => {
    expect(probeOf([{ ...h264, pix_fmt: pixelFormat }]).video?.bitDepth).toBe(bits);
  });

  test('size is as shown: square pixels, turned upright', () => {
    const wide = { ...h264, width: 1440, sample_aspect_ratio: '4:3' };
    expect(probeOf([wide]).video).toMatchObject({ width: 1920, height: 1080, turn: 0 });
    const turned = { ...wide, side_data_list: [{ side_data_type: 'Display Matrix', rotation: -90 }] };
    expect(probeOf([turned]).video).toMatchObject({ width: 1080, height: 1920, turn: 90 });
    expect(probeOf([{ ...h264, tags: { rotate: '270' } }]).video).toMatchObject({ turn: 270, width: 1080 });
  });

  test.each([
    [[{ ...h264, tags: { timecode: '01:00:00;00' } }], {}, '01:00:00;00', true],
    [[h264, { codec_type: 'data', tags: { TIMECODE: '10:00:00:00' } }], {}, '10:00:00:00', false],
    [[h264], { tags: { timecode: '00:59:50.12' } }, '00:59:50;12', true],
    [[{ ...h264, tags: { timecode: 'soon' } }], {}, null, null],
    [[h264], {}, null, null],
  ])('timecode %#', (...row) => {
    const [streams, format, startTimecode, dropFrame] = row;
    expect(probeOf(streams, format)).toMatchObject({ startTimecode, dropFrame });
  });

  test('tags are kept short and few', () => {
    const tags = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`k${index}`, 'x'.repeat(9000)]),
    );
    const parsed = ffprobeOutput.parse({
      streams: [],
      format: { tags: { reel_name: 'y'.repeat(9000), ...tags } },
    });
    expect(parsed.format.tags.size).toBe(200);
    expect(parsed.format.tags.get('reel_name')).toHaveLength(500);
  });
});

describe('what Chromium plays', () => {
  const noSound = { container: 'mov,mp4,m4a,3gp,3g2,mj2', duration: '1' };
  test.each([
    [[h264, aac], {}, null],
    [[{ ...h264, field_order: 'tt' }], {}, null],
    [[{ ...h264, pix_fmt: 'yuv422p10le' }], {}, 'pixel format yuv422p10le'],
    [[{ ...h264, pix_fmt: 'yuv420p10le' }], {}, '10-bit H.264'],
    [[{ ...h264, codec_name: 'hevc' }], {}, 'video codec hevc in mp4'],
    [
      [h264, { ...aac, codec_name: 'pcm_s16le' }],
      { tags: { major_brand: 'qt  ' } },
      'audio codec pcm_s16le in mov',
    ],
    [[h264, { ...aac, codec_name: 'ac3' }], {}, 'audio codec ac3 in mp4'],
    [
      [
        { ...h264, codec_name: 'vp9' },
        { ...aac, codec_name: 'opus' },
      ],
      { format_name: 'matroska,webm' },
      null,
    ],
    [[h264], { format_name: 'matroska,webm' }, 'container matroska'],
    [[h264], { format_name: 'mxf' }, 'container mxf'],
    [[{ ...aac, codec_name: 'pcm_s16le' }], { format_name: 'wav' }, null],
    [[{ codec_type: 'data' }], noSound, 'neither picture nor sound'],
  ])('case %#', (streams, format, reason) => {
    const answer = playable(probeOf(streams, format));
    expect(answer.playable ? null : answer.reason).toBe(reason);
  });
});
