/** What a line of a shotlist or transcript is. */
export type ShotKind =
  | 'shot'
  | 'soundbite'
  | 'voiceover'
  | 'text-on-screen'
  | 'upsot'
  | 'courtesy'
  | 'heading'
  | 'text';

/** One line as it was understood. `source` is the line word for word: nothing that was written is lost. */
export interface ShotLine {
  readonly kind: ShotKind;
  /** Offset into the clip in milliseconds, no timecode; null when none was written. */
  readonly atMs: number | null;
  /** Beyond the end of the clip, or before the line above it: shown, but no marker is made of it. */
  readonly doubtful: boolean;
  readonly text: string;
  readonly speaker: string | null;
  readonly role: string | null;
  /** As written: ENGLISH. */
  readonly language: string | null;
  readonly quote: string | null;
  readonly sound: 'mute' | null;
  /** Whose pictures these are, from the courtesy line that holds for all that follow. */
  readonly credit: string | null;
  /** When and where that says they were filmed. */
  readonly filmed: string | null;
  readonly source: string;
}

/** A text as lines. */
export interface Shotlist {
  readonly lines: readonly ShotLine[];
}

const dash = '[-–—‒−]';
const heading = new RegExp(
  `^\\s*(?:${dash}\\s*)*(shot ?list|shots?|transcript|script|storyline|story|b-?roll)\\s*(?:${dash}\\s*)*:?\\s*$`,
  'i',
);
/** `00:08 TEXT`, `(00:05) TEXT`, `1. (00:00) TEXT`, `[1:02:03]`, `00:08 - 00:12 TEXT`; frames behind the seconds are left. */
const timed = new RegExp(
  `^\\s*(?:\\d{1,3}[.)]\\s*)?[([]?\\s*(\\d{1,2}(?::\\d{2}){1,2})(?:[.,]\\d{1,3}|[:;]\\d{2}(?!\\d))?\\s*(?:${dash}\\s*\\d{1,2}(?::\\d{2}){1,2})?\\s*[)\\]]?\\s*(?:${dash}|:)?\\s*(?=\\S|$)`,
);
const numbered = /^\s*\d{1,3}[.)]\s+/;
const mute = / ?[[(] ?(?:no sound|mute|silent|without sound) ?[\])] ?/i;
const soundbite = new RegExp(
  `^(?:SOUND ?B[IY]TE|SOT)\\s*(?:\\(([^)]{2,30})\\))?\\s*(?:${dash}|:)?\\s*([^"“«„]*)(?:["“«„](.*))?$`,
  'i',
);
/** A name may hold full stops (U.S. Navy, St. Petersburg TV): a sentence ends behind a longer word or a bracket. */
const courtesy = /\bcourtesy(?: of)?\s*:?\s+(.+?)(?:(?<=[\p{L}\d]{3}|[)"”])[.\])](?=\s|$)|;|$)/iu;
/** A block of pictures from elsewhere may start on any time, and goes on until the next one. */
const courtesyStart =
  /^[[(]?(the following |all )?(footage|pictures|material|video|images)?[^.]{0,30}\bcourtesy\b/i;
const filmed = /\bfilmed\b\s*(?:on|in|at|:)?\s*(.+)$/i;

/** In words; names of offices in front of a comma are shorter. */
const longestName = 8;

/** In characters, "courtesy of" included. */
const longestCredit = 300;

/** What holds from line to line. */
interface Running {
  /** Who speaks, until another line than a quote follows. */
  speaking: Pick<ShotLine, 'speaker' | 'role' | 'language'> | null;
  credit: string | null;
  filmed: string | null;
  lastMs: number;
}

/**
 * A shotlist or transcript as lines with their offsets, whichever of the layouts in use it is written in. Headings,
 * courtesy lines and anything else that was written stay among the lines.
 */
export function parseShotlist(
  text: string | null,
  options: { readonly durationMs?: number | null } = {},
): Shotlist {
  const running: Running = { speaking: null, credit: null, filmed: null, lastMs: 0 };
  const written = (text ?? '')
    .split(/\r\n?|\n/)
    .flatMap(apart)
    .filter((line) => line.trim() !== '');
  return { lines: written.map((line) => readLine(line, running, options.durationMs ?? null)) };
}

/** A transcript that holds a shotlist under a heading of its own, as its two parts. */
export function splitTranscript(text: string | null): { transcript: string | null; shotlist: string | null } {
  const lines = (text ?? '').split(/\r\n?|\n/);
  const at = lines.findIndex((line) => /shot ?list/i.test(line) && isHeading(line));
  if (at < 0) return { transcript: filledOrNull(text ?? ''), shotlist: null };
  const end = lines.findIndex(
    (line, index) => index > at && /transcript|script/i.test(line) && isHeading(line),
  );
  const shotlist = lines.slice(at + 1, end < 0 ? undefined : end);
  const transcript = [...lines.slice(0, at), ...(end < 0 ? [] : lines.slice(end + 1))].filter(
    (line) => !isHeading(line),
  );
  return { transcript: filledOrNull(transcript.join('\n')), shotlist: filledOrNull(shotlist.join('\n')) };
}

/** A heading is a word between dashes, and short. */
function isHeading(line: string): boolean {
  return line.length <= 80 && heading.test(line);
}

/** Some sources lose the line breaks: `(00:00) WIDE (00:05) CLOSE` are two lines. */
function apart(line: string): readonly string[] {
  return /^\s*(?:\d{1,3}[.)]\s*)?\(\d{1,2}(?::\d{2}){1,2}\)/.test(line)
    ? line.split(/(?<!^\s*\d{1,3}[.)]|\s\d{1,3}[.)])\s(?=(?:\d{1,3}[.)] ?)?\(\d{1,2}(?::\d{2}){1,2}\)\s)/)
    : [line];
}

function filledOrNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}

function readLine(source: string, running: Running, durationMs: number | null): ShotLine {
  // Single spaces: the patterns stand side by side, and would try every place in a long run of them.
  const line = source.replace(/\s+/g, ' ').trim();
  const time = timed.exec(line);
  const atMs = time?.[1] === undefined ? null : offsetMs(time[1]);
  const plain = (time ? line.slice(time[0].length) : line.replace(numbered, '')).trim();
  const isMute = mute.test(plain);
  const text = plain.replace(mute, ' ').replace(leadingDash, '').trim();
  const words = quoted(wordsOf(text, atMs), running);
  const said = { ...words, atMs, sound: isMute ? ('mute' as const) : null };
  if (said.kind === 'courtesy') holdCourtesy(text, running);
  const doubtful = atMs !== null && (atMs < running.lastMs || (durationMs !== null && atMs > durationMs));
  if (atMs !== null && !doubtful) running.lastMs = atMs;
  // A shot with a courtesy of its own: it holds for this line and no other.
  const credit = said.kind === 'courtesy' ? null : creditIn(text);
  return { ...said, doubtful, credit: credit ?? running.credit, filmed: running.filmed, source };
}

const leadingDash = new RegExp(`^(?:${dash}\\s*)+`);

type Words = Pick<ShotLine, 'kind' | 'text' | 'speaker' | 'role' | 'language' | 'quote'>;

function wordsOf(text: string, atMs: number | null): Words {
  const plain = { text, speaker: null, role: null, language: null, quote: null };
  if (atMs === null && isHeading(text)) return { ...plain, kind: 'heading' };
  if (/^(SOUND ?B[IY]TE|SOT)\b/i.test(text)) return soundbiteOf(text);
  if (/^VOICE ?-?OVER\b|^VO\b\s*[:–—-]/i.test(text)) return { ...plain, kind: 'voiceover' };
  if (/^(TEXT|GRAPHICS?|SUPER)S? ON SCREEN\b/i.test(text)) return { ...plain, kind: 'text-on-screen' };
  if (/^(UPSOT|NATSOT|NAT ?SOUND)\b/i.test(text)) return { ...plain, kind: 'upsot' };
  if (atMs === null && (courtesyStart.test(text) || /^[[(]?filmed (on|in|at|by)\b/i.test(text))) {
    return { ...plain, kind: 'courtesy' };
  }
  return { ...plain, kind: atMs === null ? 'text' : 'shot' };
}

/** SOUNDBITE (ENGLISH) – NAME, ROLE "quote" */
function soundbiteOf(text: string): Words {
  const match = soundbite.exec(text);
  const [named = '', unquoted = ''] = (match?.[2] ?? '').split(/:\s+(.*)/s);
  const told = named.replace(/(?<![\s:,–—-])[\s:,–—-]+$/, '').trim();
  // Without a name in front, what stands there is what is said.
  const who = told.split(/\s+/).length > longestName && !told.includes(',') ? '' : told;
  const comma = who.indexOf(',');
  const [speaker, role] = comma < 0 ? [who, ''] : [who.slice(0, comma), who.slice(comma + 1)];
  const filled = (part: string): string | null => (part.trim() === '' ? null : part.trim());
  return {
    kind: 'soundbite',
    text,
    speaker: filled(speaker),
    role: filled(role),
    language: match?.[1]?.trim() ?? null,
    quote: filled((match?.[3] ?? unquoted).replace(/["”»“]\s*$/, '')) ?? (who === '' ? filled(told) : null),
  };
}

/** What stands in quotes below a soundbite is said by the same person. */
function quoted(words: Words, running: Running): Words {
  const quote = words.kind === 'text' ? /^["“«](.+?)["”»]?$/.exec(words.text)?.[1] : undefined;
  if (quote !== undefined && running.speaking) return { ...words, ...running.speaking, quote };
  const { speaker, role, language } = words;
  running.speaking = words.kind === 'soundbite' ? { speaker, role, language } : null;
  return words;
}

/** A line with a name begins a block; one that only says when and where it was filmed goes on with it. */
function holdCourtesy(text: string, running: Running): void {
  const credit = creditIn(text);
  const when = filmed.exec(text)?.[1]?.replace(/\.$/, '').trim() ?? null;
  running.filmed = credit === null ? (when ?? running.filmed) : when;
  running.credit = credit ?? running.credit;
}

function creditIn(text: string): string | null {
  const at = text.search(/\bcourtesy\b/i);
  if (at < 0) return null;
  const name = courtesy
    .exec(text.slice(at, at + longestCredit))?.[1]
    ?.replace(/\bfilmed\b.*$/i, '')
    .replace(/(?<![\s.,;])[\s,;]+$/, '');
  return filledOrNull(name?.replace(/(?<=\p{L}{3})\.$/u, '').replace(/[\])]$/, closing(name)) ?? '');
}

/** The bracket that closes the name's own one stays, one that closes the line's does not. */
function closing(name: string): string {
  return /[[(]/.test(name) ? '$&' : '';
}

function offsetMs(time: string): number | null {
  const parts = time.split(':').map(Number);
  const [seconds = 0, minutes = 0, hours = 0] = parts.toReversed();
  if (seconds > 59 || (parts.length === 3 && minutes > 59)) return null;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
