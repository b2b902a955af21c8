import { describe, expect, test } from 'vitest';
import {
  candidatesArgs,
  firstFrameArgs,
  fittedHeight,
  posterArgs,
  seekStripArgs,
  stripArgs,
  wholeStripArgs,
  type VideoShape,
} from '../../../../electron/core/media/picture-args.ts';
import { inputGuard } from '../../../../electron/core/media/input-guard.ts';
import { probeArgs } from '../../../../electron/core/media/probe-args.ts';

const shape: VideoShape = {
  streamIndex: 0,
  width: 1920,
  height: 1080,
  turn: 0,
  startMs: 0,
  looseSeek: false,
};
const global = (level: string): string[] =>
  `-hide_banner -v ${level} -max_alloc 536870912 -nostdin -timelimit 60 -threads 1 -noautorotate`.split(' ');
const pictures = '-map 0:0 -an -sn -dn'.split(' ');
const jpeg = '-frames:v 1 -c:v mjpeg -q:v 4 -f mjpeg'.split(' ');
const select = String.raw`select='isnan(prev_selected_t)+gt(floor((t+500)/1000)\,floor((prev_selected_t+500)/1000))'`;
const tidy = 'out_color_matrix=bt601,setsar=1';

describe('the guard of every input', () => {
  test('allows files only, known containers only, known decoders only, and bounds what is read', () => {
    const guard = inputGuard('file');
    expect(guard.filter((_, index) => index % 2 === 0)).toEqual(
      '-protocol_whitelist -format_whitelist -codec_whitelist -max_pixels -max_streams -probesize -analyzeduration'.split(
        ' ',
      ),
    );
    expect(guard[1]).toBe('file');
    const formats = (guard[3] ?? '').split(',');
    expect(formats).toContain('mov');
    for (const list of ['concat', 'hls', 'dash', 'image2', 'sdp', 'lavfi', 'tee'])
      expect(formats).not.toContain(list);
  });

  test('admits the concat demuxer for our own lists alone', () => {
    expect(inputGuard('list')[3]).toBe(`concat,${inputGuard('file')[3]}`);
  });
});

describe('arguments', () => {
  test('of a probe', () => {
    expect(probeArgs('file:/m/-i.mp4')).toEqual([
      ...'-hide_banner -v error -max_alloc 536870912'.split(' '),
      ...inputGuard('file'),
      ...'-of json -show_format -show_streams -i file:/m/-i.mp4'.split(' '),
    ]);
  });

  test('of a poster from a key frame', () => {
    expect(posterArgs('/m/a.mp4', shape, { ms: 1500, keyFrame: true })).toEqual({
      inputs: [
        {
          options: [
            ...global('error'),
            ...inputGuard('file'),
            ...'-skip_frame nokey -noaccurate_seek -ss 1.500'.split(' '),
          ],
          source: { kind: 'file', path: '/m/a.mp4' },
        },
      ],
      outputOptions: [...pictures, '-vf', `scale=480:270:flags=area:${tidy},format=yuvj420p`, ...jpeg],
    });
  });

  test('of a poster of the first frame, turned upright', () => {
    const turned = { ...shape, width: 1080, height: 1920, turn: 90 as const };
    const job = posterArgs('/m/a.mp4', turned, { ms: 0, keyFrame: false });
    expect(job.inputs[0]?.options).toEqual([...global('error'), ...inputGuard('file')]);
    expect(job.outputOptions).toContain(`transpose=clock,scale=480:854:flags=area:${tidy},format=yuvj420p`);
  });

  test('of the candidates', () => {
    expect(candidatesArgs('a list', shape)).toEqual({
      inputs: [
        {
          options: [
            ...global('info'),
            ...'-skip_frame nokey'.split(' '),
            ...inputGuard('list'),
            ...'-f concat -safe 0'.split(' '),
          ],
          source: { kind: 'list', text: 'a list' },
        },
      ],
      outputOptions: [
        ...pictures,
        '-vf',
        `${select},scale=64:36:flags=fast_bilinear:${tidy},showinfo,settb=1/25,setpts=N`,
        ...'-r 25 -pix_fmt rgb24 -f rawvideo'.split(' '),
      ],
    });
  });

  test('of the first frame', () => {
    expect(firstFrameArgs('/m/a.mp4', shape).outputOptions).toEqual([
      ...pictures,
      '-vf',
      `scale=64:36:flags=fast_bilinear:${tidy}`,
      ...'-frames:v 1 -pix_fmt rgb24 -f rawvideo'.split(' '),
    ]);
  });

  test('of a strip from a list', () => {
    expect(stripArgs('a list', shape, 20).outputOptions).toEqual([
      ...pictures,
      '-vf',
      `${select},scale=160:90:flags=fast_bilinear:${tidy},format=yuvj420p,showinfo,settb=1/25,setpts=N,tile=20x1`,
      ...jpeg,
    ]);
  });

  test('of a strip from the whole file', () => {
    const job = wholeStripArgs('/m/a.mp4', shape, { frames: 15, durationMs: 3000.4 });
    expect(job.outputOptions[job.outputOptions.indexOf('-vf') + 1]).toMatch(/^fps=15250\/3000,.*,tile=15x1$/);
  });

  test('of a strip by seeks: one input a frame, joined', () => {
    const job = seekStripArgs('/m/a.mp4', { ...shape, streamIndex: 1 }, [0, 1000]);
    const frame = `scale=160:90:flags=fast_bilinear:${tidy},format=yuvj420p`;
    expect(job.inputs.map((input) => input.options.slice(-2))).toEqual([
      ['-ss', '0.000'],
      ['-ss', '1.000'],
    ]);
    expect(job.outputOptions.slice(0, 4)).toEqual([
      '-filter_complex',
      `[0:1]${frame}[f0];[1:1]${frame}[f1];[f0][f1]hstack=inputs=2[strip]`,
      '-map',
      '[strip]',
    ]);
    expect(seekStripArgs('/m/a.mp4', shape, [0]).outputOptions[1]).toMatch(/\[f0\]null\[strip\]$/);
  });
});

describe('the height that fits', () => {
  test.each([
    [1920, 1080, 270],
    [1080, 1920, 854],
    [320, 180, 270],
    [60_000, 1, 16],
    [1, 60_000, 1920],
  ])('%i x %i becomes 480 x %i', (width, height, expected) => {
    expect(fittedHeight({ ...shape, width, height }, 480)).toBe(expected);
  });
});
