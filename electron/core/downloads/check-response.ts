import type { DownloadReason } from '../../../shared/domain/download-reason.ts';
import { parseContentLength, parseContentRange } from './content-range.ts';
import type { ByteRange } from './plan-pieces.ts';
import type { Oddity } from './outcome.ts';
import { sameValidators, type RemoteIdentity } from './remote-identity.ts';

/** What was asked for. */
export interface Asked {
  /** Null: the whole file, without a Range header. */
  readonly range: ByteRange | null;
  readonly ifRange: boolean;
}

/** What the engine knows of the file before the response. */
export interface Known {
  /** What the first response fixed; null before it. */
  readonly identity: RemoteIdentity | null;
  /** The size that the source gives, if it does. */
  readonly promisedBytes: number | null;
  /** Whether a web page may be the wanted file; else one is a login page or an error. */
  readonly expectsHtml: boolean;
}

/** The head of a response. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a response head means for the engine. `detail` is one sentence for the user's technical detail. */
export type Verdict =
  /** The body is `range` of the file that `identity` describes. */
  | { readonly kind: 'piece'; readonly range: ByteRange; readonly identity: RemoteIdentity }
  /** The body is the whole file; `identity.sizeBytes` is null when nobody says how long it is. */
  | { readonly kind: 'whole'; readonly identity: RemoteIdentity }
  /** The remote file is not the one begun with. */
  | { readonly kind: 'changed'; readonly detail: string }
  /** As long as the file begun with, but by its validators another: a new file, or another node of the server. */
  | { readonly kind: 'other'; readonly etag: string | null; readonly detail: string }
  /** The server does not do ranges properly: one stream from the start. */
  | { readonly kind: 'no-range'; readonly detail: string }
  /** Same file, but the server answers a condition with everything: ask without the condition. */
  | { readonly kind: 'without-condition' }
  /** The link is used up or a login stands before it: resolve anew. `reason` when that does not help. */
  | { readonly kind: 'renew'; readonly reason: DownloadReason; readonly detail: string }
  | { readonly kind: 'wait'; readonly reason: DownloadReason; readonly detail: string }
  /** Perhaps a passing fault: tried again a few times, then as `reason` says. */
  | Oddity
  | { readonly kind: 'fail'; readonly reason: DownloadReason; readonly detail: string };

/** Decides what a response means. Pure: rules R2, R3, R4, R6 and R7 of the engine are here and nowhere else. */
export function checkResponse(asked: Asked, known: Known, head: ResponseHead): Verdict {
  const { status } = head;
  if (status === 206 || status === 200 || status === 203) return checkBody(asked, known, head);
  if (status === 416) return checkUnsatisfied(asked, known, head);
  const detail = `The server answered ${status}.`;
  if (status === 412) return { kind: 'changed', detail };
  if (status === 401 || status === 403) return { kind: 'renew', reason: 'SERVER_REFUSED', detail };
  if (status === 410) return { kind: 'renew', reason: 'WITHDRAWN', detail };
  if (status === 407) return { kind: 'wait', reason: 'PROXY_SIGN_IN', detail };
  if (status === 304 && asked.ifRange) return { kind: 'without-condition' };
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    return { kind: 'wait', reason: 'SERVER_BUSY', detail };
  }
  if (status === 404) return { kind: 'odd', reason: 'SERVER_REFUSED', detail };
  if (status >= 400) return { kind: 'fail', reason: 'SERVER_REFUSED', detail };
  if (status === 204 || status === 205) return { kind: 'fail', reason: 'SERVER_BAD_CONTENT', detail };
  return { kind: 'odd', reason: 'SERVER_PROTOCOL', detail };
}

function checkBody(asked: Asked, known: Known, head: ResponseHead): Verdict {
  const encoding = head.headers['content-encoding']?.trim().toLowerCase();
  if (encoding !== undefined && encoding !== '' && encoding !== 'identity') {
    return {
      kind: 'odd',
      reason: 'SERVER_BAD_CONTENT',
      detail: 'The server sent a compressed body unasked.',
    };
  }
  const coding = head.headers['transfer-encoding']?.trim().toLowerCase();
  if (coding !== undefined && coding !== 'chunked') {
    return { kind: 'odd', reason: 'SERVER_PROTOCOL', detail: 'The server wrapped the body unasked.' };
  }
  const type = head.headers['content-type']?.toLowerCase() ?? '';
  if (!known.expectsHtml && /^\s*(text\/html|application\/xhtml\+xml)/.test(type)) {
    return { kind: 'renew', reason: 'SERVER_BAD_CONTENT', detail: 'The server sent a web page instead.' };
  }
  if (head.status === 206) return checkPartial(asked, known, head);
  return checkWhole(asked, known, head);
}

function checkPartial(asked: Asked, known: Known, head: ResponseHead): Verdict {
  if (!asked.range) {
    return { kind: 'odd', reason: 'SERVER_PROTOCOL', detail: 'The server sent a part of the file unasked.' };
  }
  const broken = (detail: string): Verdict => ({ kind: 'no-range', detail });
  if (/^\s*multipart\//i.test(head.headers['content-type'] ?? ''))
    return broken('The part came in wrapping.');
  const content = parseContentRange(head.headers['content-range']);
  if (!content?.range) return broken('The part came without its place in the file.');
  const { first, last } = content.range;
  if (first !== asked.range.start) return broken(`The part begins at ${first}, not at ${asked.range.start}.`);
  const length = parseContentLength(head.headers['content-length']);
  if (length !== null && length !== last - first + 1) return broken('The part is not as long as its place.');
  const validators = validatorsOf(head);
  const sizeBytes = content.sizeBytes ?? known.identity?.sizeBytes ?? known.promisedBytes;
  if (sizeBytes === null) return broken('Nobody says how long the file is.');
  const change = changeOf(known, { ...validators, sizeBytes });
  if (change) return change;
  // More than asked for is cut off at the end of the piece; less is taken and the rest asked for again.
  const range = { start: first, end: Math.min(last + 1, asked.range.end) };
  return { kind: 'piece', range, identity: known.identity ?? { ...validators, sizeBytes } };
}

function checkWhole(asked: Asked, known: Known, head: ResponseHead): Verdict {
  const validators = validatorsOf(head);
  const length = parseContentLength(head.headers['content-length']);
  if (head.headers['content-length'] !== undefined && length === null) {
    return { kind: 'odd', reason: 'SERVER_PROTOCOL', detail: 'The server sent a nonsensical length.' };
  }
  const sizeBytes = length ?? known.identity?.sizeBytes ?? known.promisedBytes;
  if (length === 0 && (known.identity?.sizeBytes ?? known.promisedBytes ?? 0) > 0) {
    return { kind: 'odd', reason: 'SERVER_BAD_CONTENT', detail: 'The server sent an empty file.' };
  }
  const change = changeOf(known, { ...validators, sizeBytes });
  if (change) return change;
  if (known.identity && asked.range && asked.ifRange) return { kind: 'without-condition' };
  if (known.identity && asked.range) return { kind: 'no-range', detail: 'The server ignores ranges.' };
  return { kind: 'whole', identity: known.identity ?? { ...validators, sizeBytes } };
}

/** Compares with what the first response fixed; before it, with what the source promises. */
function changeOf(known: Known, seen: RemoteIdentity): Verdict | null {
  const { identity, promisedBytes } = known;
  if (identity) {
    if (identity.sizeBytes !== null && seen.sizeBytes !== identity.sizeBytes) {
      return {
        kind: 'changed',
        detail: `The file has ${seen.sizeBytes} bytes now, not ${identity.sizeBytes}.`,
      };
    }
    return sameValidators(identity, seen)
      ? null
      : { kind: 'other', etag: seen.etag, detail: 'The file on the server was replaced.' };
  }
  if (promisedBytes === null || seen.sizeBytes === promisedBytes) return null;
  const detail = `The server has ${seen.sizeBytes} bytes, the source promises ${promisedBytes}.`;
  return { kind: 'fail', reason: 'SIZE_MISMATCH', detail };
}

function checkUnsatisfied(asked: Asked, known: Known, head: ResponseHead): Verdict {
  const size = parseContentRange(head.headers['content-range'])?.sizeBytes ?? null;
  const detail = 'The server says that the file ends before the part asked for.';
  const expected = known.identity?.sizeBytes ?? null;
  if (size !== null && expected !== null && size !== expected) return { kind: 'changed', detail };
  // No byte range of an empty file can be had: this is how a server says that it is empty.
  if (size === 0 && !known.identity && asked.range?.start === 0) {
    return checkWhole(asked, known, { ...head, headers: { ...head.headers, 'content-length': '0' } });
  }
  // When it lasts, the part that is here may be of a longer file that the server has no more.
  return { kind: 'odd', reason: 'SERVER_PROTOCOL', detail, ...(known.identity ? { outlived: true } : {}) };
}

function validatorsOf(head: ResponseHead): Pick<RemoteIdentity, 'etag' | 'lastModified'> {
  return { etag: head.headers['etag'] ?? null, lastModified: head.headers['last-modified'] ?? null };
}
