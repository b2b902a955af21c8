import { expect, it } from 'vitest';
import { numberedName, safeFileName, safeFolderName } from '../../../../electron/core/files/safe-name.ts';

it.each([
  ['clip.mp4', 'clip.mp4'],
  ['Clip 2026-02-01 (EN).MXF', 'Clip 2026-02-01 (EN).MXF'],
  ['Übersicht – Straße.mov', 'Übersicht – Straße.mov'],
  ['u\u0308ber.mov', 'über.mov'],
  ['../../etc/passwd.mp4', '_.._etc_passwd.mp4'],
  ['..\\..\\x.mov', '_.._x.mov'],
  ['dir1\\dir2/x.mp4', 'dir1_dir2_x.mp4'],
  ['/x.mp4', '_x.mp4'],
  ['a:b.mov', 'a_b.mov'],
  ['a.mov:ads', 'a.mov_ads.download'],
  ['<img onerror=alert(1)>.mp4', '_img onerror=alert(1)_.mp4'],
  ['a\u0000b\u0007.mp4', 'ab.mp4'],
  ['a\r\nb.mp4', 'ab.mp4'],
  ['evil\u202e4pm.exe', 'evil4pm.exe.download'],
  ['zero\u200bwidth.mp4', 'zerowidth.mp4'],
  ['.hidden.mp4', 'hidden.mp4'],
  ['clip.mp4...', 'clip.mp4'],
  ['clip.mp4 . ', 'clip.mp4'],
  ['con.mov', '_con.mov'],
  ['CON', '_CON.download'],
  ['aux.tar.mp4', '_aux.tar.mp4'],
  ['LPT1 .mp4', '_LPT1 .mp4'],
  ['com¹.mp4', '_com¹.mp4'],
  ['console.mp4', 'console.mp4'],
  ['evil.exe', 'evil.exe.download'],
  ['evil.exe ', 'evil.exe.download'],
  ['a.lnk', 'a.lnk.download'],
  ['a.mp4.{20D04FE0-3AEA-1069-A2D8-08002B30309D}', 'a.mp4.{20D04FE0-3AEA-1069-A2D8-08002B30309D}.download'],
  ['noextension', 'noextension.download'],
  ['', 'download.download'],
  ['...', 'download.download'],
  ['\ud800.mp4', '\ufffd.mp4'],
])('%j becomes %j', (given, name) => {
  expect(safeFileName(given)).toBe(name);
});

it('keeps the type that the user chose, but not one that acts by itself', () => {
  expect(safeFileName('data.bin', { chosen: true })).toBe('data.bin');
  expect(safeFileName('data', { chosen: true })).toBe('data');
  expect(safeFileName('a.desktop', { chosen: true })).toBe('a.desktop.download');
  expect(safeFileName('../x.bin', { chosen: true })).toBe('_x.bin');
});

it('leaves room for a number and the ending of a partial file, whole characters only', () => {
  const name = safeFileName(`${'🇨🇭'.repeat(50)}.mp4`);
  expect(Buffer.byteLength(`${numberedName(name, 9999)}.part`)).toBeLessThanOrEqual(255);
  expect(name).toMatch(/^(🇨🇭)+\.mp4$/u);
  expect(Buffer.byteLength(safeFileName('x'.repeat(5000)))).toBeLessThanOrEqual(255);
});

it('numbers before the extension', () => {
  expect(numberedName('a.b.mp4', 0)).toBe('a.b.mp4');
  expect(numberedName('a.b.mp4', 2)).toBe('a.b (2).mp4');
  expect(numberedName('noextension', 1)).toBe('noextension (1)');
});

it('makes folder names by the same rules', () => {
  expect(safeFolderName('2026/Vienna: day 1')).toBe('2026_Vienna_ day 1');
  expect(safeFolderName('..')).toBe('unnamed');
  expect(safeFolderName('nul')).toBe('_nul');
  expect(safeFolderName('a.{20D04FE0-3AEA-1069-A2D8-08002B30309D}')).toBe('a');
});
