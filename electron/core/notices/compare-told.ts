import type { NoticeChange, NoticeKind, NoticeSeverity } from '../../../shared/contract/notices.ts';
import { isKilled, isStillAway, isStopped, type Told } from './told.ts';

/** What a new reading means for those who hold the item. */
export interface News {
  readonly kind: NoticeKind;
  readonly severity: NoticeSeverity;
  readonly text: string | null;
  readonly changes: readonly NoticeChange[];
}

/** How much of a long text stands in a notice, in characters, and how much of that before the place that changed. */
const longestQuote = 400;
const quotedBefore = 60;

/**
 * What has changed between what the holders know and what the source says now. `heldFiles` are the source's names of
 * the files that were taken.
 *
 * An item that is withdrawn has lost its texts and files at many sources: as long as it is not to be used, those
 * losses are no news.
 */
export function compareTold(before: Told, now: Told, heldFiles: readonly string[]): News[] {
  const status = statusNews(before, now);
  if (isStopped(now) || isStillAway(before, now)) return status ? [status] : [];
  const news = [status, correction(before, now), rightsNews(before, now), fileNews(before, now, heldFiles)];
  const found = news.filter((one) => one !== null);
  const texts = textChanges(before, now);
  if (texts.length === 0) return found;
  // A correction says itself what it corrects; the texts that changed with it belong to it.
  const corrected = found.find(({ kind }) => kind === 'corrected');
  if (corrected) {
    return found.map((one) => (one === corrected ? { ...one, changes: [...one.changes, ...texts] } : one));
  }
  return [
    ...found,
    { kind: 'text-changed', severity: 'know', text: updateWords(before, now), changes: texts },
  ];
}

/** What the source says itself of an update that goes on; words that were told before are no news. */
function updateWords(before: Told, { notice }: Told): string | null {
  return notice?.kind === 'update' && notice.text !== before.notice?.text ? notice.text : null;
}

function statusNews(before: Told, now: Told): News | null {
  const changes = [{ field: 'status', before: before.status, after: now.status }];
  const text = now.notice?.text ?? now.statusReason;
  if (!isStopped(now)) {
    const isBack = isStopped(before) && !isStillAway(before, now);
    return isBack ? { kind: 'usable-again', severity: 'know', text, changes } : null;
  }
  const killed = isKilled(now);
  if (killed ? isKilled(before) : before.status === now.status) return null;
  const kind = killed ? 'killed' : now.status === 'withdrawn' ? 'withdrawn' : 'withheld';
  return { kind, severity: 'stop', text, changes };
}

function correction(before: Told, now: Told): News | null {
  if (now.notice?.kind !== 'correction') return null;
  const same = before.notice?.kind === 'correction' && before.notice.text === now.notice.text;
  if (same && before.version === now.version) return null;
  const changes =
    before.version === now.version ? [] : [{ field: 'version', before: before.version, after: now.version }];
  return { kind: 'corrected', severity: 'look', text: now.notice.text, changes };
}

function rightsNews(before: Told, now: Told): News | null {
  const fields = Object.keys(now.rights) as (keyof Told['rights'])[];
  const changes = fields
    .map((field) => ({ field, before: said(before.rights[field]), after: said(now.rights[field]) }))
    .filter((change) => change.before !== change.after)
    .map(quoted);
  return changes.length === 0 ? null : { kind: 'rights', severity: 'look', text: null, changes };
}

function said(value: string | number | boolean | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  return String(value);
}

/**
 * Only a file that was taken and is still offered can have been replaced; one that is no longer offered was not. Nor was
 * one of which something else is known now than then: a hash says nothing against a size.
 */
function fileNews(before: Told, now: Told, held: readonly string[]): News | null {
  const changes = held
    .map((field) => ({ field, before: before.files[field] ?? null, after: now.files[field] ?? null }))
    .filter(({ before: then, after }) => then !== null && after !== null && then !== after)
    .filter(({ before: then, after }) => measureOf(then) === measureOf(after));
  return changes.length === 0 ? null : { kind: 'file-replaced', severity: 'look', text: null, changes };
}

/** What a fact of a file measures: `md5 0af…` or `120 bytes`. */
function measureOf(fact: string | null): string | undefined {
  return fact?.split(' ').find((word) => !/^\d+$/.test(word));
}

function textChanges(before: Told, now: Told): NoticeChange[] {
  return Object.keys(now.texts)
    .filter((field) => field in before.texts)
    .map((field) => ({ field, before: before.texts[field] ?? null, after: now.texts[field] ?? null }))
    .filter((change) => change.before !== change.after)
    .map(quoted);
}

/** Of long texts the part where they begin to differ: two quotes that say the same would tell nothing. */
function quoted({ field, before, after }: NoticeChange): NoticeChange {
  const longest = Math.max(before?.length ?? 0, after?.length ?? 0);
  const from = longest <= longestQuote ? 0 : Math.max(0, differAt(before ?? '', after ?? '') - quotedBefore);
  return { field, before: quote(before, from), after: quote(after, from) };
}

function quote(text: string | null, from: number): string | null {
  if (text === null) return null;
  const to = from + longestQuote;
  return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
}

function differAt(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) if (a[at] !== b[at]) return at;
  return shorter;
}
