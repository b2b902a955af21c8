import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { evidenceOf, type Answer } from '../asker.ts';
import { decodeBody, looksLikeHtml } from './bytes-to-text.ts';

/** A JSON object of which nothing is known yet. */
export type Loose = Readonly<Record<string, unknown>>;

/**
 * The JSON object an API answered with.
 *
 * @throws RushesError SOURCE_UNAVAILABLE for nothing at all, SOURCE_CHANGED for anything that is no whole JSON object: a
 * page of words, an answer cut off in its middle. Neither is ever an empty list.
 */
export function readJsonObject(answer: Answer): Loose {
  const host = new URL(answer.url).host;
  const detail = evidenceOf(answer);
  const text = decodeBody(answer).trim();
  if (text === '') throw new RushesError('SOURCE_UNAVAILABLE', `${host} answered with nothing.`, { detail });
  if (looksLikeHtml(text)) {
    throw new RushesError('SOURCE_CHANGED', `${host} answered with a web page where data was due.`, {
      detail,
    });
  }
  const tooMuch = tooMuchJson(text);
  if (tooMuch !== null) {
    throw new RushesError('SOURCE_UNAVAILABLE', `${host} answered with too much at once. ${tooMuch}`, {
      detail,
    });
  }
  const value = parseJson(text);
  if (isObject(value)) return value;
  throw new RushesError('SOURCE_CHANGED', `${host} answered in a form that Rushes does not know.`, {
    detail,
  });
}

/** Whether a value is an object with fields, and no array. */
export function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A number or a text as text; null for anything else and for nothing. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** A moment in UTC milliseconds; null when the text is none. */
export function momentOf(value: unknown): number | null {
  const text = textOf(value);
  // Without a zone the APIs mean UTC; the engine would take the machine's own.
  const zoned = text !== null && /(z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`;
  const ms =
    text !== null && /^\d{4}-\d\d-\d\d[T ]\d/.test(text) ? Date.parse(zoned.replace(' ', 'T')) : Number.NaN;
  return Number.isFinite(ms) ? ms : null;
}

/** JSON is parsed in one go, and all else waits for it: longer texts, in characters, and more lists and objects are none. */
const mostJson = { chars: 16 * 1024 * 1024, parts: 400_000 };

/** Why a text is more JSON than is read at once, in a sentence; null when it is not. */
export function tooMuchJson(text: string, most = mostJson): string | null {
  if (text.length > most.chars) {
    return `Its JSON has ${text.length} characters, and no more than ${most.chars} are read.`;
  }
  let parts = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code === 0x5b || code === 0x7b) && ++parts > most.parts) {
      return `Its JSON has more than ${most.parts} lists and objects.`;
    }
  }
  return null;
}

/** What a text says in JSON; null when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
