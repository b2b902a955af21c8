import type { SourceKindName } from '../../../shared/contract/sources.ts';

const minuteMs = 60_000;
/** The longest that a failing source is left alone, in milliseconds; shorter when it may be this machine's network. */
const longestRestMs = 6 * 60 * minuteMs;
const longestOfflineMs = 30 * minuteMs;
/** The longest that a source is left alone because it asks for it, in milliseconds; a header may hold any number. */
const longestAskedMs = 4 * longestRestMs;

/** How often a source of a kind is read by itself, in minutes, until the user says otherwise. */
export const usualMinutes: Readonly<Record<SourceKindName, number>> = {
  'account-portal': 15,
  feed: 15,
  'web-page': 60,
  'video-sitemap': 360,
  dvids: 30,
  'ec-av-portal': 30,
  'internet-archive': 30,
  'agency-feed': 15,
  // A look at the names and times of a folder costs nothing to anybody.
  'agency-folder': 1,
};

/**
 * When a source is read again by itself, in UTC milliseconds; null when only by hand. After each failure in a row the
 * wait doubles, up to six hours, and what the source itself asks for is waited out, up to a day.
 */
export function nextSyncAt(facts: {
  readonly now: number;
  readonly everyMinutes: number | null;
  readonly failuresInARow: number;
  readonly isOutOfReach: boolean;
  readonly retryAfterMs: number | null;
}): number | null {
  if (facts.everyMinutes === null) return null;
  const askedMs = Math.min(facts.retryAfterMs ?? 0, longestAskedMs);
  return facts.now + Math.max(waitMs(facts.everyMinutes * minuteMs, facts), askedMs);
}

function waitMs(every: number, facts: { failuresInARow: number; isOutOfReach: boolean }): number {
  if (facts.failuresInARow === 0) return every;
  const doubled = every * 2 ** Math.min(facts.failuresInARow, 20);
  // Whoever opens the lid in the morning does not wait for hours because there was no network at night.
  if (facts.isOutOfReach) return Math.min(doubled, longestOfflineMs);
  return Math.max(every, Math.min(doubled, longestRestMs));
}

/**
 * Whether it is time. A time further ahead than any wait can be was written by another clock, before this one was set
 * back: then it is time too.
 */
export function isDue(
  source: { readonly nextSyncAtMs: number | null; readonly everyMinutes: number | null },
  now: number,
): boolean {
  const { nextSyncAtMs, everyMinutes } = source;
  if (everyMinutes === null) return false;
  if (nextSyncAtMs === null) return true;
  const longestMs = Math.max(everyMinutes * minuteMs, longestAskedMs);
  return nextSyncAtMs <= now || nextSyncAtMs > now + longestMs;
}
