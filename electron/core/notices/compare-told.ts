import type { NoticeChange, NoticeKind, NoticeSeverity } from '../../../shared/contract/notices.ts';
import type { Told } from './told.ts';

/** What a new reading means for those who hold the item. */
export interface News {
  readonly kind: NoticeKind;
  readonly severity: NoticeSeverity;
  readonly text: string | null;
  readonly changes: readonly NoticeChange[];
}

/** How much of a long text stands in a notice, in characters. */
const longestQuote = 400;

/**
 * What has changed between what the holders know and what the source says now. `heldFiles` are the source's names of
 * the files that were taken.
 *
 * An item that is withdrawn has lost its texts and files at many sources: beside a stop those losses are no news.
 */
export function compareTold(before: Told, now: Told, heldFiles: readonly string[]): News[] {
  const status = statusNews(before, now);
  if (status?.severity === 'stop') return [status];
  const news = [status, correction(before, now), rightsNews(before, now), fileNews(before, now, heldFiles)];
  const found = news.filter((one) => one !== null);
  const texts = textChanges(before, now);
  if (texts.length === 0) return found;
  // A correction says itself what it corrects; the texts that changed with it belong to it.
  const corrected = found.find(({ kind }) => kind === 'corrected');
  if (corrected) {
    return found.map((one) => (one === corrected ? { ...one, changes: [...one.changes, ...texts] } : one));
  }
  return [...found, { kind: 'text-changed', severity: 'know', text: null, changes: texts }];
}

const usable = 'usable';

function statusNews(before: Told, now: Told): News | null {
  const killed = now.notice?.kind === 'kill';
  const wasKilled = before.notice?.kind === 'kill';
  if (before.status === now.status && killed === wasKilled) return null;
  const text = now.notice?.text ?? now.statusReason;
  const changes = [{ field: 'status', before: before.status, after: now.status }];
  if (killed) return { kind: 'killed', severity: 'stop', text, changes };
  if (now.status === 'withdrawn') return { kind: 'withdrawn', severity: 'stop', text, changes };
  if (now.status === 'embargoed' || now.status === 'withheld') {
    return { kind: 'withheld', severity: 'stop', text, changes };
  }
  if (now.status === usable && before.status !== 'expected') {
    return { kind: 'usable-again', severity: 'know', text, changes };
  }
  return null;
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
    .filter((change) => change.before !== change.after);
  return changes.length === 0 ? null : { kind: 'rights', severity: 'look', text: null, changes };
}

function said(value: string | number | boolean | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? quote(value) : String(value);
}

/** Only a file that was taken and is still offered can have been replaced; one that is no longer offered was not. */
function fileNews(before: Told, now: Told, held: readonly string[]): News | null {
  const changes = held
    .map((field) => ({ field, before: before.files[field] ?? null, after: now.files[field] ?? null }))
    .filter((change) => change.before !== null && change.after !== null && change.before !== change.after);
  return changes.length === 0 ? null : { kind: 'file-replaced', severity: 'look', text: null, changes };
}

function textChanges(before: Told, now: Told): NoticeChange[] {
  return Object.keys(now.texts)
    .filter((field) => field in before.texts)
    .map((field) => ({ field, before: before.texts[field] ?? null, after: now.texts[field] ?? null }))
    .filter((change) => change.before !== change.after)
    .map((change) => ({ ...change, before: quote(change.before), after: quote(change.after) }));
}

function quote(text: string | null): string | null {
  return text === null || text.length <= longestQuote ? text : `${text.slice(0, longestQuote)}…`;
}
