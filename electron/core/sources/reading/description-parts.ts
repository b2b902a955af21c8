/** The parts that a description is made of, each null when it is not there. */
export interface DescriptionParts {
  readonly synopsis: string | null;
  readonly shotlist: string | null;
  readonly transcript: string | null;
  readonly usage: string | null;
}

type Part = keyof DescriptionParts;

const headings: readonly (readonly [Part, RegExp])[] = [
  ['synopsis', /^(?:synopsis|summary|description|story)$/],
  ['shotlist', /^(?:shot ?list|shots)$/],
  ['transcript', /^(?:transcript|transcription|script|full transcript|soundbites?)$/],
  ['usage', /^(?:usage|usage rights?|rights|restrictions?|terms of use|usage restrictions?|usage terms)$/],
];
/** All dashes, and what else is put around a heading. */
const frame = /^[\s\p{Pd}_=*#~•.:]+|[\s\p{Pd}_=*#~•.:]+$/gu;

/** Words that are a heading wherever they stand alone on a line; the others only in capitals, in a frame or with a colon. */
const sure = /^(?:synopsis|shot ?list|transcript|usage rights)$/;

/**
 * Splits a description at its headings: `SHOTLIST`, `---SHOTLIST—`, `-- TRANSCRIPT --`, `Usage rights:`. What stands
 * before the first one is the synopsis.
 */
export function splitDescription(text: string | null): DescriptionParts {
  const parts: Record<Part, string[]> = { synopsis: [], shotlist: [], transcript: [], usage: [] };
  let part: Part = 'synopsis';
  for (const line of (text ?? '').split('\n')) {
    const found = headingOf(line);
    if (found === null) {
      parts[part].push(line);
      continue;
    }
    part = found.part;
    // Two parts of one name stay apart by an empty line.
    if (parts[part].length > 0) parts[part].push('');
    if (found.rest !== '') parts[part].push(found.rest);
  }
  const joined = (name: Part): string | null => parts[name].join('\n').trim() || null;
  return {
    synopsis: joined('synopsis'),
    shotlist: joined('shotlist'),
    transcript: joined('transcript'),
    usage: joined('usage'),
  };
}

function headingOf(line: string): { part: Part; rest: string } | null {
  if (line.length > 400) return null;
  const words = line.replace(frame, '');
  const whole = partOf(words);
  if (whole !== null) {
    const isHeading = sure.test(plain(words)) || line === line.toUpperCase() || line.trim() !== words;
    return isHeading ? { part: whole, rest: '' } : null;
  }
  // "USAGE RIGHTS: This media asset is free for editorial use." on one line.
  const inline = /^([\s\p{Pd}_=*#]*[\p{Lu} ]{4,24}[\s\p{Pd}_=*]*):\s+(\S.*)$/u.exec(line);
  const part = inline?.[1] === undefined ? null : partOf(inline[1].replace(frame, ''));
  return part === null ? null : { part, rest: inline?.[2] ?? '' };
}

function partOf(words: string): Part | null {
  return headings.find(([, pattern]) => pattern.test(plain(words)))?.[0] ?? null;
}

function plain(words: string): string {
  return words.toLowerCase().replace(/\s+/g, ' ');
}
