/** What a caller knows of a source's habit: 05.11.2021 is May or November by where it was written. */
export interface DateHint {
  readonly order?: 'dmy' | 'mdy';
}

const months: ReadonlyMap<string, number> = new Map(
  [
    ['jan', 'january', 'januar', 'janvier', 'janv'],
    ['feb', 'february', 'februar', 'février', 'fevrier', 'févr'],
    ['mar', 'march', 'märz', 'mars', 'maerz'],
    ['apr', 'april', 'avril', 'avr'],
    ['may', 'mai'],
    ['jun', 'june', 'juni', 'juin'],
    ['jul', 'july', 'juli', 'juillet', 'juil'],
    ['aug', 'august', 'août', 'aout'],
    ['sep', 'sept', 'september', 'septembre'],
    ['oct', 'october', 'oktober', 'okt', 'octobre'],
    ['nov', 'november', 'novembre'],
    ['dec', 'december', 'dezember', 'dez', 'décembre', 'decembre', 'déc'],
  ].flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
);

/** The parts of a date as read; what was not said is null. */
export interface DateParts {
  readonly year: number;
  readonly month: number | null;
  readonly day: number | null;
  /** What stands behind the day: time and zone. */
  readonly rest: string;
}

/** The parts of a date in any spelling that is known; null for every other text. */
export function readParts(text: string, hint: DateHint): DateParts | null {
  return (
    readIso(text) ?? readCompact(text) ?? readNumbers(text, hint) ?? readNamed(text) ?? readMonthFirst(text)
  );
}

/**
 * 2025-09-08T10:00:00+02:00, 2025/09/08 10:00, 2025-09, 2025; a day with a zone (2025-09-08Z) stays that day. Cameras
 * write 2025:09:08 10:00:00.
 */
function readIso(text: string): DateParts | null {
  const match =
    /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:Z|[+-]\d{2}:\d{2})?)?)?(?:,?[T ](\d{1,2}:.*))?$/i.exec(
      text.replace(/^(\d{4}):(\d{2}):(?=\d{2}\b)/, '$1-$2-'),
    );
  if (!match) return null;
  return { year: Number(match[1]), month: number(match[2]), day: number(match[3]), rest: match[4] ?? '' };
}

/** 20181115, 20181115 00:00, 20181115T101500Z, 200803. */
function readCompact(text: string): DateParts | null {
  const match = /^(\d{4})(\d{2})(\d{2})?(?:[T ](\d.*))?$/i.exec(text);
  if (!match) return null;
  const clock = (match[4] ?? '')
    .replace(/^(\d{2})(\d{2})(\d{2})/, '$1:$2:$3')
    .replace(/^(\d{2})(\d{2})/, '$1:$2');
  // Midnight without seconds or a zone is how a day is filled up to a time.
  const rest = /^0{1,2}:00$/.test(clock) ? '' : clock;
  return { year: Number(match[1]), month: number(match[2]), day: number(match[3]), rest };
}

/** 05.11.2021, 11/05/2021: by the hint, or where only one reading is possible. */
function readNumbers(text: string, hint: DateHint): DateParts | null {
  const match = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?:[, ]+(\d{1,2}:.*))?$/.exec(text);
  if (!match) return null;
  const [a, b] = [Number(match[1]), Number(match[2])];
  const order = hint.order ?? onlyOrder(a, b, match[3] ?? '');
  if (order === null) return null;
  const [day, month] = order === 'dmy' ? [a, b] : [b, a];
  return { year: fullYear(match[3] ?? ''), month, day, rest: match[4] ?? '' };
}

/** The one order that is possible. 25-11-21 may begin with its year, so of two digits only a month first is certain. */
function onlyOrder(a: number, b: number, year: string): 'dmy' | 'mdy' | null {
  if (b > 12) return 'mdy';
  return year.length === 4 && (a > 12 || a === b) ? 'dmy' : null;
}

/** 08 September 2025, 19 Sep. 2025 12:00:00 GMT, Sep 2025, 8-Sep-25. */
function readNamed(text: string): DateParts | null {
  const dayFirst =
    /^(?:(\d{1,2})(?:st|nd|rd|th|\.)?(?: of)?[ -])?(\p{L}{3,12})(?:\.?,?[ -]|\.)(\d{4}|\d{2})(?![\d:])(?:[,T ]+(?:at )?(\d{1,2}[:.h]?\d{2}.*))?$/iu.exec(
      text,
    );
  const month = dayFirst && monthOf(dayFirst[2]);
  const year = dayFirst?.[3] ?? '';
  // "Sep 08" alone is no September of 1908 or 2008; before a year it is a day.
  if (dayFirst && month && (dayFirst[1] !== undefined || year.length === 4)) {
    return { year: fullYear(year), month, day: number(dayFirst[1]), rest: dayFirst[4] ?? '' };
  }
  return null;
}

/** September 8, 2025, Sep 8 2025 10:00 GMT, and as C writes it: Sep 8 10:00:00 2025. */
function readMonthFirst(text: string): DateParts | null {
  const match =
    /^(\p{L}{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (?:(\d{1,2}:\d{2}:\d{2}(?: [a-z]{1,5})?) )?(\d{4})(?:[,T ]+(?:at )?(\d{1,2}[:.h]?\d{2}.*))?$/iu.exec(
      text,
    );
  const month = match && monthOf(match[1]);
  if (!match || !month) return null;
  return { year: Number(match[4]), month, day: number(match[2]), rest: match[3] ?? match[5] ?? '' };
}

/** Which month a word names, 1 to 12. */
export function monthOf(word: string | undefined): number | null {
  return months.get((word ?? '').toLowerCase().replace(/[.,\s]/g, '')) ?? null;
}

function number(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

/** Two digits are of this century up to 49, as RFC 2822 has it. */
function fullYear(text: string): number {
  if (text.length === 4) return Number(text);
  return Number(text) + (Number(text) < 50 ? 2000 : 1900);
}
