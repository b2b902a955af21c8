import { assert, constantFrom, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { fillTemplate } from '../../../../shared/domain/fill-template.ts';
import { parseTemplate, type TemplateUse } from '../../../../shared/domain/name-template.ts';
import type { NameValues } from '../../../../shared/domain/name-tokens.ts';

function filled(template: string, values: NameValues, use: TemplateUse = 'name'): string {
  const parsed = parseTemplate(template, use);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.parts.map((part) => fillTemplate(part, values)).join('/');
}

const whole: NameValues = { day: '2026-02-01', event: 'Summit', title: 'Arrivals of the day', id: '7' };

it.each([
  ['{day} {title}', '2026-02-01 Arrivals of the day'],
  ['{event|title}', 'Summit'],
  ['{place|event|title}', 'Summit'],
  ['{place|country}', ''],
  ['{title:8}', 'Arrivals'],
  ['{title:11}', 'Arrivals of'],
  ['{title:12}', 'Arrivals of'],
  ['{ Title : 8 }', 'Arrivals'],
  ['{place|title:3}', 'Arr'],
  ['{{{id}}}', '{7}'],
  ['a{{b}}c', 'a{b}c'],
  ['plain', 'plain'],
  ['', ''],
])('%j gives %j', (template, name) => {
  expect(filled(template, whole)).toBe(name);
});

it.each([
  ['{day}_{place}_{title}', '2026-02-01_Arrivals of the day'],
  ['{place} - {title}', 'Arrivals of the day'],
  ['{title} - {place}', 'Arrivals of the day'],
  ['{day} - {place} - {country} - {id}', '2026-02-01 - 7'],
  ['{place}-{country}', ''],
  ['{title} ({place})', 'Arrivals of the day'],
  ['{title} ({place}, {country}) {id}', 'Arrivals of the day 7'],
  ['{event} ({place}, {day})', 'Summit (2026-02-01)'],
  ['{event} ({day}, {place})', 'Summit (2026-02-01)'],
  ['{event} [{day}, {place}, {id}]', 'Summit [2026-02-01, 7]'],
  ['{event} ({place}) [{country}]', 'Summit'],
  ['v{version}', 'v'],
  ['-{id}-', '-7-'],
])('what is not known leaves no separators behind: %j gives %j', (template, name) => {
  expect(filled(template, whole)).toBe(name);
});

it('leaves the separators of values alone', () => {
  expect(filled('{title}_{place}_{id}', { title: 'A - ', id: '-b' })).toBe('A -_-b');
});

it('parts folders at either slash and never at one in a value', () => {
  expect(filled('{year}/{event}', { year: '2026', event: 'a/b' }, 'folder')).toBe('2026/a/b');
  const parsed = parseTemplate('{year}\\{event}/x/', 'folder');
  expect(parsed).toMatchObject({ ok: true, parts: [{}, {}, {}] });
});

it.each([
  ['{dya}', 'name', 2, 'There is no token "dya" (position 2).'],
  ['a {day|evnt}', 'name', 8, 'There is no token "evnt" (position 8).'],
  ['{day', 'name', 1, 'A brace is opened and not closed; write {{ for the character itself (position 1).'],
  [
    'x{day{id}',
    'name',
    2,
    'A brace is opened and not closed; write {{ for the character itself (position 2).',
  ],
  ['day}', 'name', 4, 'A closing brace has no opening one; write }} for the character itself (position 4).'],
  ['{}', 'name', 2, 'The name of a token is missing (position 2).'],
  ['{day|}', 'name', 6, 'The name of a token is missing (position 6).'],
  [
    '{title:0}',
    'name',
    8,
    'After the colon stands how many characters it has at most, 1 to 200 (position 8).',
  ],
  [
    '{title:x}',
    'name',
    8,
    'After the colon stands how many characters it has at most, 1 to 200 (position 8).',
  ],
  ['{title:4:5}', 'name', 8, 'A token takes one number after a colon (position 8).'],
  [
    'a/{day}',
    'name',
    2,
    'A file name cannot hold a slash; folders have a template of their own (position 2).',
  ],
  [
    '/a',
    'folder',
    1,
    'The folders lie below the download folder, so nothing stands before the first one (position 1).',
  ],
  ['a/../b', 'folder', 3, '".." does not name a folder below the download folder (position 3).'],
  ['..', 'folder', 1, '".." does not name a folder below the download folder (position 1).'],
  ['C:\\x', 'folder', 1, 'The folders lie below the download folder, so no drive can be named (position 1).'],
  ['a/'.repeat(20), 'folder', 1, 'There can be at most 16 folders in one another (position 1).'],
  ['{constructor}', 'name', 2, 'There is no token "constructor" (position 2).'],
] as const)('%j is refused with its position', (...[template, use, position, message]) => {
  expect(parseTemplate(template, use)).toEqual({ ok: false, problem: { position, message } });
});

it('understands or refuses any text, at a position within it', () => {
  assert(
    property(string({ maxLength: 60 }), constantFrom('name', 'folder'), (template, use) => {
      const parsed = parseTemplate(template, use);
      if (parsed.ok) return;
      expect(parsed.problem.position).toBeGreaterThanOrEqual(1);
      expect(parsed.problem.position).toBeLessThanOrEqual(template.length + 1);
    }),
  );
});

it('keeps whole characters when it cuts', () => {
  expect(filled('{title:2}', { title: '🇨🇭🇦🇹🇳🇴' })).toBe('🇨🇭🇦🇹');
});
