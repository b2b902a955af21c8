import { expect, it } from 'vitest';
import {
  fileNameOf,
  sameAddress,
  webAddress,
} from '../../../../../electron/core/sources/reading/addresses.ts';
import {
  readBytes,
  readDurationMs,
  readRate,
  readWhole,
} from '../../../../../electron/core/sources/reading/amounts.ts';
import { anEmptyAsset, versionOf } from '../../../../../electron/core/sources/reading/assets.ts';
import { decodeBody, looksLikeHtml } from '../../../../../electron/core/sources/reading/bytes-to-text.ts';
import { readMediaType } from '../../../../../electron/core/sources/reading/media-types.ts';
import {
  aRendition,
  distrustSizes,
  withoutDoubles,
} from '../../../../../electron/core/sources/reading/renditions.ts';
import {
  listOf,
  oneLine,
  plainText,
  readLanguage,
} from '../../../../../electron/core/sources/reading/words.ts';

it('holds no file against a size that was rounded', () => {
  expect(readBytes('1GB')).toEqual({ sizeBytes: null, aboutBytes: 1_000_000_000 });
  expect(readBytes('25 MB')).toEqual({ sizeBytes: null, aboutBytes: 25_000_000 });
  expect(readBytes('about 1.5 GiB')).toEqual({ sizeBytes: null, aboutBytes: 1_610_612_736 });
  expect(readBytes('25,869,129 bytes')).toEqual({ sizeBytes: 25_869_129, aboutBytes: null });
  expect(readBytes('25869129')).toEqual({ sizeBytes: 25_869_129, aboutBytes: null });
  expect(readBytes('2,500 KB')).toEqual({ sizeBytes: null, aboutBytes: 2_500_000 });
  expect(readBytes('2,5 GB')).toEqual({ sizeBytes: null, aboutBytes: 2_500_000_000 });
  expect(readBytes('700M')).toEqual({ sizeBytes: null, aboutBytes: 700_000_000 });
  for (const none of ['', '0', 0, '9e30', '9999999999 TB', 'big', null, -5, 1.5, {}]) {
    expect(readBytes(none)).toEqual({ sizeBytes: null, aboutBytes: null });
  }
});

it('reads durations in every spelling, and takes none for nought', () => {
  expect(readDurationMs('434.7')).toBe(434_700);
  expect(readDurationMs('PT34M39.23S')).toBe(2_079_230);
  expect(readDurationMs('P1DT2H')).toBe(26 * 3_600_000);
  expect(readDurationMs('00:00:56')).toBe(56_000);
  expect(readDurationMs('1:02:03')).toBe(3_723_000);
  expect(readDurationMs('00:30')).toBe(30_000);
  expect(readDurationMs('45')).toBe(45_000);
  expect(readDurationMs('5 min')).toBe(300_000);
  expect(readDurationMs('1h 2m 3s')).toBe(3_723_000);
  expect(readDurationMs('90:00')).toBe(5_400_000);
  expect(readDurationMs(128_929, 'ms')).toBe(128_929);
  for (const none of [
    '',
    '0',
    0,
    'PT',
    1e300,
    '00:00:99',
    '1:75:00',
    '00:00:56:12',
    '5 min of it',
    'soon',
    null,
    Number.NaN,
    {},
  ])
    expect(readDurationMs(none)).toBeNull();
});

it('reads numbers that came as text, and rates as fractions', () => {
  expect(readWhole(' 1080 ')).toBe(1080);
  expect(readWhole('10.5')).toBeNull();
  expect(readWhole('1e9')).toBeNull();
  expect(readRate('29.97')).toEqual({ rateNum: 30_000, rateDen: 1001 });
  expect(readRate(23.976)).toEqual({ rateNum: 24_000, rateDen: 1001 });
  expect(readRate('50p')).toEqual({ rateNum: 50, rateDen: 1 });
  expect(readRate('50i')).toEqual({ rateNum: 25, rateDen: 1 });
  expect(readRate('59.94i')).toEqual({ rateNum: 30_000, rateDen: 1001 });
  expect(readRate('25i')).toEqual({ rateNum: 25, rateDen: 1 });
  expect(readRate('25000/1000')).toEqual({ rateNum: 25, rateDen: 1 });
  expect(readRate('30000/1001')).toEqual({ rateNum: 30_000, rateDen: 1001 });
  for (const none of ['0', '1000', '12/0', 'fast', null]) expect(readRate(none).rateNum).toBeNull();
});

it('makes text of markup, and nothing of what fills a field', () => {
  expect(plainText('<p>Hello &amp; <b>world</b></p><p>next<br>line</p>')).toBe('Hello & world\n\nnext\nline');
  expect(oneLine('&amp;eacute;t&eacute;')).toBe('été');
  expect(plainText('less < more &amp; <3\nsecond line')).toBe('less < more & <3\nsecond line');
  expect(plainText('<script>alert(1)</script><style>p{}</style>Seen')).toBe('Seen');
  expect(oneLine('  Δήλωση\u00a0του  ')).toBe('Δήλωση του');
  const nothing = ['No-Data-Available', '(UNDISCLOSED LOCATION)', 'N/A', '', '<p> </p>', null, 5n];
  expect(nothing.filter((none) => plainText(none) !== null)).toEqual([]);
  expect(plainText(`${'<div>'.repeat(5000)}deep`)).toBe('deep');
  expect(plainText(`${'<div>'.repeat(60_000)}deep`)).toBe('deep');
  expect(plainText('a\u200bb\u00ad\u0000c \ud800')).toBe('abc \ufffd');
  expect(plainText('one &amp; two\nthree')).toBe('one & two\nthree');
});

it('takes INT for no language, and one value for a list', () => {
  expect(readLanguage('en_GB')).toBe('en-gb');
  expect(readLanguage('INT')).toBeNull();
  expect(readLanguage('English')).toBeNull();
  expect(listOf('one')).toEqual(['one']);
  expect(listOf([' a ', 'b', 'a', null, 7])).toEqual(['a', 'b', '7']);
  expect(listOf(undefined)).toEqual([]);
});

it('takes web addresses as people write them, and no other', () => {
  expect(webAddress(" https://a.example/b c/d'é.mp4")).toBe("https://a.example/b%20c/d'%C3%A9.mp4");
  expect(webAddress('//cdn.example/x.jpg', 'https://a.example/')).toBe('https://cdn.example/x.jpg');
  expect(webAddress('//cdn.example/x.jpg')).toBe('https://cdn.example/x.jpg');
  expect(webAddress('video/1', 'https://a.example/list/')).toBe('https://a.example/list/video/1');
  expect(webAddress('https://a.example/?a=1&amp;b=2')).toBe('https://a.example/?a=1&b=2');
  const none = ['javascript:alert(1)', 'file:///etc/passwd', 'https://u:p@a.example', 'x', '', 5];
  expect(none.filter((text) => webAddress(text) !== null)).toEqual([]);
  expect(fileNameOf('https://a.example/b/d%C3%A9j%C3%A0.mp4?x=1')).toBe('déjà.mp4');
  expect(fileNameOf('https://a.example/b/%E0%A4%A.mp4')).toBe('%E0%A4%A.mp4');
});

it('knows the same address whatever hangs on it', () => {
  const plain = sameAddress('https://a.example/x?a=1&b=2');
  for (const other of [
    'http://A.example:80/x/?b=2&utm_source=mail&a=1',
    'https://a.example/x?a=1&b=2&latest=20250908#top',
    'https://a.example/%78?a=1&b=2',
    'https://a.example/x?selectedLocale=null&a=1&b=2&Signature=abc&Expires=9',
  ]) {
    expect(sameAddress(other)).toBe(plain);
  }
  expect(sameAddress("https://a.example/d'%c3%a9")).toBe(sameAddress('https://a.example/d%27é'));
  // A story's number and its language are identity, whatever else they are called.
  for (const other of ['a=2&b=2', 'a=1&b=2&sid=7', 'a=1&b=2&locale=fr']) {
    expect(sameAddress(`https://a.example/x?${other}`)).not.toBe(plain);
  }
});

it('believes of a type what can be believed', () => {
  expect(readMediaType('video/mp4-1920x1080', null)).toMatchObject({
    medium: 'video',
    container: 'mp4',
    width: 1920,
    height: 1080,
  });
  expect(readMediaType('video/mpeg', 'clip.mp4')).toMatchObject({
    medium: 'video',
    container: 'mp4',
    videoCodec: null,
  });
  expect(readMediaType('binary/octet-stream', 'clip.mxf')).toMatchObject({
    medium: 'video',
    container: 'mxf',
  });
  expect(readMediaType('binary/octet-stream', null)).toMatchObject({ medium: null, container: null });
  expect(readMediaType('text/vtt', 'captions')).toMatchObject({ medium: 'captions', container: 'vtt' });
  expect(readMediaType('audio/mp4', 'voice.mp4')).toMatchObject({ medium: 'audio', container: 'mp4' });
  expect(readMediaType('application/pdf', null)).toMatchObject({ medium: 'document' });
  expect(readMediaType('constructor; codecs="constructor"', null)).toEqual({
    medium: null,
    container: null,
    videoCodec: null,
    width: null,
    height: null,
  });
  expect(readMediaType('video/mp4; codecs="avc1.640028, mp4a.40.2"', null)).toMatchObject({
    videoCodec: 'h264',
  });
});

it.each([null, 'application/json', 'text/xml; charset=utf-8', 'text/xml; charset=utf-16'])(
  'two bytes a letter are known without a mark, from either end, when the answer is called %s',
  (contentType) => {
    for (const text of ['<?xml version="1.0" encoding="utf-16"?><a>Ж</a>', '\n{"a":"Ж"}', '[1, "Ж"]']) {
      const little = Buffer.from(text, 'utf16le');
      expect(decodeBody({ body: little, contentType })).toBe(text);
      expect(decodeBody({ body: Buffer.from(little).swap16(), contentType })).toBe(text);
    }
  },
);

it('decodes by the mark, the header, the declaration, and last by what fits', () => {
  const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
  const russian = bytes(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2);
  expect(decodeBody({ body: russian, contentType: 'text/xml; charset=windows-1251' })).toBe('Привет');
  const declared = Buffer.concat([Buffer.from('<?xml version="1.0" encoding="windows-1251"?>'), russian]);
  expect(decodeBody({ body: declared, contentType: 'text/xml' })).toContain('Привет');
  expect(decodeBody({ body: Buffer.from('\ufeffé', 'utf16le'), contentType: null })).toBe('é');
  expect(decodeBody({ body: bytes(0x42, 0xfc), contentType: null })).toBe('Bü');
  expect(decodeBody({ body: Buffer.from('Bü'), contentType: 'text/xml; charset=nonsense' })).toBe('Bü');
  // UTF-8 under the name of Latin 1 is common, and is told by that it fits.
  expect(decodeBody({ body: Buffer.from('Bülow'), contentType: 'text/xml; charset=iso-8859-1' })).toBe(
    'Bülow',
  );
  // Servers call everything UTF-8; where that does not fit, the document knows better.
  expect(decodeBody({ body: declared, contentType: 'text/xml; charset=utf-8' })).toContain('Привет');
  expect(decodeBody({ body: bytes(0x42, 0xfc, 0x21), contentType: 'text/xml; charset=utf-8' })).toBe(
    'B\ufffd!',
  );
  expect(looksLikeHtml('\n<!-- x --><!DOCTYPE html><p>')).toBe(true);
  expect(looksLikeHtml('<?xml version="1.0"?><rss>')).toBe(false);
});

it('takes one size that all files claim for the size of none', () => {
  const files = ['a', 'b'].map((id) => aRendition({ externalId: id, fileName: `${id}.mp4`, sizeBytes: 500 }));
  expect(distrustSizes(files)).toMatchObject([
    { sizeBytes: null, aboutBytes: 500 },
    { sizeBytes: null, aboutBytes: 500 },
  ]);
  expect(distrustSizes(files.slice(0, 1))).toEqual(files.slice(0, 1));
});

it('lists the same file once, with what either telling knows of it', () => {
  const told = withoutDoubles([
    aRendition({
      externalId: '1',
      fileName: 'a.mp4',
      address: 'https://a.example/a.mp4?utm_source=x',
      sizeBytes: 5,
    }),
    aRendition({ externalId: '2', fileName: 'a.mp4', address: 'https://a.example/a.mp4', width: 1920 }),
  ]);
  expect(told).toMatchObject([{ externalId: '1', sizeBytes: 5, width: 1920 }]);
  expect(told).toHaveLength(1);
});

it('groups the versions of a story by their suffix', () => {
  const story = versionOf('Visit to Tamrit MASTER', null).story;
  expect(versionOf('Visit to Tamrit - MASTERSUBS', null)).toEqual({ versionKind: 'subtitled', story });
  expect(versionOf('VISIT TO TAMRIT (B-ROLL)', null)).toEqual({ versionKind: 'b-roll', story });
  expect(versionOf(null, 'visit_to_tamrit_MASTER.mp4')).toEqual({ versionKind: 'master', story });
  expect(versionOf('Master class', null)).toEqual({ versionKind: 'unknown', story: null });
  for (const title of ['Keeping the sea clean', 'The harbour master', 'Gold rushes', 'x'.repeat(1e6)]) {
    expect(versionOf(title, null)).toEqual({ versionKind: 'unknown', story: null });
  }
  expect(versionOf('Visit to Tamrit – clean', null)).toEqual({ versionKind: 'master', story });
  expect(versionOf('MASTER', null)).toEqual({ versionKind: 'unknown', story: null });
});

it('shows what has no file yet as expected', () => {
  expect(anEmptyAsset({ externalId: '1', title: 'T' }).status).toBe('expected');
  const renditions = [aRendition({ externalId: '1', fileName: 'a.mp4' })];
  expect(anEmptyAsset({ externalId: '1', title: 'T', renditions }).status).toBe('usable');
});
