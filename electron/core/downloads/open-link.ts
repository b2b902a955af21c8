import type { DownloadReason } from '../../../shared/domain/download-reason.ts';
import { HttpFault, type HttpClient, type HttpResponse } from '../http/http-client.ts';
import type { ByteRange } from './plan-pieces.ts';
import type { RenditionLink } from './rendition-link.ts';
import type { HostSlot, HostSlots, SlotEnd } from './transfer-context.ts';

const mostRedirects = 5;
const redirects = new Set([301, 302, 303, 307, 308]);

/** Limits on waiting; the client's own where none is given. */
export interface Timeouts {
  readonly headMs?: number;
  readonly idleMs?: number;
}

/** What is asked of a link. */
export interface LinkRequest {
  readonly http: HttpClient;
  readonly slots: HostSlots;
  readonly link: RenditionLink;
  /** Null: the whole file, without a Range header. */
  readonly range: ByteRange | null;
  readonly ifRange: string | null;
  readonly timeouts: Timeouts;
  readonly signal: AbortSignal;
  /** The body goes to a file, as fast as it comes. */
  readonly toFile?: boolean;
}

/** The answer at the end of the redirects, or why there is none. */
export type Opened =
  | {
      readonly kind: 'response';
      readonly response: HttpResponse;
      readonly host: string;
      /** Held for this response; the caller gives it back. */
      readonly slot: HostSlot;
    }
  | { readonly kind: 'fail'; readonly reason: DownloadReason; readonly detail: string };

/**
 * Asks for bytes and follows redirects by the engine's rules: five at most, never from https to http, every address
 * checked, and what the source gave as headers goes to its own origin only.
 *
 * @throws HttpFault
 */
export async function openLink(request: LinkRequest): Promise<Opened> {
  let url = request.link.url;
  let secrets = request.link.headers ?? {};
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const from = new URL(url);
    const { response, slot } = await send(request, url, secrets);
    if (!redirects.has(response.status)) return { kind: 'response', response, host: from.host, slot };
    await response.discard();
    slot.release('fine');
    const location = response.headers['location'] ?? '';
    if (location === '' || !URL.canParse(location, url)) {
      return fail('SERVER_PROTOCOL', `${from.host} redirects to nowhere.`);
    }
    const to = new URL(location, url);
    if (from.protocol === 'https:' && to.protocol === 'http:') {
      return fail('ADDRESS_REFUSED', `${from.host} redirects from https to plain http.`);
    }
    if (to.origin !== from.origin) secrets = {};
    url = to.href;
  }
  return fail('SERVER_PROTOCOL', `More than ${mostRedirects} redirects.`);
}

async function send(
  request: LinkRequest,
  url: string,
  secrets: Readonly<Record<string, string>>,
): Promise<{ response: HttpResponse; slot: HostSlot }> {
  const { host } = new URL(url);
  const { headMs, idleMs } = request.timeouts;
  const slot = await request.slots.take(host, request.signal).catch((error: unknown) => {
    if (request.signal.aborted) throw new HttpFault('cancelled', `The request to ${host} was cancelled.`);
    throw error;
  });
  try {
    const response = await request.http.request({
      url,
      headers: { ...secrets, ...rangeHeaders(request) },
      policy: request.link.policy,
      signal: request.signal,
      toFile: request.toFile ?? false,
      ...(headMs === undefined ? {} : { headTimeoutMs: headMs }),
      ...(idleMs === undefined ? {} : { idleTimeoutMs: idleMs }),
    });
    return { response, slot };
  } catch (error) {
    slot.release(error instanceof HttpFault ? slotEndOf(error) : 'fine');
    throw error;
  }
}

/** What a failure of the way says about how many connections the host bears. */
export function slotEndOf(fault: HttpFault | null): SlotEnd {
  if (fault?.kind === 'certificate') return 'distrusted';
  if (fault?.kind === 'unreachable') return 'refused';
  return fault?.kind === 'disconnected' || fault?.kind === 'timeout' ? 'broken' : 'fine';
}

function rangeHeaders(request: LinkRequest): Record<string, string> {
  if (!request.range) return {};
  const range = `bytes=${request.range.start}-${request.range.end - 1}`;
  return request.ifRange === null ? { range } : { range, 'if-range': request.ifRange };
}

function fail(reason: DownloadReason, detail: string): Opened {
  return { kind: 'fail', reason, detail };
}
