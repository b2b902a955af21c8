import type { Download, DownloadAttempt, DownloadTotals } from '../../../shared/contract/downloads.ts';
import { reasonWording } from '../../../shared/domain/download-reason-wording.ts';
import { bytesText, columns, countText, durationText, facts } from './text.ts';

const verifiedText = {
  hash: 'hash proven',
  size: 'size proven',
  none: 'nothing to prove it against',
} as const;

/** A download as a script reads it: the reason is its code, with its words beside it. */
export function downloadDocument(one: Download) {
  const { reason, ...rest } = one;
  if (!reason) return rest;
  const retryAt = reason.retryAtMs === null ? {} : { retryAt: new Date(reason.retryAtMs).toISOString() };
  return {
    ...rest,
    reason: reason.code,
    reasonText: reasonWording(reason.code).sentence,
    ...(reason.detail === null ? {} : { reasonDetail: reason.detail }),
    ...retryAt,
  };
}

/** Downloads as aligned lines. */
export function downloadLines(downloads: readonly Download[]): string[] {
  if (downloads.length === 0) return ['No downloads.'];
  return columns(downloads.map((one) => [one.id, one.state, amount(one), told(one)]));
}

function amount({ bytes, sizeBytes }: Download): string {
  if (sizeBytes === null || sizeBytes === bytes) return bytesText(bytes);
  return `${bytesText(bytes)} of ${bytesText(sizeBytes)}`;
}

function told(one: Download): string {
  const proof = one.verified === null ? '' : ` (${verifiedText[one.verified]})`;
  const clip = one.clipId === null ? '' : ` clip ${one.clipId}`;
  if (one.state === 'complete') return `${one.path ?? one.fileName}${proof}${clip}`;
  const marks = [...(one.priority === 'normal' ? [] : [`${one.priority} priority`]), ...deadlineText(one)];
  const title = marks.length === 0 ? one.title : `${one.title} (${marks.join(', ')})`;
  return one.reason ? `${title}: ${reasonWording(one.reason.code).sentence}` : title;
}

const deadlineWords = { none: '', safe: '', 'at-risk': ', at risk', late: ', will be late' } as const;

function deadlineText({ neededByMs, deadline }: Download): string[] {
  return neededByMs === null ? [] : [`needed by ${clockText(neededByMs)}${deadlineWords[deadline]}`];
}

/** A time by this machine's clock, to the minute. */
function clockText(timeMs: number): string {
  const at = new Date(timeMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The queue in one look. */
export function totalsLines(totals: DownloadTotals): string[] {
  const { rule } = totals;
  const speed = rule.bytesPerSecond === null ? 'no limit' : `${bytesText(rule.bytesPerSecond)}/s at most`;
  const until = rule.untilMs === null ? '' : `, until ${clockText(rule.untilMs)}`;
  return facts([
    ['running', countText(totals.running, 'download')],
    ['queued', totals.queued || null],
    ['waiting', totals.waiting || null],
    ['paused', totals.paused || null],
    ['failed', totals.failed || null],
    ['bytes', totals.sizeBytes === 0 ? null : `${bytesText(totals.bytes)} of ${bytesText(totals.sizeBytes)}`],
    ['speed', totals.bytesPerSecond === null ? null : `${bytesText(totals.bytesPerSecond)}/s`],
    ['left', totals.etaMs === null ? null : durationText(totals.etaMs)],
    ['rule', `${rule.name}: ${rule.holds ? 'nothing runs' : speed}${until}`],
    ['network', totals.online ? null : 'none'],
  ]);
}

/** Tries as aligned lines. */
export function attemptLines(attempts: readonly DownloadAttempt[]): string[] {
  if (attempts.length === 0) return ['Not tried yet.'];
  return columns(
    attempts.map((one) => [
      new Date(one.startedAtMs).toISOString(),
      one.outcome ?? 'running',
      bytesText(one.fetchedBytes),
      one.host ?? '',
    ]),
  );
}
