import { dayFromParts } from './calendar-day.ts';

/**
 * Reads the names that NATO material is published under:
 * `YYMMDD[letter][-slug][-NNN][_rdax_WxH{s|p}]`, and its relatives.
 *
 * What a name says is evidence and no more: the day is sometimes the event's and sometimes the publication's.
 */

/** A value together with the very text that says so. */
export interface NamePart<Value> {
  readonly value: Value;
  readonly text: string;
}

/** How the number at the end of a name is written. Glued is the least sure: `cop28` is no frame 28. */
export type IndexStyle = 'separate' | 'camera' | 'glued';

/** Everything a file name says. */
export interface ParsedName {
  /** `nato` is the common form, `virin` a DVIDS id, `long` an eight-digit date, `undated` a name without a day. */
  readonly form: 'nato' | 'virin' | 'long' | 'undated';
  /** The name without extension and rendition suffix: what two renditions of one picture share. */
  readonly stem: string;
  readonly day: NamePart<string> | null;
  /** The event of that day, `a` being the first. */
  readonly letter: NamePart<string> | null;
  readonly slug: NamePart<string> | null;
  readonly index: NamePart<number> | null;
  readonly indexStyle: IndexStyle | null;
  readonly rendition: NamePart<{ readonly width: number; readonly height: number }> | null;
  /** Day and letter as written (`190916a`): one event, even when it ran over several days. Null without a letter. */
  readonly eventKey: string | null;
}

/** What a folder such as `16a-visit-uk-presid` says: a day of the month, an event letter, a slug. */
export interface ParsedFolder {
  readonly dayOfMonth: number;
  readonly letter: string;
  readonly slug: string;
}

const extensionShape = /\.[A-Za-z0-9]{1,5}$/;
const renditionShape = /_rdax_(\d{2,5})x(\d{2,5})[sp]?$/i;
const virinShape = /^(\d{2})(\d{2})(\d{2})-([A-Z])-([A-Z]{1,2}\d{3,4}[A-Z]?|[A-Z0-9]{5})-(\d{3,4})$/i;
const longDateShape = /^((?:19|20)\d{2})(\d{2})(\d{2})([a-z])?(?=$|[-_ .])/i;
const shortDateShape = /^(\d{2})(\d{2})(\d{2})([a-z])?(?=$|[-_ .])/i;
const folderShape = /^(\d{1,2})([a-z])-(.+)$/i;

/** The year of a two-digit year. NATO is of 1949, so nothing of its own is older: 49 to 99 lie in the last century. */
export function fullYear(twoDigits: number): number {
  return twoDigits >= 49 ? 1900 + twoDigits : 2000 + twoDigits;
}

/** Reads a file name; a path's folders are ignored. Never fails: a name that says nothing is `undated`. */
export function parseFileName(fileName: string): ParsedName {
  const base = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  const bare = base.replace(extensionShape, '');
  const resized = renditionShape.exec(bare);
  const stem = resized === null ? bare : bare.slice(0, resized.index);
  const rendition =
    resized === null
      ? null
      : { value: { width: Number(resized[1]), height: Number(resized[2]) }, text: resized[0].slice(1) };
  return { stem, rendition, ...(readVirin(stem) ?? readDated(stem) ?? readUndated(stem)) };
}

/** Reads a folder's name in the same material; null when it is not of that form. */
export function parseFolderName(name: string): ParsedFolder | null {
  const match = folderShape.exec(name);
  if (match === null) return null;
  const dayOfMonth = Number(match[1]);
  if (dayOfMonth < 1 || dayOfMonth > 31) return null;
  return { dayOfMonth, letter: (match[2] ?? '').toLowerCase(), slug: match[3] ?? '' };
}

type Reading = Omit<ParsedName, 'stem' | 'rendition'>;

function readVirin(stem: string): Reading | null {
  const match = virinShape.exec(stem);
  if (match === null) return null;
  const text = stem.slice(0, 6);
  const day = shortDay(match);
  if (day === null) return null;
  const index = match[6] ?? '';
  return {
    form: 'virin',
    day: { value: day, text },
    letter: null,
    slug: { value: `${match[4]}-${match[5]}`, text: `${match[4]}-${match[5]}` },
    index: { value: Number(index), text: index },
    indexStyle: 'separate',
    eventKey: null,
  };
}

function readDated(stem: string): Reading | null {
  const long = longDateShape.exec(stem);
  const longDay =
    long === null
      ? null
      : dayFromParts({ year: Number(long[1]), month: Number(long[2]), day: Number(long[3]) });
  const match = longDay === null ? shortDateShape.exec(stem) : long;
  if (match === null) return null;
  const day = longDay ?? shortDay(match);
  if (day === null) return null;
  const letter = match[4] ?? '';
  const prefix = match[0];
  return {
    form: longDay === null ? 'nato' : 'long',
    day: { value: day, text: prefix.slice(0, prefix.length - letter.length) },
    letter: letter === '' ? null : { value: letter.toLowerCase(), text: letter },
    ...readRest(stem.slice(prefix.length)),
    eventKey: letter === '' ? null : prefix.toLowerCase(),
  };
}

function readUndated(stem: string): Reading {
  return { form: 'undated', day: null, letter: null, ...readRest(stem), eventKey: null };
}

function shortDay(match: RegExpExecArray): string | null {
  return dayFromParts({
    year: fullYear(Number(match[1])),
    month: Number(match[2]),
    day: Number(match[3]),
  });
}

/** Reads slug and index from what follows the date. */
function readRest(rest: string): Pick<Reading, 'slug' | 'index' | 'indexStyle'> {
  const text = rest.replace(/^[-_ .]+/, '');
  const style = indexStyleOf(text);
  const digits = style === null ? '' : (/\d+$/.exec(text)?.[0] ?? '');
  const slug = text.slice(0, text.length - digits.length).replace(/[-_ .]+$/, '');
  return {
    slug: slug === '' ? null : { value: slug, text: slug },
    index: digits === '' ? null : { value: Number(digits), text: digits },
    indexStyle: style,
  };
}

function indexStyleOf(text: string): IndexStyle | null {
  const match = /(^|[-_ .]|[A-Za-z])(\d{1,4})$/.exec(text);
  if (match === null) return null;
  const [, before = '', digits = ''] = match;
  // A second year inside the slug (`REP-Atlantic-2018`) is part of the title.
  if (/^(19[5-9]\d|20[0-4]\d)$/.test(digits)) return null;
  if (/[A-Za-z]/.test(before)) return digits.length <= 2 ? 'glued' : null;
  return before === '_' && digits.length === 4 ? 'camera' : 'separate';
}
