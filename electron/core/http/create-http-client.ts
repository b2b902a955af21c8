import type { Dispatcher } from 'undici';
import type { Log } from '../ports.ts';
import { checkUrl } from './address-policy.ts';
import { createAgents } from './agents.ts';
import type { ResolveHost } from './guarded-lookup.ts';
import { HttpFault, type HttpClient, type HttpRequest, type HttpResponse } from './http-client.ts';
import { parseJson, readAll, readChunks } from './read-body.ts';
import { sendForHead, type Way } from './send-for-head.ts';
import { createTrust, type Trust } from './trust.ts';
import { straight, type Hop, type Routes } from './way-out.ts';

const idleTimeoutMs = 30_000;
const maxBodyBytes = 64 * 1024 * 1024;

/**
 * What the client needs. Without `trust` it believes Node's certificates, the system's and `certificates` (PEM);
 * without `routes` every address is asked straight.
 */
export interface HttpClientDeps {
  readonly userAgent: string;
  readonly log: Log;
  readonly certificates?: readonly string[];
  readonly trust?: Trust;
  readonly routes?: Routes;
  readonly resolveHost?: ResolveHost;
  readonly now?: () => number;
}

/**
 * The one hardened HTTP client: no redirects, no cookies, no decompression, every address checked as written and as
 * resolved, every wait limited. HTTP/1.1 only: what the engine knows about framing and ranges was proven on that.
 *
 * Through a proxy the name is not resolved here, so that only what is written can be checked: addresses and
 * `localhost`.
 */
export function createHttpClient(deps: HttpClientDeps): HttpClient {
  const { userAgent, routes = straight, now = Date.now } = deps;
  const trust = deps.trust ?? createTrust(deps);
  let aheadMs: number | null = null;
  const agents = createAgents({
    userAgent,
    trust,
    routes,
    clock: () => ({ nowMs: now(), aheadMs }),
    resolveHost: deps.resolveHost,
  });
  /** A server's word on the time, unless a cache on the way has kept it. */
  const hearTheTime = ({ date, age }: Dispatcher.ResponseData['headers']): void => {
    const told = typeof date === 'string' && age === undefined ? Date.parse(date) : Number.NaN;
    if (Number.isFinite(told)) aheadMs = now() - told;
  };
  const waysTo = async (url: URL, own: string | undefined): Promise<readonly Hop[]> =>
    own !== undefined && url.hostname === own.toLowerCase() ? straight.find(url) : routes.find(url);

  const sendAlong = async (request: HttpRequest, url: URL): Promise<Dispatcher.ResponseData> => {
    let last: unknown = null;
    for (const hop of await waysTo(url, request.policy.loopbackHost)) {
      const way: Way = { hop, agent: agents.on(hop, url.protocol, request.policy), signIns: agents.signIns };
      try {
        return await sendForHead({ request, url, way, routes, userAgent });
      } catch (error) {
        last = error;
        // Nothing has reached the server yet, so the next way may be tried even for what must happen only once.
        if (!(error instanceof HttpFault) || error.kind !== 'proxy-unreachable') throw error;
        if (hop.kind === 'proxy') routes.failed(hop.url);
      }
    }
    throw last ?? new HttpFault('proxy-unreachable', `There is no way to ${url.host}.`);
  };

  return {
    request: async (request) => {
      const checked = checkUrl(request.url, request.policy);
      if (!checked.ok) throw new HttpFault('refused-address', checked.why);
      const { host } = checked.url;
      const answer = await sendAlong(request, checked.url);
      hearTheTime(answer.headers);
      // Two ways to tell where the body ends: the parser takes it, but one of the two is a lie.
      if (
        answer.headers['content-length'] !== undefined &&
        answer.headers['transfer-encoding'] !== undefined
      ) {
        answer.body.on('error', () => undefined).destroy();
        throw new HttpFault('protocol', `${host} tells the length of its body in two ways.`);
      }
      return toResponse(answer, { request, host, endedBadly: agents.breakWatch(answer.headers) });
    },
    route: async (url) => waysTo(new URL(url), undefined),
    close: () => agents.close(),
  };
}

function toResponse(
  answer: Dispatcher.ResponseData,
  { request, host, endedBadly }: { request: HttpRequest; host: string; endedBadly: () => boolean },
): HttpResponse {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined) headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  const body = answer.body;
  // A body that breaks between the head and the first read must not end the process.
  body.on('error', () => undefined);
  const chunks = (): AsyncIterable<Uint8Array> =>
    readChunks(body, {
      idleTimeoutMs: request.idleTimeoutMs ?? idleTimeoutMs,
      host,
      signal: request.signal,
      endedBadly,
    });
  return {
    status: answer.statusCode,
    headers,
    chunks,
    bytes: (maxBytes = maxBodyBytes) => readAll(chunks(), maxBytes, host),
    json: async (maxBytes = maxBodyBytes) => parseJson(await readAll(chunks(), maxBytes, host), host),
    // A short rest is read so that the connection lives on; a long or slow one is not worth it.
    discard: async () => {
      await body.dump({ limit: 16 * 1024, signal: AbortSignal.timeout(2000) }).catch(() => undefined);
      body.destroy();
    },
  };
}
