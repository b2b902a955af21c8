import type { HttpResponse } from '../http/http-client.ts';
import { checkResponse, type Asked, type Known, type Verdict } from './check-response.ts';
import { openLink } from './open-link.ts';
import type { ByteRange } from './plan-pieces.ts';
import type { Outcome } from './outcome.ts';
import { parseRetryAfterMs } from './retry-delay.ts';
import { ifRangeValue } from './remote-identity.ts';
import type { Line } from './transfer-context.ts';

/** An answer that was checked. A `body` is still to be read; everything else has been let go. */
export type Answer =
  | {
      readonly kind: 'body';
      readonly verdict: Extract<Verdict, { kind: 'piece' | 'whole' }>;
      readonly response: HttpResponse;
    }
  /** Only to be asked again, with the link that is current then. */
  | { readonly kind: 'again' }
  | { readonly kind: 'no-range'; readonly detail: string }
  | Extract<Verdict, { kind: 'odd' }>
  | Outcome;

/**
 * Asks for bytes, checks the answer and does what needs no decision of the caller: a refused link is renewed, a
 * condition that the server dislikes is left out.
 *
 * @throws HttpFault, and what the resolver throws.
 */
export async function ask(
  line: Line,
  wanted: { range: ByteRange | null; known: Known },
  signal: AbortSignal,
): Promise<Answer> {
  const { link, version } = await line.links.current();
  if (wanted.known.identity && !line.isSameFile(link)) {
    return { kind: 'restart', why: 'changed', detail: 'The source promises another file now.' };
  }
  const { identity } = wanted.known;
  const condition = identity && line.conditions.wanted ? ifRangeValue(identity) : null;
  const asked: Asked = { range: wanted.range, ifRange: condition !== null };
  const opened = await openLink({
    http: line.http,
    link,
    range: asked.range,
    ifRange: condition,
    timeouts: line.timeouts,
    signal,
  });
  if (opened.kind === 'fail') return opened;
  const { response } = opened;
  line.onHost(opened.host);
  const verdict = checkResponse(asked, wanted.known, response);
  if (verdict.kind === 'piece' || verdict.kind === 'whole') {
    line.links.worked(version);
    return { kind: 'body', verdict, response };
  }
  await response.discard();
  switch (verdict.kind) {
    case 'renew': {
      if (await line.links.renew(version)) return { kind: 'again' };
      return { kind: 'fail', reason: verdict.reason, detail: verdict.detail };
    }
    case 'without-condition':
      line.conditions.wanted = false;
      return { kind: 'again' };
    case 'changed':
      return { kind: 'restart', why: 'changed', detail: verdict.detail };
    case 'wait': {
      const retryAfterMs = parseRetryAfterMs(response.headers['retry-after'], line.nowMs());
      const delay = { kind: 'backoff', retryAfterMs } as const;
      return { kind: 'wait', reason: verdict.reason, detail: verdict.detail, delay };
    }
    default:
      return verdict;
  }
}
