import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { playable } from '../../../electron/core/media/playable.ts';
import { probeFile } from '../../../electron/core/media/probe.ts';
import { makeClip, type ClipName } from '../../support/clips.ts';
import { openMediaFixture, type MediaFixture } from './media-fixture.ts';

let fixture: MediaFixture;
beforeAll(async () => {
  fixture = await openMediaFixture();
});
afterAll(() => fixture.close());

const cases: readonly (readonly [ClipName, object, boolean])[] = [
  [
    'h264',
    {
      container: 'mp4',
      durationMs: 3000,
      video: { codec: 'h264', width: 320, height: 180, rateNum: 25, rateDen: 1 },
    },
    true,
  ],
  [
    'dropFrame',
    {
      container: 'mov',
      startTimecode: '01:00:00;00',
      dropFrame: true,
      reel: 'A001',
      video: { rateNum: 30_000, rateDen: 1001 },
    },
    true,
  ],
  [
    'mxf',
    {
      container: 'mxf',
      startTimecode: '10:00:00:00',
      dropFrame: false,
      video: { codec: 'mpeg2video', scan: 'interlaced', fieldOrder: 'tt', pixelFormat: 'yuv422p' },
      audio: [{ codec: 'pcm_s16le', channels: 1, sampleRate: 48_000 }],
    },
    false,
  ],
  ['prores', { container: 'mov', video: { codec: 'prores', bitDepth: 10 } }, false],
  ['vertical', { video: { width: 180, height: 320, turn: 0 } }, true],
  ['rotated', { video: { width: 180, height: 320, turn: 270 } }, true],
  ['anamorphic', { video: { width: 512, height: 288 } }, true],
  ['longGop', { audio: [] }, true],
  ['audioOnly', { video: null, audio: [{ codec: 'aac', language: 'fra' }] }, true],
  ['oneFrame', { durationMs: 40 }, true],
  ['oddName', { durationMs: 3000 }, true],
  ['webm', { container: 'webm', video: { codec: 'vp9' } }, true],
  ['transport', { container: 'mpegts', video: { codec: 'h264' } }, false],
  ['unknownLength', { container: 'matroska', durationMs: null }, false],
];

describe('probing real files', () => {
  test.each(cases)('%s', async (name, expected, plays) => {
    const probe = await probeFile(fixture.runner, await makeClip(name));
    expect(probe).toMatchObject(expected);
    expect(playable(probe).playable).toBe(plays);
  });

  test('a relative path is refused', async () => {
    await expect(probeFile(fixture.runner, 'a.mp4')).rejects.toMatchObject({ kind: 'refused' });
  });
});
