import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitDescription } from '../../../../../electron/core/sources/reading/description-parts.ts';

test.each([
  'SHOTLIST',
  '---SHOTLIST---',
  '---SHOTLIST—',
  '-- SHOT LIST --',
  '— Shotlist —',
  'Shotlist:',
  'Shotlist',
  '*** SHOTLIST ***',
])('a heading written %s begins the shotlist', (heading) => {
  expect(splitDescription(`Allies meet.\n${heading}\n(00:00) WIDE SHOT`)).toEqual({
    synopsis: 'Allies meet.',
    shotlist: '(00:00) WIDE SHOT',
    transcript: null,
    usage: null,
  });
});

test('all parts in any order, and what is before the first heading is the synopsis', () => {
  const text = [
    'Allied ships sail.',
    '',
    '-- TRANSCRIPT --',
    'SOUNDBITE (ENGLISH) - A. Admiral, Commander "We sail."',
    '---USAGE RIGHTS—',
    'This media asset is free for editorial use.',
    '-- SHOTLIST --',
    '00:08 SHIPS',
    'SYNOPSIS',
    'Off the coast.',
  ].join('\n');
  expect(splitDescription(text)).toEqual({
    synopsis: 'Allied ships sail.\n\n\nOff the coast.',
    transcript: 'SOUNDBITE (ENGLISH) - A. Admiral, Commander "We sail."',
    usage: 'This media asset is free for editorial use.',
    shotlist: '00:08 SHIPS',
  });
});

test('a heading may stand before its text on one line', () => {
  expect(splitDescription('Ships.\nUSAGE RIGHTS: Free for editorial use.').usage).toBe(
    'Free for editorial use.',
  );
});

test('a word of the text is no heading', () => {
  for (const line of [
    'Script',
    'Rights',
    'The transcript follows.',
    'VOICEOVER: Usage is free.',
    'MARK RUTTE: Thank you.',
  ]) {
    expect(splitDescription(`Ships.\n${line}\nEnd.`)).toMatchObject({ synopsis: `Ships.\n${line}\nEnd.` });
  }
  expect(splitDescription('SCRIPT\nHello.').transcript).toBe('Hello.');
});

test('nothing is nothing', () => {
  const none = { synopsis: null, shotlist: null, transcript: null, usage: null };
  expect(splitDescription(null)).toEqual(none);
  expect(splitDescription(' \n\n')).toEqual(none);
});

test('no word outside a heading is ever lost, in its order within its part', () => {
  const line = fc.oneof(
    fc.constantFrom('SHOTLIST', '--TRANSCRIPT—', 'Usage rights:'),
    fc.stringMatching(/^[a-z ,.]{0,30}$/),
  );
  const isHeading = (text: string): boolean => /^(?:SHOTLIST|--TRANSCRIPT—|Usage rights:)$/.test(text);
  const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const kept = Object.values(splitDescription(lines.join('\n'))).flatMap((part) => wordsOf(part ?? ''));
      const given = lines.filter((text) => !isHeading(text)).flatMap(wordsOf);
      expect(kept.toSorted()).toEqual(given.toSorted());
    }),
  );
});
