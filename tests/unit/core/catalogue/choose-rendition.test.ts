import { expect, test } from 'vitest';
import type { RenditionRow } from '../../../../electron/core/catalogue/catalogue-read-repo.ts';
import { chooseRendition } from '../../../../electron/core/catalogue/choose-rendition.ts';

const row = (id: string, facts: Partial<RenditionRow> = {}): RenditionRow => ({
  id,
  external_id: id,
  medium: 'video',
  role: 'x',
  file_name: id,
  address: null,
  media_type: null,
  container: null,
  video_codec: null,
  audio_codec: null,
  width: null,
  height: null,
  rate_num: null,
  rate_den: null,
  scan: null,
  start_timecode: null,
  bitrate: null,
  size_bytes: null,
  about_bytes: null,
  duration_ms: null,
  language: null,
  hash_kind: null,
  hash: null,
  etag: null,
  ...facts,
});
const chosen = (renditions: RenditionRow[], wish: string): string => chooseRendition(renditions, wish).id;

test('captions, pictures and sound are not taken for the smallest or the best while there is video', () => {
  const all = [
    row('srt', { medium: 'captions', size_bytes: 10 }),
    row('jpg', { medium: 'picture', size_bytes: 20, width: 9000, height: 9000 }),
    row('mp3', { medium: 'audio', size_bytes: 30 }),
    row('mp4', { size_bytes: 5000 }),
  ];
  expect(chosen(all, 'smallest')).toBe('mp4');
  expect(chosen(all, 'best')).toBe('mp4');
  expect(chosen(all, 'srt')).toBe('srt');
});

test('sound is taken where there is no video, and nothing where there is neither', () => {
  const captions = row('srt', { medium: 'captions' });
  expect(chosen([captions, row('mp3', { medium: 'audio' })], 'best')).toBe('mp3');
  expect(() => chooseRendition([captions], 'smallest')).toThrow(/neither video nor sound/);
  expect(() => chooseRendition([], 'best')).toThrow(/no file of this asset yet/);
  expect(() => chooseRendition([captions], 'other')).toThrow(/no rendition other/);
});

test('the best has the most picture, and of as much picture the most bits', () => {
  const hd = { width: 1920, height: 1080 };
  const all = [
    row('small', { width: 640, height: 360, size_bytes: 9e9 }),
    row('thin', { ...hd, size_bytes: 10 }),
    row('rich', { ...hd, about_bytes: 5000 }),
    row('unknown', { size_bytes: 9e10 }),
  ];
  expect(chosen(all, 'best')).toBe('rich');
  expect(chosen([row('first'), row('second')], 'best')).toBe('first');
});

test('one whose size nobody knows is never the smallest while another one is known', () => {
  const known = row('known', { size_bytes: 9e9 });
  expect(chosen([row('unknown'), known], 'smallest')).toBe('known');
  expect(chosen([known, row('about', { about_bytes: 25e6 })], 'smallest')).toBe('about');
  expect(chosen([known, row('bits', { bitrate: 8_000_000, duration_ms: 1000 })], 'smallest')).toBe('bits');
  const unknown = [
    row('large', { width: 1920, height: 1080 }),
    row('none'),
    row('little', { width: 640, height: 360 }),
  ];
  expect(chosen(unknown, 'smallest')).toBe('little');
});
