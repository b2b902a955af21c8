import { expect, it } from 'vitest';
import { dispositionName } from '../../../../electron/core/downloads/disposition-name.ts';
import { safeFileName } from '../../../../electron/core/files/safe-name.ts';

it.each([
  ['attachment; filename="clip.mp4"', 'clip.mp4'],
  ['attachment; filename=clip.mp4', 'clip.mp4'],
  ['ATTACHMENT; FILENAME="clip.mp4"', 'clip.mp4'],
  ['inline; filename="clip.mp4"', 'clip.mp4'],
  ['attachment;filename="clip.mp4";', 'clip.mp4'],
  ['attachment ; filename = "clip.mp4"', 'clip.mp4'],
  ['attachment; filename="a \\"b\\" c.mp4"', 'a "b" c.mp4'],
  ['attachment; filename="a;b.mp4"', 'a;b.mp4'],
  ['attachment; filename=""', null],
  ['attachment; filename="clip-%41.mp4"', 'clip-%41.mp4'],
  ['attachment; name="x"; size=5; filename="clip.mp4"', 'clip.mp4'],
  ['attachment; filename="a.mp4"; filename="b.mp4"', null],
  ['attachment; filename=a b.mp4', null],
  ['attachment; filename="open.mp4', null],
  ['attachment filename="clip.mp4"', null],
  ['filename="clip.mp4"', null],
  ['attachment', null],
  ['', null],
  [undefined, null],
  [`attachment; filename="${'x'.repeat(5000)}.mp4"`, null],
  // The extended form.
  ["attachment; filename*=UTF-8''na%C3%AFve%20%e2%82%ac.mp4", 'naïve €.mp4'],
  ["attachment; filename*=utf-8'en'clip.mp4", 'clip.mp4'],
  ["attachment; filename*=ISO-8859-1''f%F6o.mp4", 'föo.mp4'],
  ['attachment; filename="plain.mp4"; filename*=UTF-8\'\'best.mp4', 'best.mp4'],
  ['attachment; filename*=UTF-8\'\'best.mp4; filename="plain.mp4"', 'best.mp4'],
  ['attachment; filename="plain.mp4"; filename*=UTF-8\'\'%ff%fe.mp4', 'plain.mp4'],
  ['attachment; filename="plain.mp4"; filename*=UTF-8\'\'a%zz.mp4', 'plain.mp4'],
  ['attachment; filename="plain.mp4"; filename*=KOI8-R\'\'x.mp4', 'plain.mp4'],
  ['attachment; filename="plain.mp4"; filename*=best.mp4', 'plain.mp4'],
  ["attachment; filename*0*=UTF-8''long; filename*1=name.mp4", null],
  // As servers do it all the same: UTF-8 as it is, which arrives as one character a byte; mail's own encoding.
  [`attachment; filename="${Buffer.from('Übersicht.mp4').toString('latin1')}"`, 'Übersicht.mp4'],
  ['attachment; filename="f\u00f6o.mp4"', 'föo.mp4'],
  ['attachment; filename="=?UTF-8?Q?clip.mp4?="', '=?UTF-8?Q?clip.mp4?='],
])('%j names %j', (header, name) => {
  expect(dispositionName(header)).toBe(name);
});

it.each([
  ['attachment; filename="../../etc/x.mp4"', '_.._etc_x.mp4'],
  ['attachment; filename="..\\\\..\\\\x.mp4"', '_.._x.mp4'],
  ["attachment; filename*=UTF-8''..%2F..%2Fx.mp4", '_.._x.mp4'],
  ["attachment; filename*=UTF-8''a%00b.mp4", 'ab.mp4'],
  ['attachment; filename="con.mov"', '_con.mov'],
  ['attachment; filename="a.mov:ads"', 'a.mov_ads.download'],
  ["attachment; filename*=UTF-8''x%E2%80%AEgpj.exe", 'xgpj.exe.download'],
  ['attachment; filename="<img onerror=x>.mp4"', '_img onerror=x_.mp4'],
  ['attachment; filename="clip.mp4. . "', 'clip.mp4'],
  [`attachment; filename="${'ü'.repeat(300)}.mp4"`, `${'ü'.repeat(113)}.mp4`],
])('what %j names is made safe as %j', (header, name) => {
  expect(safeFileName(dispositionName(header) ?? '')).toBe(name);
});
