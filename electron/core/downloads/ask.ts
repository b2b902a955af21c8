import { HttpFault, type HttpResponse } from '../http/http-client.ts';
import { parseRetryAfterMs } from '../http/retry-after.ts';
import { checkResponse, type Asked, type Known, type Verdict } from './check-response.ts';
import { openLink } from './open-link.ts';
import type { ByteRange } from './plan-pieces.ts';
import type { Delay, Outcome } from './outcome.ts';
import { ifRangeValue } from './remote-identity.ts';
import { errorTextBytes, saysExpired } from './says-expired.ts';
import type { HostSlot, Line } from './transfer-context.ts';

/** A body that is still to be read. Its slot is held until whoever reads it gives it back. */
export interface BodyAnswer {
  readonly kind: 'body';
  readonly verdict: Extract<Verdict, { kind: 'piece' | 'whole' }>;
  readonly response: HttpResponse;
  readonly slot: HostSlot;
  /** Which link and host it came from. */
  readonly place: string;
  readonly host: string;
  /** The ETag as it came, whatever is compared. */
  readonly etag: string | null;
  /** Ends this request alone, and the signal that says so. */
  readonly abort: () => void;
  readonly signal: AbortSignal;
}

/** An answer that was checked. A `body` is still to be read; everything else has been let go. */
export type Answer =
  | BodyAnswer
  /** Only to be asked again, with the link that is current then. */
  | { readonly kind: 'again' }
  | { readonly kind: 'no-range'; readonly detail: string }
  | Extract<Verdict, { kind: 'odd' | 'other' }>
  | Outcome;

/**
 * Asks for bytes, checks the answer and does what needs no decision of the caller: a refused link is renewed, a
 * condition that the server dislikes is left out.
 *
 * @throws HttpFault, RestingFault, and what the resolver throws.
 */
export async function ask(
  line: Line,
  wanted: { range: ByteRange | null; known: Known },
  signal: AbortSignal,
): Promise<Answer> {
  const { link, version } = await line.links.current();
  const { identity } = wanted.known;
  if (identity && !line.isSameFile(link)) {
    return { kind: 'restart', why: 'changed', detail: 'The source promises another file now.' };
  }
  const condition = identity && line.learnt.conditions ? ifRangeValue(identity) : null;
  const asked: Asked = { range: wanted.range, ifRange: condition !== null };
  const own = new AbortController();
  const request = { range: asked.range, ifRange: condition, signal: AbortSignal.any([signal, own.signal]) };
  const { http, slots, timeouts } = line;
  const opened = await openLink({ ...request, http, slots, link, timeouts, toFile: !line.pace.limited });
  if (opened.kind === 'fail') return opened;
  const { response, host, slot } = opened;
  line.onHost(host);
  const verdict = checkResponse(asked, wanted.known, response);
  if (verdict.kind === 'piece' || verdict.kind === 'whole') {
    line.links.worked(version);
    slot.serves();
    const etag = response.headers['etag'] ?? null;
    const place = `${version} ${host}`;
    const abort = (): void => own.abort();
    return { kind: 'body', verdict, response, slot, place, host, etag, abort, signal: request.signal };
  }
  const expired = verdict.kind === 'fail' && response.status === 400 && (await isExpiry(response));
  if (response.status !== 400) await response.discard();
  const retryAfterMs = parseRetryAfterMs(response.headers['retry-after'], line.nowMs());
  slot.release(response.status === 429 || response.status >= 500 ? 'refused' : 'fine', retryAfterMs);
  if (isStrange(line, { identity, link: link.url, host }) && dropsBytes(verdict))
    return strange(link.url, host);
  const refusal = expired ? linkExpired : verdict;
  return meet(line, refusal, { version, retryAfterMs });
}

type Refusal = Exclude<Verdict, { kind: 'piece' | 'whole' }>;

const linkExpired = {
  kind: 'renew',
  reason: 'LINK_EXPIRED',
  detail: 'The server says that the link has expired.',
} as const;

async function meet(
  line: Line,
  verdict: Refusal,
  { version, retryAfterMs }: { version: number; retryAfterMs: number | null },
): Promise<Answer> {
  switch (verdict.kind) {
    case 'renew':
      if (await line.links.renew(version)) return { kind: 'again' };
      return { kind: 'fail', reason: verdict.reason, detail: verdict.detail };
    case 'without-condition':
      line.learnt.conditions = false;
      return { kind: 'again' };
    case 'changed':
      return { kind: 'restart', why: 'changed', detail: verdict.detail };
    case 'wait': {
      const { reason, detail } = verdict;
      const delay: Delay = reason === 'PROXY_SIGN_IN' ? { kind: 'woken' } : { kind: 'backoff', retryAfterMs };
      return { kind: 'wait', reason, detail, delay };
    }
    default:
      return verdict;
  }
}

async function isExpiry(response: HttpResponse): Promise<boolean> {
  try {
    return saysExpired(new TextDecoder().decode(await response.bytes(errorTextBytes)));
  } catch (error) {
    if (error instanceof HttpFault) return false;
    throw error;
  }
}

/** Whether bytes are at stake and the answer comes from where none of them came from: a redirect may lead anywhere. */
function isStrange(line: Line, from: { identity: Known['identity']; link: string; host: string }): boolean {
  return from.identity !== null && from.host !== new URL(from.link).host && !line.learnt.hosts.has(from.host);
}

function dropsBytes(verdict: Refusal): boolean {
  const isPage = verdict.kind === 'renew' && verdict.reason === 'SERVER_BAD_CONTENT';
  return isPage || ['changed', 'other', 'no-range', 'fail'].includes(verdict.kind);
}

function strange(link: string, host: string): Outcome {
  const detail = `${new URL(link).host} redirects to ${host}, which does not have the file that was begun.`;
  return {
    kind: 'wait',
    reason: 'SERVER_UNREACHABLE',
    detail,
    delay: { kind: 'backoff', retryAfterMs: null },
  };
}
