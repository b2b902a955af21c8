import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { parseShotlist, splitTranscript } from '../../../../shared/domain/shotlist.ts';

const told = (text: string, durationMs: number | null = null) =>
  parseShotlist(text, { durationMs }).lines.filter(({ kind }) => kind !== 'heading');

it('reads offsets in front of plain lines', () => {
  expect(told('---SHOTLIST—\n00:08 WIDE SHOT, HALL\n1:02:03 CLOSE UP')).toMatchObject([
    { kind: 'shot', atMs: 8000, text: 'WIDE SHOT, HALL' },
    { kind: 'shot', atMs: 3_723_000, text: 'CLOSE UP' },
  ]);
});

it('reads offsets in brackets, with a dash behind the type of shot', () => {
  expect(told('-- SHOTLIST --\n(00:05) MEDIUM SHOT – TROOPS MARCH')).toMatchObject([
    { atMs: 5000, text: 'MEDIUM SHOT – TROOPS MARCH', sound: null },
  ]);
});

it('reads numbered lines, and that a shot has no sound', () => {
  expect(told('1. (00:00) VARIOUS SHOTS [no sound] - SHIPS AT SEA\n2. (00:10) (MUTE) WIDE')).toMatchObject([
    { atMs: 0, sound: 'mute', text: 'VARIOUS SHOTS - SHIPS AT SEA' },
    { atMs: 10_000, sound: 'mute', text: 'WIDE' },
  ]);
});

it('holds a courtesy line for all that follow', () => {
  const lines = told(
    'The following footage courtesy of Meridian Coast Guard. Filmed on 3 May 2024 at Sölvik\n00:10 CUTTER\n00:20 BRIDGE',
  );
  expect(lines).toMatchObject([
    { kind: 'courtesy' },
    { atMs: 10_000, credit: 'Meridian Coast Guard', filmed: '3 May 2024 at Sölvik' },
    { atMs: 20_000, credit: 'Meridian Coast Guard' },
  ]);
});

it('reads names with full stops in a courtesy, and where it was filmed on a line of its own', () => {
  const lines = told(
    'Footage courtesy of U.S. Navy. Filmed on 3 May 2024 at Sölvik.\n00:10 A\n' +
      '[Courtesy: Ministry of Defence (MOD)]\n00:20 B\nFilmed in March 2023\n00:30 C',
  );
  expect(lines.map(({ atMs, credit, filmed }) => [atMs, credit, filmed])).toEqual([
    [null, 'U.S. Navy', '3 May 2024 at Sölvik'],
    [10_000, 'U.S. Navy', '3 May 2024 at Sölvik'],
    [null, 'Ministry of Defence (MOD)', null],
    [20_000, 'Ministry of Defence (MOD)', null],
    [null, 'Ministry of Defence (MOD)', 'March 2023'],
    [30_000, 'Ministry of Defence (MOD)', 'March 2023'],
  ]);
});

it('holds a courtesy that stands behind a shot for that shot alone', () => {
  expect(told('00:10 AERIAL – COURTESY OF SAINT ELM TV\n00:20 WIDE')).toMatchObject([
    { kind: 'shot', credit: 'SAINT ELM TV' },
    { kind: 'shot', credit: null },
  ]);
});

it('parts lines that lost their breaks, and leaves the frames of a timecode', () => {
  expect(told('1. (00:00) WIDE 2. (00:05) CLOSE (MUTE) (00:09) END')).toMatchObject([
    { atMs: 0, text: 'WIDE' },
    { atMs: 5000, text: 'CLOSE', sound: 'mute' },
    { atMs: 9000, text: 'END' },
  ]);
  expect(told('00:00:08:12 SHIPS\n00:08:12 HARBOUR')).toMatchObject([
    { atMs: 8000, text: 'SHIPS' },
    { atMs: 492_000, text: 'HARBOUR' },
  ]);
});

it('reads a soundbite without quotation marks, and one without a name', () => {
  expect(
    told(
      'SOT (FRENCH) JEAN MOREL, MAYOR: On attend.\nSOUNDBITE (ENGLISH): We have to wait for as long as it may take.',
    ),
  ).toMatchObject([
    { kind: 'soundbite', speaker: 'JEAN MOREL', role: 'MAYOR', quote: 'On attend.' },
    { kind: 'soundbite', speaker: null, quote: 'We have to wait for as long as it may take.' },
  ]);
});

it('reads who speaks, as what, in which language, and what is said', () => {
  expect(
    told('00:20 SOUNDBITE (ENGLISH) – ADA LIND, CHAIR OF THE COMPACT "We stand together."'),
  ).toMatchObject([
    {
      kind: 'soundbite',
      atMs: 20_000,
      speaker: 'ADA LIND',
      role: 'CHAIR OF THE COMPACT',
      language: 'ENGLISH',
      quote: 'We stand together.',
    },
  ]);
  expect(told('VOICEOVER\nTEXT ON SCREEN: Tamrit\nUPSOT engines').map(({ kind }) => kind)).toEqual([
    'voiceover',
    'text-on-screen',
    'upsot',
  ]);
});

it('takes what stands in quotes below a soundbite for what is said', () => {
  const lines = told('SOUNDBITE (FRENCH) - JEAN MOREL, MAYOR\n"On attend."\n00:30 STREET');
  expect(lines).toMatchObject([
    { kind: 'soundbite', speaker: 'JEAN MOREL', quote: null },
    { kind: 'text', quote: 'On attend.', speaker: 'JEAN MOREL', language: 'FRENCH' },
    { kind: 'shot', speaker: null },
  ]);
});

it('marks an offset that lies behind the end, or before the one above it', () => {
  expect(told('00:10 A\n00:05 B\n09:00 C\n00:12 D', 60_000).map(({ doubtful }) => doubtful)).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

it('takes no number for a time that is none', () => {
  expect(told('08:99 ODD\n10 downing street\n25. Twenty-five ships')).toMatchObject([
    { atMs: null },
    { atMs: null, text: '10 downing street' },
    { atMs: null, text: 'Twenty-five ships' },
  ]);
});

it('takes a shotlist out of the transcript it is nested in', () => {
  expect(splitTranscript('TRANSCRIPT\nGood morning.\n-- SHOTLIST --\n00:01 A\n00:02 B')).toEqual({
    transcript: 'Good morning.',
    shotlist: '00:01 A\n00:02 B',
  });
  expect(splitTranscript('Only words.')).toEqual({ transcript: 'Only words.', shotlist: null });
  expect(splitTranscript(null)).toEqual({ transcript: null, shotlist: null });
});

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

it('loses nothing that was written, whatever it is', () => {
  const line = oneof(
    string(),
    constantFrom(
      '00:08 WIDE',
      '(00:05) X – Y',
      'SOUNDBITE (ENGLISH) – A, B "c"',
      '-- SHOTLIST --',
      'courtesy of',
      '1. (00:00)',
      '(00:00) A 2. (00:05) B (00:09) C',
    ),
  );
  assert(
    property(array(line, { maxLength: 30 }), (lines) => {
      const text = lines.join('\n');
      const kept = parseShotlist(text).lines.map(({ source }) => source);
      expect(words(kept.join('\n'))).toEqual(words(text));
    }),
  );
});

it('reads a megabyte of anything without falling behind', () => {
  const heads = ['', '1.', 'SHOT', 'SOUNDBITE "', 'courtesy of ', 'courtesy of A filmed '];
  const units = [
    '(',
    '"',
    ' ',
    '-',
    ',',
    '00:',
    '- ',
    'SOUNDBITE (',
    'courtesy of ',
    '1.(00:00)',
    '(00:00) ',
  ];
  const slow = heads
    .flatMap((head) => units.map((unit) => `${head}${unit.repeat(Math.floor(1_000_000 / unit.length))}x`))
    .filter((text) => {
      const startedAt = performance.now();
      parseShotlist(text);
      splitTranscript(text);
      // A pattern that backtracks takes hours; this is no measure of the machine.
      return performance.now() - startedAt > 20_000;
    });
  expect(slow.map((text) => text.slice(0, 40))).toEqual([]);
}, 120_000);
