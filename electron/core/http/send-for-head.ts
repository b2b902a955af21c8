import type { Agent, Dispatcher } from 'undici';
import { classifyFault } from './classify-fault.ts';
import { HttpFault, type HttpRequest } from './http-client.ts';
import { basicValue, offersBasic, signInFault } from './proxy-sign-in.ts';
import type { Hop, ProxyCredentials, Routes } from './way-out.ts';

const headTimeoutMs = 20_000;

/** A way with the connections on it. */
export interface Way {
  readonly hop: Hop;
  readonly agent: Agent;
  /** Proxies that have asked for a sign-in. */
  readonly signIns: Set<string>;
}

interface Call {
  readonly request: HttpRequest;
  readonly url: URL;
  readonly way: Way;
  readonly routes: Routes;
  readonly userAgent: string;
}

/**
 * Sends a request on one way and waits for the head of the answer.
 *
 * @throws HttpFault
 */
export async function sendForHead(call: Call): Promise<Dispatcher.ResponseData> {
  const { url, way } = call;
  // Over TLS the proxy only leads a tunnel, which is the connection's affair; plain http it has to be asked for.
  if (way.hop.kind === 'direct' || url.protocol === 'https:') {
    return send(call, { origin: url.origin, path: url.pathname + url.search, headers: {} });
  }
  return askProxy(call, way.hop.url);
}

/** Asks a proxy for a plain http address, by its whole URL (RFC 9112, section 3.2.2). */
async function askProxy(call: Call, proxyUrl: string): Promise<Dispatcher.ResponseData> {
  const { url, way, routes } = call;
  const { host, origin } = new URL(proxyUrl);
  const ask = (credentials: ProxyCredentials | null): Promise<Dispatcher.ResponseData> =>
    send(call, {
      origin,
      path: url.origin + url.pathname + url.search,
      headers: {
        host: url.host,
        ...(credentials ? { 'proxy-authorization': basicValue(credentials) } : {}),
      },
    });
  const known = way.signIns.has(proxyUrl) ? await routes.credentials(proxyUrl) : null;
  let answer = await ask(known);
  if (answer.statusCode !== 407) return answer;
  let challenges = await refused(answer);
  let signedIn = known !== null;
  const credentials = known || !offersBasic(challenges) ? null : await routes.credentials(proxyUrl);
  if (credentials) {
    way.signIns.add(proxyUrl);
    answer = await ask(credentials);
    if (answer.statusCode !== 407) return answer;
    challenges = await refused(answer);
    signedIn = true;
  }
  throw signInFault(host, { headers: challenges, signedIn });
}

async function refused(answer: Dispatcher.ResponseData): Promise<string[]> {
  await answer.body.dump({ limit: 16 * 1024 }).catch(() => undefined);
  return [answer.headers['proxy-authenticate'] ?? []].flat();
}

async function send(
  call: Call,
  to: { origin: string; path: string; headers: Record<string, string> },
): Promise<Dispatcher.ResponseData> {
  const { request, url } = call;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), request.headTimeoutMs ?? headTimeoutMs);
  const signal = request.signal ? AbortSignal.any([request.signal, late.signal]) : late.signal;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value;
  // Only a proxy is told these, and never by whoever wants something of a server.
  delete headers['proxy-authorization'];
  headers['user-agent'] ??= call.userAgent;
  headers['accept-encoding'] = 'identity';
  if (request.json !== undefined) headers['content-type'] = 'application/json';
  try {
    const sent = call.way.agent.request({
      origin: to.origin,
      path: to.path,
      method: request.method ?? 'GET',
      headers: { ...headers, ...to.headers },
      signal,
      ...(request.json === undefined ? {} : { body: JSON.stringify(request.json) }),
    });
    return await orAborted(sent, signal);
  } catch (error) {
    if (request.signal?.aborted)
      throw new HttpFault('cancelled', `The request to ${url.host} was cancelled.`);
    if (late.signal.aborted) throw new HttpFault('timeout', `${url.host} did not answer in time.`);
    throw classifyFault(error, url.host);
  } finally {
    clearTimeout(timer);
  }
}

/** undici hears an abort only once the request has a connection, and one that is being made may take long. */
function orAborted(
  sent: Promise<Dispatcher.ResponseData>,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(new Error('aborted'));
      // An answer that comes after all is let go.
      sent.then(({ body }) => body.on('error', () => undefined).destroy()).catch(() => undefined);
    };
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    sent.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
