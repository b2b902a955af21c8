import type { SourceKindName } from '../../../shared/contract/sources.ts';

const minuteMs = 60_000;
/** The longest that a failing source is left alone, in milliseconds. */
const longestRestMs = 6 * 60 * minuteMs;

/** How often a source of a kind is read by itself, in minutes, until the user says otherwise. */
export const usualMinutes: Readonly<Record<SourceKindName, number>> = {
  'account-portal': 15,
  feed: 15,
  'web-page': 60,
  'video-sitemap': 360,
  dvids: 30,
  'ec-av-portal': 30,
  'internet-archive': 60,
  'agency-feed': 5,
  'agency-folder': 5,
};

/**
 * When a source is read again by itself, in UTC milliseconds; null when only by hand. After each failure in a row the
 * wait doubles, up to six hours, and what the source itself asks for is waited out.
 */
export function nextSyncAt(facts: {
  readonly now: number;
  readonly everyMinutes: number | null;
  readonly failuresInARow: number;
  readonly retryAfterMs: number | null;
}): number | null {
  if (facts.everyMinutes === null) return null;
  const every = facts.everyMinutes * minuteMs;
  const doubled = every * 2 ** Math.min(facts.failuresInARow, 20);
  const wait = facts.failuresInARow === 0 ? every : Math.max(every, Math.min(doubled, longestRestMs));
  return facts.now + Math.max(wait, facts.retryAfterMs ?? 0);
}

/**
 * Whether it is time. A time further ahead than any wait can be was written by another clock, before this one was set
 * back: then it is time too.
 */
export function isDue(
  source: { nextSyncAtMs: number | null; everyMinutes: number | null },
  now: number,
): boolean {
  const { nextSyncAtMs, everyMinutes } = source;
  if (nextSyncAtMs === null || everyMinutes === null) return false;
  const longestMs = Math.max(everyMinutes * minuteMs, 2 * longestRestMs);
  return nextSyncAtMs <= now || nextSyncAtMs > now + longestMs;
}
