import { describe, expect, it } from 'vitest';
import { mediaArguments } from '../../../electron/portal/demo/media-arguments.ts';
import { mediaDurationMs } from '../../../electron/portal/demo/media-recipe.ts';
import type { MediaRecipe } from '../../../electron/portal/demo/media-recipe.ts';

const recipe: MediaRecipe = {
  picture: 'chart',
  hue: 20,
  head: 'none',
  durationS: 4,
  rate: { num: 30000, den: 1001 },
  startTimecode: '00:59:58;00',
  audio: 'tone',
  caption: 'A caption',
  outputs: ['h264-mov-720', 'web-360'],
};

describe('mediaArguments', () => {
  it('makes every output and the picture in one process', () => {
    const args = mediaArguments(recipe, '/fonts/mono.ttf');
    expect(args.filter((argument) => /\.(mov|mp4|jpg)$/.test(argument))).toEqual([
      'h264-mov-720.mov',
      'web-360.mp4',
      'picture.jpg',
    ]);
    expect(args.filter((argument) => argument === '-timecode')).toHaveLength(2);
  });

  it('escapes what would end an option in a filter: drive letters and timecodes', () => {
    const graph = mediaArguments(recipe, 'C:\\Fonts\\mono.ttf').join(' ');
    expect(graph).toContain(String.raw`fontfile='C\:/Fonts/mono.ttf'`);
    expect(graph).toContain(String.raw`timecode='00\:59\:58\;00'`);
  });

  it('draws at twice the rate only where fields are needed', () => {
    const interlaced = mediaArguments(
      { ...recipe, rate: { num: 25, den: 1 }, outputs: ['mxf-50', 'web-360'] },
      '/f',
    );
    expect(interlaced.join(' ')).toMatch(/r=50.*tinterlace.*framestep=2/s);
    expect(mediaArguments(recipe, '/f').join(' ')).not.toContain('tinterlace');
  });

  it('writes no sound for a silent recipe', () => {
    const args = mediaArguments({ ...recipe, audio: 'none' }, '/f');
    expect(args.join(' ')).not.toContain('sine=');
    expect(args.filter((argument) => argument === '-an')).toHaveLength(2);
  });
});

describe('mediaDurationMs', () => {
  it('counts whole frames', () => {
    expect(mediaDurationMs(recipe)).toBe(4004);
    expect(mediaDurationMs({ durationS: 4, rate: { num: 25, den: 1 } })).toBe(4000);
  });
});
