/** An embargo: till when, or in which words when its end cannot be told. Both null is none. */
export interface Embargo {
  readonly untilMs: number | null;
  readonly text: string | null;
}

const none: Embargo = { untilMs: null, text: null };

/**
 * Reads the embargo of an item: its own field, else a sentence of its terms of use or of its notes.
 *
 * An end without a time zone is taken for the last moment it may mean; an embargo without an end that can be
 * understood keeps its words.
 */
export function readEmbargo(said: {
  readonly embargoed: string | null;
  readonly usageText: string | null;
  readonly edNotes: readonly string[];
}): Embargo {
  const field = said.embargoed?.trim() ?? null;
  const own = field === null || /^(false|no|none)$/i.test(field) ? none : endOf(field);
  if (own.untilMs !== null || own.text !== null) return own;
  return embargoInWords([said.usageText ?? '', ...said.edNotes]);
}

function endOf(text: string): Embargo {
  const untilMs = readEnd(text);
  if (untilMs !== null) return { untilMs, text: null };
  return { untilMs: null, text: text === '' || text === 'true' ? 'Embargoed, with no end given.' : text };
}

const lifted =
  /\b(no|not|without|lifted|end of|ended|expired|free of|off)\b[^.]{0,20}embargo|embargo(ed)?\b[^.]{0,12}\b(lifted|over|ended|expired|none|no)\b/i;

/** The sentence that speaks of an embargo, with its end when that is a date of the standard with a time zone. */
function embargoInWords(texts: readonly string[]): Embargo {
  for (const text of texts) {
    const sentence = text.split(/\n|(?<=[.!])\s+(?=[A-Z])/).find((part) => /\bembargo/i.test(part));
    if (sentence === undefined || lifted.test(sentence)) continue;
    const stamp = /\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)/i.exec(sentence)?.[0];
    const untilMs = stamp === undefined ? null : readEnd(stamp);
    return untilMs === null ? { untilMs: null, text: sentence.trim() } : { untilMs, text: null };
  }
  return none;
}

const stampForm = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i;

/** The zone in which a clock shows a given time last of all. */
const lastZone = '-12:00';

function readEnd(text: string): number | null {
  const found = stampForm.exec(text.trim());
  if (found === null) return null;
  const [, day = '', time, seconds = ':00', zone = lastZone] = found;
  const offset = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  // An embargo of a day holds through the day.
  const atMs = Date.parse(`${day}T${time ?? '23:59'}${time === undefined ? ':59.999' : seconds}${offset}`);
  return Number.isNaN(atMs) ? null : atMs;
}
