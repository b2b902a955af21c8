import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partsOfListed } from '../../../../../electron/core/verify/mhl/mhl-path.ts';
import { createListReader, ListFault } from '../../../../../electron/core/verify/mhl/read-list.ts';
import {
  chainText,
  escapeXml,
  generationName,
  listFile,
  listFoot,
  listHead,
} from '../../../../../electron/core/verify/mhl/write-list.ts';

const atMs = Date.UTC(2026, 0, 17, 14, 30, 5, 678);
const head = listHead({ atMs, hostname: 'cutting-room', version: '1.2.3' });

function read(...chunks: string[]) {
  const reader = createListReader();
  for (const chunk of chunks) reader.write(chunk);
  return reader.end();
}

describe('a media hash list', () => {
  test('says who made it, how, and what it leaves out', () => {
    expect(head).toContain('<hashlist version="2.0" xmlns="urn:ASC:MHL:v2.0">');
    expect(head).toContain('<creationdate>2026-01-17T14:30:05+00:00</creationdate>');
    expect(head).toContain('<tool version="1.2.3">Rushes</tool>');
    expect(head).toContain('<process>in-place</process>');
    expect(head).toContain('<pattern>ascmhl/</pattern>');
  });

  test('gives back any path that it was written with, cut wherever the reader cuts it', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter(
        (text) =>
          text.trim() === text && escapeXml(text) === escapeXml(text).replaceAll('\ufffd', '') && text !== '',
      );
    fc.assert(
      fc.property(name, fc.nat(400), (path, cut) => {
        const file = listFile({
          path,
          sizeBytes: 5,
          modifiedAtMs: atMs,
          hashedAtMs: atMs,
          hashes: [{ kind: 'xxh64', value: '0ea03b369a463d9d', action: 'verified' }],
        });
        const text = head + file + listFoot;
        const { entries } = read(text.slice(0, cut), text.slice(cut));
        expect(entries).toEqual([
          {
            path,
            previousPath: null,
            sizeBytes: 5,
            modifiedAtMs: Math.floor(atMs / 1000) * 1000,
            hashes: [{ kind: 'xxh64', value: '0ea03b369a463d9d', action: 'verified' }],
          },
        ]);
      }),
    );
  });

  test('of another tool is read with prefixes, several kinds of hash, folders and a file that was renamed', () => {
    const { entries } = read(`<?xml version="1.0"?>
      <m:hashlist version="2.0" xmlns:m="urn:ASC:MHL:v2.0"><m:processinfo><m:roothash><m:content>
        <m:xxh64>8d02114c32e28cbe</m:xxh64></m:content></m:roothash></m:processinfo>
      <m:hashes>
        <m:hash><m:path size="4">Clips/A.mov</m:path><m:md5 action="original">ABCDEF0123456789ABCDEF0123456789</m:md5>
          <m:c4>c4AbC</m:c4><m:previousPath>Clips/Old.mov</m:previousPath>
          <m:metadata><m:path>/etc/passwd</m:path></m:metadata></m:hash>
        <m:directoryhash><m:path>Clips</m:path><m:content><m:xxh64>4c226b42e27d7af3</m:xxh64></m:content></m:directoryhash>
        <m:hash><m:path>Sidecar.txt</m:path><m:sha1 action="failed">3ab5a416</m:sha1></m:hash>
      </m:hashes></m:hashlist>`);
    expect(entries).toEqual([
      {
        path: 'Clips/A.mov',
        previousPath: 'Clips/Old.mov',
        sizeBytes: 4,
        modifiedAtMs: null,
        hashes: [
          { kind: 'md5', value: 'abcdef0123456789abcdef0123456789', action: 'original' },
          { kind: 'c4', value: 'c4AbC', action: null },
        ],
      },
      {
        path: 'Sidecar.txt',
        previousPath: null,
        sizeBytes: null,
        modifiedAtMs: null,
        hashes: [{ kind: 'sha1', value: '3ab5a416', action: 'failed' }],
      },
    ]);
  });

  test('has a chain that is read as it was written', () => {
    const chain = [
      { sequence: 1, path: '0001_A & B_2026-01-16_091500Z.mhl', c4: 'c4one' },
      { sequence: 2, path: '0002_A & B_2026-01-17_143005Z.mhl', c4: 'c4two' },
    ];
    expect(read(chainText(chain)).chain).toEqual(chain);
  });

  test('is named by its number, its folder and its time', () => {
    expect(generationName(2, 'A002R2EC', atMs)).toBe('0002_A002R2EC_2026-01-17_143005Z.mhl');
    expect(generationName(12345, '../x', atMs)).toBe('12345_.._x_2026-01-17_143005Z.mhl');
  });
});

const laughs = Array.from({ length: 30 }, (_, at) => `<!ENTITY l${at + 1} "&l${at};&l${at};&l${at};">`).join(
  '',
);
const inPath = (text: string): string =>
  `<hashlist><hashes><hash><path>${text}</path></hash></hashes></hashlist>`;

describe('a hostile list is refused', () => {
  test.each([
    ['a file of the machine', `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${inPath('&a;')}`],
    ['an entity that nobody explains', inPath('&a;')],
    ['laughs in their billions', `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]>${inPath('&l30;')}`],
    ['ten thousand folds', '<a>'.repeat(10_000)],
    ['a text without end', inPath('x'.repeat(300_000))],
    ['a tag without end', `<hashlist ${'x'.repeat(300_000)}`],
    ['markup that is not well-formed', '<hashlist><hashes></hashlist>'],
    ['an end that comes too soon', '<hashlist><hashes>'],
    ['no markup at all', 'no list at all'],
  ])('with %s', (_what, text) => {
    expect(() => read(text)).toThrow(ListFault);
  });

  test('or read, and nothing else, whatever garbage it is made of', () => {
    const scraps = ['<', '>', '/', 'hash', 'path', '&', ';', '"', '=', ' ', '<!', '[', ']]>', '\u0000'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...scraps)), (parts) => {
        const fault = faultOf(parts.join(''));
        expect(fault === null || fault instanceof ListFault).toBe(true);
      }),
    );
  });
});

function faultOf(text: string): unknown {
  try {
    read(text);
    return null;
  } catch (error) {
    return error;
  }
}

describe('a path of a list', () => {
  test('names a file inside the folder', () => {
    expect(partsOfListed('Clips/A 1.mov')).toEqual(['Clips', 'A 1.mov']);
    expect(partsOfListed('..mov')).toEqual(['..mov']);
  });

  test.each([
    ['', 'nothing'],
    ['../../x', 'a climb'],
    ['Clips/../../x', 'a climb inside'],
    ['..\\..\\x', 'a climb with backslashes'],
    ['/etc/passwd', 'the top of the machine'],
    ['\\\\server\\share', 'a share'],
    ['C:/x', 'a drive'],
    ['c:x', 'a drive without its top'],
    ['a//b', 'an empty name'],
    ['./a', 'a dot'],
    ['a\u0000b', 'a null'],
    ['x'.repeat(5000), 'too long a name'],
  ])('%j is none: %s', (path) => {
    expect(partsOfListed(path)).toBeNull();
  });
});

test('what XML cannot hold is replaced, and what it can is kept', () => {
  expect(escapeXml(`a<b>&"c'\u0001\ud800\n`)).toBe('a&lt;b&gt;&amp;&quot;c&apos;\ufffd\ufffd&#10;');
});
