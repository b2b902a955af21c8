import type { DownloadReason } from '../../../shared/domain/download-reason.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { isFileError, toFileFault } from '../files/file-fault.ts';
import { HttpFault, type HttpFaultKind } from '../http/http-client.ts';

/** When a waiting download goes on: by the rule of growing delays, at a fixed time, or when it is woken. */
export type Delay =
  | { readonly kind: 'backoff'; readonly retryAfterMs: number | null }
  | { readonly kind: 'after'; readonly ms: number }
  | { readonly kind: 'woken' };

/** How an attempt, or a part of it, ended. `detail` never holds a URL query, a token or a header value. */
export type Outcome =
  /** Every byte is on the disk and journalled. */
  | { readonly kind: 'fetched' }
  /** What was fetched is of no use; begin from the first byte. */
  | { readonly kind: 'restart'; readonly why: 'changed' | 'no-range'; readonly detail: string }
  | {
      readonly kind: 'wait';
      readonly reason: DownloadReason;
      readonly detail: string | null;
      readonly delay: Delay;
    }
  | { readonly kind: 'fail'; readonly reason: DownloadReason; readonly detail: string | null }
  /** Told to stop: paused, cancelled, or the program ends. */
  | { readonly kind: 'stopped' };

/** Something that may pass when tried again. */
export interface Oddity {
  readonly kind: 'odd';
  readonly reason: DownloadReason;
  readonly detail: string;
  /** When it lasts, what was fetched so far is worth nothing. */
  readonly outlived?: boolean;
}

/** Why a host is left alone. */
export type RestReason = 'HOST_RESTING' | 'CERTIFICATE';

/** Thrown instead of a slot while a host is left alone: it failed too often, or is not believed. */
export class RestingFault extends Error {
  override readonly name = 'RestingFault';
  readonly retryAfterMs: number;
  readonly reason: RestReason;

  constructor(host: string, retryAfterMs: number, reason: RestReason = 'HOST_RESTING') {
    super(
      reason === 'CERTIFICATE'
        ? `${host} has just shown a certificate that is not trusted; it is left alone for a while.`
        : `${host} is left alone for a while after several failures.`,
    );
    this.retryAfterMs = retryAfterMs;
    this.reason = reason;
  }
}

/** How long a download waits for room on the disk or for a vanished volume before it looks again. */
export const placeRetryMs = 30_000;
/** How often an embargoed file is asked for again when the source does not say when. */
const releaseRetryMs = 60 * 60 * 1000;

const backoff: Delay = { kind: 'backoff', retryAfterMs: null };

const oddFaults: Readonly<Partial<Record<HttpFaultKind, DownloadReason>>> = {
  disconnected: 'NETWORK_DISCONNECTED',
  timeout: 'NETWORK_TIMEOUT',
  unreachable: 'SERVER_UNREACHABLE',
  protocol: 'SERVER_PROTOCOL',
  'bad-content': 'SERVER_BAD_CONTENT',
  'proxy-unreachable': 'PROXY_UNREACHABLE',
  offline: 'OFFLINE',
};

/** What a failure of the way means: tried again, given up, or no failure at all because we cancelled. */
export function ofHttpFault(fault: HttpFault): Outcome | Oddity {
  const reason = oddFaults[fault.kind];
  if (reason) return { kind: 'odd', reason, detail: fault.message };
  if (fault.kind === 'cancelled') return { kind: 'stopped' };
  if (fault.kind === 'proxy-sign-in') {
    return { kind: 'wait', reason: 'PROXY_SIGN_IN', detail: fault.message, delay: { kind: 'woken' } };
  }
  if (fault.kind === 'clock') return { kind: 'fail', reason: 'CLOCK_WRONG', detail: fault.message };
  const refused = fault.kind === 'certificate' ? 'CERTIFICATE' : 'ADDRESS_REFUSED';
  return { kind: 'fail', reason: refused, detail: fault.message };
}

/** How an attempt ends when an oddity has been seen too often: a line is waited for, a server given up. */
export function ofOddity(odd: Oddity): Outcome {
  const { reason, detail } = odd;
  const lasting =
    reason === 'SERVER_PROTOCOL' || reason === 'SERVER_REFUSED' || reason === 'SERVER_BAD_CONTENT';
  return lasting ? { kind: 'fail', reason, detail } : { kind: 'wait', reason, detail, delay: backoff };
}

/** This process, or the whole system, has too many files open just now. Node starts no thread then, either. */
const tooManyFiles = /\bE[MN]FILE\b|too many open files/i;

/** Turns anything thrown within an attempt into its outcome. A bug becomes INTERNAL with its text. */
export function ofError(error: unknown): Outcome {
  if (error instanceof HttpFault) {
    const outcome = ofHttpFault(error);
    return outcome.kind === 'odd' ? ofOddity(outcome) : outcome;
  }
  if (error instanceof RestingFault) {
    const delay = { kind: 'after', ms: error.retryAfterMs } as const;
    return { kind: 'wait', reason: error.reason, detail: error.message, delay };
  }
  // A link could not be had for a reason that lies on the way: it is told as what it is.
  if (error instanceof RushesError && error.cause instanceof HttpFault) return ofError(error.cause);
  if (error instanceof RushesError) return ofResolverError(error);
  const isCrowded = error instanceof Error && tooManyFiles.test(error.message);
  if (isFileError(error) || isCrowded) {
    const { reason, message } = toFileFault(
      error,
      isCrowded ? 'This machine has too many files open just now' : 'The database could not be written',
    );
    const passes = isCrowded || reason === 'NO_SPACE' || reason === 'FILE_VANISHED';
    return passes
      ? { kind: 'wait', reason, detail: message, delay: { kind: 'after', ms: placeRetryMs } }
      : { kind: 'fail', reason, detail: message };
  }
  return { kind: 'fail', reason: 'INTERNAL', detail: error instanceof Error ? error.message : String(error) };
}

function ofResolverError(error: RushesError): Outcome {
  const detail = error.message;
  const retryAfterMs = error.facts.retryAfterMs ?? null;
  switch (error.code) {
    case 'SIGN_IN_NEEDED':
    case 'ACCOUNT_UNVERIFIED':
      return { kind: 'wait', reason: error.code, detail, delay: { kind: 'woken' } };
    case 'NOT_RELEASED':
      return {
        kind: 'wait',
        reason: 'NOT_RELEASED',
        detail,
        delay: { kind: 'after', ms: retryAfterMs ?? releaseRetryMs },
      };
    case 'TOO_MANY_TRIES':
      return { kind: 'wait', reason: 'SERVER_BUSY', detail, delay: { kind: 'backoff', retryAfterMs } };
    case 'SOURCE_UNAVAILABLE':
      return { kind: 'wait', reason: 'SERVER_UNREACHABLE', detail, delay: { kind: 'backoff', retryAfterMs } };
    case 'NETWORK_UNAVAILABLE':
      return {
        kind: 'wait',
        reason: 'NETWORK_DISCONNECTED',
        detail,
        delay: { kind: 'backoff', retryAfterMs },
      };
    case 'CANCELLED':
      return { kind: 'stopped' };
    case 'WITHDRAWN':
    case 'ADDRESS_REFUSED':
      return { kind: 'fail', reason: error.code, detail };
    case 'NOT_FOUND':
      return { kind: 'fail', reason: 'SERVER_REFUSED', detail };
    default:
      return { kind: 'fail', reason: 'INTERNAL', detail };
  }
}
