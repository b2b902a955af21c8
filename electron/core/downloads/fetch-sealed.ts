import type { DownloadReason } from '../../../shared/domain/download-reason.ts';
import { HttpFault } from '../http/http-client.ts';
import { ask, type BodyAnswer } from './ask.ts';
import { promisesSame } from './attempt.ts';
import type { DownloadRow, PieceRow } from './download-row.ts';
import type { EngineDeps } from './engine-deps.ts';
import { createLearnt } from './learnt.ts';
import { createLinkKeeper } from './link-keeper.ts';
import { slotEndOf } from './open-link.ts';
import { ofError, ofHttpFault } from './outcome.ts';
import { createPace } from './pace.ts';
import { sleep } from './strikes.ts';
import { knownOf, type Line } from './transfer-context.ts';

/** How often one piece may come to nothing before it is given up. */
const mostTries = 5;

/** Pieces of a finished file that are wanted once more. */
export interface SealedWish {
  readonly row: DownloadRow;
  readonly pieces: readonly PieceRow[];
  /** Takes bytes as they come. What was written of a piece counts only once the whole is fetched. */
  readonly write: (bytes: Uint8Array, position: number) => Promise<void>;
  readonly signal: AbortSignal;
}

/** How it ended. Everything was written only when it is `fetched`: then each piece has the hash that it had before. */
export type SealedFetch =
  | { readonly kind: 'fetched'; readonly bytes: number }
  | {
      readonly kind: 'failed';
      readonly reason: DownloadReason;
      readonly detail: string | null;
      readonly bytes: number;
    };

/**
 * Fetches pieces of a finished download once more, by the rules that the first time went by, and proves each by the
 * hash that it had then. One connection: few bytes are wanted, and nobody is kept waiting.
 *
 * @throws What `write` throws; the signal's reason when it aborts.
 */
export async function fetchSealed(deps: EngineDeps, wish: SealedWish): Promise<SealedFetch> {
  const work: Work = { deps, wish, line: lineOf(deps, wish), bytes: 0 };
  for (const piece of wish.pieces) {
    const failure = await fetchPiece(work, piece);
    if (failure) return { kind: 'failed', ...failure, bytes: work.bytes };
  }
  return { kind: 'fetched', bytes: work.bytes };
}

interface Work {
  readonly deps: EngineDeps;
  readonly wish: SealedWish;
  readonly line: Line;
  /** Received so far, whatever it was worth. */
  bytes: number;
}

interface Failure {
  readonly reason: DownloadReason;
  readonly detail: string | null;
}

/** Null when the piece is there and right. */
async function fetchPiece(work: Work, piece: PieceRow): Promise<Failure | null> {
  const { deps, wish } = work;
  let failure: Failure = { reason: 'SERVER_PROTOCOL', detail: null };
  const pieceEnd = piece.start + piece.length;
  let at = piece.start;
  let hash = deps.pieceHash();
  let mismatches = 0;
  for (let tries = 0; tries < mostTries;) {
    wish.signal.throwIfAborted();
    const answer = await askFor(work, { start: at, end: pieceEnd });
    if (answer.kind === 'body') {
      const pumped = await take(work, answer, { at, end: pieceEnd, hash });
      at = pumped.at;
      if (pumped.failure) failure = pumped.failure;
    } else if (answer.lasting) return answer.failure;
    else failure = answer.failure;
    if (at < pieceEnd) {
      tries++;
      await sleep(deps.tuning.pauseMs * 2 ** (tries - 1) * deps.tuning.random(), wish.signal);
    } else if (hash.digest() === piece.xxh64) return null;
    else {
      // The way may have changed a bit; twice the same says that the source has another file now.
      if (++mismatches === 2) {
        return { reason: 'REMOTE_CHANGED', detail: 'The source sends other bytes now than it did then.' };
      }
      at = piece.start;
      hash = deps.pieceHash();
    }
  }
  return failure;
}

type Asked = BodyAnswer | { readonly kind: 'none'; readonly lasting: boolean; readonly failure: Failure };

async function askFor(work: Work, range: { start: number; end: number }): Promise<Asked> {
  const { line, wish } = work;
  const { sizeBytes, etag, lastModified } = wish.row;
  const known = knownOf(line, { sizeBytes, etag, lastModified });
  const answer = await ask(line, { range, known }, wish.signal).catch((error: unknown) => {
    wish.signal.throwIfAborted();
    return error instanceof HttpFault ? ofHttpFault(error) : ofError(error);
  });
  switch (answer.kind) {
    case 'body':
      return answer;
    case 'wait':
      // A person or a closed door has to be waited for elsewhere; a busy server may answer the next time.
      return none(answer.delay.kind !== 'backoff', answer.reason, answer.detail);
    case 'fail':
      return none(true, answer.reason, answer.detail);
    case 'restart':
      return none(true, 'REMOTE_CHANGED', answer.detail);
    case 'no-range':
      return none(true, 'SERVER_PROTOCOL', 'The server does not give parts of files.');
    case 'odd':
      return none(false, answer.reason, answer.detail);
    case 'other':
      // Other validators for a file of the same length: the hash of the piece says more than they do.
      line.learnt.validatorsVary = true;
      line.learnt.conditions = false;
      return none(false, 'REMOTE_CHANGED', answer.detail);
    default:
      return none(false, 'SERVER_PROTOCOL', null);
  }
}

function none(lasting: boolean, reason: DownloadReason, detail: string | null): Asked {
  return { kind: 'none', lasting, failure: { reason, detail } };
}

/** Writes a body as far as it goes and answers the first byte that is not there. */
async function take(
  work: Work,
  answer: BodyAnswer,
  to: { at: number; end: number; hash: { update(bytes: Uint8Array): void } },
): Promise<{ at: number; failure: Failure | null }> {
  const { response, slot, verdict } = answer;
  const end = verdict.kind === 'piece' ? Math.min(verdict.range.end, to.end) : to.at;
  let { at } = to;
  let fault: HttpFault | null = null;
  try {
    for await (const chunk of response.chunks()) {
      const bytes = chunk.subarray(0, end - at);
      if (bytes.byteLength === 0) break;
      await work.line.pace.take(bytes.byteLength, work.wish.signal);
      await work.wish.write(bytes, at);
      to.hash.update(bytes);
      at += bytes.byteLength;
      work.bytes += bytes.byteLength;
    }
  } catch (error) {
    if (!(error instanceof HttpFault)) throw error;
    fault = error;
  } finally {
    slot.release(slotEndOf(fault));
  }
  if (at === to.end) return { at, failure: null };
  return {
    at,
    failure: { reason: 'NETWORK_DISCONNECTED', detail: fault?.message ?? 'The body was cut short.' },
  };
}

function lineOf(deps: EngineDeps, { row, signal }: SealedWish): Line {
  return {
    http: deps.http,
    links: createLinkKeeper({
      clock: deps.clock,
      resolve: (previous) => deps.resolve(row, previous ? { signal, previous } : { signal }),
    }),
    timeouts: deps.tuning.timeouts,
    pace: createPace([deps.traffic.shared]),
    slots: deps.traffic.limits.of(row.id),
    pauseMs: deps.tuning.pauseMs,
    random: deps.tuning.random,
    nowMs: () => deps.clock.now(),
    expectsHtml: true,
    learnt: createLearnt({ validatorsVary: row.validatorsVary, hosts: deps.repo.hostsOf(row.id) }),
    onBytes: () => undefined,
    onHost: () => undefined,
    // A finished row has no partial file any more, by which an unfinished one is known to have an identity.
    isSameFile: (link) => promisesSame({ ...row, partPath: row.path }, link),
  };
}
