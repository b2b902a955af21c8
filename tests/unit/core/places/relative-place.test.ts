import {
  array,
  assert,
  constantFrom,
  dictionary,
  oneof,
  property,
  record,
  string,
  stringMatching,
} from 'fast-check';
import { expect, it } from 'vitest';
import { safeFileName, safeFolderName } from '../../../../electron/core/files/safe-name.ts';
import type { PlaceFacts } from '../../../../electron/core/places/place-facts.ts';
import {
  fitted,
  pathLimit,
  relativePlace,
  type Templates,
} from '../../../../electron/core/places/relative-place.ts';
import { parseTemplate } from '../../../../shared/domain/name-template.ts';
import { nameTokens } from '../../../../shared/domain/name-tokens.ts';

function templates(folder: string, name: string): Templates {
  const [folders, names] = [parseTemplate(folder, 'folder'), parseTemplate(name, 'name')];
  if (!folders.ok || !names.ok) throw new Error('A template of the test is wrong.');
  return { folders: folders.parts, name: names.parts[0] ?? [] };
}

const clip: PlaceFacts = {
  fileName: '260201a-session.mp4',
  known: { day: '2026-02-01', event: 'Winter session', title: 'Arrivals', source: 'Meridian' },
};

it.each([
  ['', '{original}', [], '260201a-session.mp4'],
  ['{year}/{month}/{event}', '{day} {title}', ['2026', '02', 'Winter session'], '2026-02-01 Arrivals.mp4'],
  ['{place}/{year}', '{title}', ['2026'], 'Arrivals.mp4'],
  ['', '{place}', [], '260201a-session.mp4'],
  ['', '', [], '260201a-session.mp4'],
  ['', '{original}.mp4', [], '260201a-session.mp4'],
  ['', '{title}.exe', [], 'Arrivals.exe.mp4'],
])('%j and %j', (...[folder, name, folders, fileName]) => {
  expect(relativePlace(templates(folder, name), clip)).toEqual({ folders, fileName });
});

// What servers have tried with names, by each way that a name can come: as the file's own, and as a value in a folder.
it.each([
  ['../../x.mov', '_.._x.mov', '_.._x.mov'],
  ['..\\..\\x.mov', '_.._x.mov', '_.._x.mov'],
  [
    '../../../../././../a_file_name.txt',
    '_.._.._.._._._.._a_file_name.txt',
    '_.._.._.._._._.._a_file_name.txt',
  ],
  ['/etc/passwd.mp4', '_etc_passwd.mp4', '_etc_passwd.mp4'],
  ['C:\\Windows\\x.mp4', 'C__Windows_x.mp4', 'C__Windows_x.mp4'],
  ['\\\\server\\share\\x.mp4', '__server_share_x.mp4', '__server_share_x.mp4'],
  ['<blink>x.mp4', '_blink_x.mp4', '_blink_x.mp4'],
  ['con.mov', '_con.mov', '_con.mov'],
  ['PRN', '_PRN.download', '_PRN'],
  ['com1.tar.mp4', '_com1.tar.mp4', '_com1.tar.mp4'],
  ['a.mov:ads', 'a.mov_ads.download', 'a.mov_ads'],
  ['nul\u0000.mp4', '_nul.mp4', '_nul.mp4'],
  ['x%00.mp4', 'x%00.mp4', 'x%00.mp4'],
  ['clip\u202egpm.exe', 'clipgpm.exe.download', 'clipgpm.exe'],
  ['evil.exe ', 'evil.exe.download', 'evil.exe'],
  ['evil.exe.', 'evil.exe.download', 'evil.exe'],
  ['.test', 'test.download', 'test'],
  ['harmless.lnk', 'harmless.lnk.download', 'harmless.lnk'],
  ['harmless.local', 'harmless.local.download', 'harmless.local'],
  [
    'harmless.{20D04FE0-3AEA-1069-A2D8-08002B30309D}',
    'harmless.{20D04FE0-3AEA-1069-A2D8-08002B30309D}.download',
    'harmless',
  ],
  ['~$x.mp4', '~$x.mp4', '~$x.mp4'],
  ['e\u200b\u0301.mp4', 'é.mp4', 'é.mp4'],
  ['two\nlines.mp4', 'twolines.mp4', 'two lines.mp4'],
])('%j is %j as a file and %j as a folder', (given, asFile, asFolder) => {
  const facts: PlaceFacts = { fileName: given, known: { title: given } };
  const place = relativePlace(templates('{title}', '{original}'), facts);
  expect(place).toEqual({ folders: [asFolder], fileName: asFile });
});

it.each(['..', '.', ' . ', '\u0000', '\u202e', ''])(
  'a value that is no name (%j) leaves no folder',
  (value) => {
    const facts: PlaceFacts = { fileName: 'a.mp4', known: { event: value, title: 'T' } };
    expect(relativePlace(templates('{event}/{title}', '{event}'), facts)).toEqual({
      folders: ['T'],
      fileName: 'a.mp4',
    });
  },
);

it('cuts the longest names first until the path fits, whole characters and the extension kept', () => {
  const place = { folders: ['2026', 'ä'.repeat(120)], fileName: `${'b'.repeat(230)}.mp4` };
  const cut = fitted('C:\\Users\\editor\\Videos', place, pathLimit('win32'));
  expect(cut?.folders[0]).toBe('2026');
  expect(cut?.folders[1]).toMatch(/^ä{40,}$/);
  expect(cut?.fileName).toMatch(/^b{80,}\.mp4$/);
  expect(
    ['C:\\Users\\editor\\Videos', ...(cut?.folders ?? []), cut?.fileName].join('\\').length,
  ).toBeLessThan(241);
  expect(fitted(`C:\\${'x'.repeat(235)}`, place, pathLimit('win32'))).toBeNull();
  expect(fitted('/home/editor/Videos', place, pathLimit('linux'))).toEqual(place);
});

const anything = oneof(
  string({ unit: 'binary', maxLength: 400 }),
  string({ unit: 'grapheme', maxLength: 400 }),
  stringMatching(/^[./\\ :~{}()a-c-]{0,30}$/),
  constantFrom('..', 'con', 'COM1 .x', 'a/../..', '\ud800', 'x'.repeat(9000), '👨‍👩‍👧‍👦'.repeat(60)),
);
const tokens = Object.keys(nameTokens);
const aTemplate = (between: string[]) =>
  array(
    oneof(
      constantFrom(...tokens).map((token) => `{${token}}`),
      constantFrom(...between),
    ),
    {
      maxLength: 8,
    },
  ).map((parts) => parts.join(''));

it('whatever is in any token, the path stays below its folder, within every limit, and safe once is safe', () => {
  const limits = [pathLimit('win32'), pathLimit('linux'), pathLimit('darwin')];
  assert(
    property(
      record({
        folder: aTemplate(['a/', ' - ', '(', ')', '. b']),
        name: aTemplate([' - ', '(', ')', '.', '_']),
      }),
      record({ known: dictionary(constantFrom(...tokens), anything), fileName: anything }),
      constantFrom(...limits),
      (texts, facts, limit) => {
        const made = relativePlace(templates(texts.folder, texts.name), facts);
        const place = fitted('/media/downloads', made, limit);
        expect(place).not.toBeNull();
        const names = [...(place?.folders ?? []), place?.fileName ?? ''];
        for (const name of names) {
          // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
          expect(name).not.toMatch(/^\.|[\u0000-\u001f<>:"/\\|?*]|[. ]$/);
          expect(name).not.toBe('');
          expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\s*(\.|$)/i);
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(231);
          expect(name).toBe(name.normalize('NFC').toWellFormed());
        }
        for (const name of place?.folders ?? []) expect(safeFolderName(name)).toBe(name);
        expect(safeFileName(place?.fileName ?? '')).toBe(place?.fileName);
        const path = ['/media/downloads', ...names].join('/');
        expect(limit.unit === 'utf16' ? path.length : Buffer.byteLength(path)).toBeLessThanOrEqual(
          limit.most,
        );
        expect(path.split('/')).toHaveLength(names.length + 3);
      },
    ),
    { numRuns: 400 },
  );
});
