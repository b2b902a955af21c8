import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { Agent, request as send, type Dispatcher } from 'undici';
import type { Log } from '../ports.ts';
import { checkUrl } from './address-policy.ts';
import { classifyFault } from './classify-fault.ts';
import { guardedLookup, type ResolveHost } from './guarded-lookup.ts';
import {
  HttpFault,
  type AddressPolicy,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
} from './http-client.ts';
import { readAll, readChunks } from './read-body.ts';

const connectTimeoutMs = 10_000;
const headTimeoutMs = 20_000;
const idleTimeoutMs = 30_000;
const maxHeaderBytes = 32 * 1024;
const maxBodyBytes = 64 * 1024 * 1024;

/** What the client needs. `certificates` (PEM) are trusted beside those of Node and of the operating system. */
export interface HttpClientDeps {
  readonly userAgent: string;
  readonly log: Log;
  readonly certificates?: readonly string[];
  readonly resolveHost?: ResolveHost;
}

/**
 * The one hardened HTTP client: no redirects, no decompression, every address checked as written and as resolved,
 * every wait limited. HTTP/1.1 only: what the engine knows about framing and ranges was proven on that.
 */
export function createHttpClient(deps: HttpClientDeps): HttpClient {
  // Kept-alive sockets have passed the check of one policy only, so each policy has connections of its own.
  const agents = new Map<string, Agent>();
  let secureContext: SecureContext | null = null;

  const agentFor = (protocol: string, policy: AddressPolicy): Agent => {
    const key = [protocol, policy.insecureHttp, policy.allowPrivate, policy.loopbackHost ?? ''].join(' ');
    const found = agents.get(key);
    if (found) return found;
    // Made once and late: parsing some hundred certificates takes longer than a connection does.
    if (protocol === 'https:') secureContext ??= trustedContext(deps);
    const agent = new Agent({
      allowH2: false,
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: maxHeaderBytes,
      keepAliveTimeout: 10_000,
      connect: {
        timeout: connectTimeoutMs,
        lookup: guardedLookup(protocol, policy, deps.resolveHost),
        ...(secureContext && protocol === 'https:' ? { secureContext } : {}),
      },
    });
    agents.set(key, agent);
    return agent;
  };

  return {
    request: async (request) => {
      const checked = checkUrl(request.url, request.policy);
      if (!checked.ok) throw new HttpFault('refused-address', checked.why);
      const agent = agentFor(checked.url.protocol, request.policy);
      const answer = await sendForHead({ request, url: checked.url, agent, userAgent: deps.userAgent });
      const { host } = checked.url;
      // Two ways to tell where the body ends: the parser takes it, but one of the two is a lie.
      if (
        answer.headers['content-length'] !== undefined &&
        answer.headers['transfer-encoding'] !== undefined
      ) {
        answer.body.on('error', () => undefined).destroy();
        throw new HttpFault('protocol', `${host} tells the length of its body in two ways.`);
      }
      return toResponse(answer, request, host);
    },
    close: async () => {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
      agents.clear();
    },
  };
}

function trustedContext(deps: HttpClientDeps): SecureContext {
  const authorities = new Set(getCACertificates('default'));
  try {
    for (const certificate of getCACertificates('system')) authorities.add(certificate);
  } catch (error) {
    deps.log.warn("The operating system's certificates cannot be read.", { error: String(error) });
  }
  for (const certificate of deps.certificates ?? []) authorities.add(certificate);
  return createSecureContext({ ca: [...authorities], minVersion: 'TLSv1.2' });
}

async function sendForHead(call: {
  request: HttpRequest;
  url: URL;
  agent: Agent;
  userAgent: string;
}): Promise<Dispatcher.ResponseData> {
  const { request, url, agent } = call;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), request.headTimeoutMs ?? headTimeoutMs);
  const signal = request.signal ? AbortSignal.any([request.signal, late.signal]) : late.signal;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value;
  headers['user-agent'] ??= call.userAgent;
  headers['accept-encoding'] = 'identity';
  if (request.json !== undefined) headers['content-type'] = 'application/json';
  try {
    return await send(url, {
      dispatcher: agent,
      method: request.method ?? 'GET',
      headers,
      signal,
      ...(request.json === undefined ? {} : { body: JSON.stringify(request.json) }),
    });
  } catch (error) {
    if (request.signal?.aborted)
      throw new HttpFault('cancelled', `The request to ${url.host} was cancelled.`);
    if (late.signal.aborted) throw new HttpFault('timeout', `${url.host} did not answer in time.`);
    throw classifyFault(error, url.host);
  } finally {
    clearTimeout(timer);
  }
}

function toResponse(answer: Dispatcher.ResponseData, request: HttpRequest, host: string): HttpResponse {
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
    });
  return {
    status: answer.statusCode,
    headers,
    chunks,
    bytes: (maxBytes = maxBodyBytes) => readAll(chunks(), maxBytes, host),
    json: async (maxBytes = maxBodyBytes) => {
      const bytes = await readAll(chunks(), maxBytes, host);
      try {
        return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
      } catch {
        throw new HttpFault('bad-content', `${host} sent something that is not JSON.`);
      }
    },
    // A short rest is read so that the connection lives on; a long or slow one is not worth it.
    discard: async () => {
      await body.dump({ limit: 16 * 1024, signal: AbortSignal.timeout(2000) }).catch(() => undefined);
      body.destroy();
    },
  };
}
