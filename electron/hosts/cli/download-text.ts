import type { Download } from '../../../shared/contract/downloads.ts';
import { reasonWording } from '../../../shared/domain/download-reason-wording.ts';
import { bytesText, columns } from './text.ts';

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
  return one.reason ? `${one.title}: ${reasonWording(one.reason.code).sentence}` : one.title;
}
