import type { Log } from '../../ports.ts';
import { checkUrl } from '../address-policy.ts';
import { HttpFault, type HttpClient, type HttpRequest, type HttpResponse } from '../http-client.ts';
import { parseJson, readAll } from '../read-body.ts';
import { requestText } from './request-text.ts';
import { readBody, type HeldBody } from './held-body.ts';
import { saveBody } from './save-body.ts';
import { createTransferThread, type Told, type TransferThread } from './transfer-thread.ts';

const connectTimeoutMs = 10_000;
const headTimeoutMs = 20_000;
const idleTimeoutMs = 30_000;
/** How long a host whose answers the strict parser refused is asked by the plain client. */
const plainForMs = 10 * 60_000;
const mostPlainHosts = 1000;
const mostBytes = 64 * 1024 * 1024;

/** What the fast way needs beside the plain client, to which it leaves everything that is not straight. */
export interface FastClientDeps {
  readonly plain: HttpClient;
  /** The certificates that the plain client believes. */
  readonly trust: { generation(): number; authorities(): readonly string[] };
  /** fast/transfer-worker.ts, or what a bundler made of it. */
  readonly workerUrl: URL;
  readonly userAgent: string;
  readonly log: Log;
  readonly now: () => number;
}

type Head = Extract<Told, { kind: 'head' }>;
type Unfit = Extract<Told, { kind: 'refused' | 'unconnected' }>;

/**
 * The same client, with a faster way for bodies that go to a file: a thread receives and writes them. Only for GET
 * over a direct connection, and only for answers of which every byte of the head was understood; everything else is
 * asked by the plain client, once more if need be. All checks of the answer stay with the caller.
 */
export function createFastClient(deps: FastClientDeps): HttpClient {
  const { plain } = deps;
  const thread = createTransferThread(deps);
  const plainUntil = new Map<string, number>();

  const isPlainHost = (host: string): boolean => (plainUntil.get(host) ?? 0) > deps.now();
  const keepPlain = (host: string, why: string): void => {
    if (plainUntil.size >= mostPlainHosts) plainUntil.clear();
    plainUntil.set(host, deps.now() + plainForMs);
    deps.log.info('A host is asked the plain way for a while.', { host, why });
  };
  const isDirect = async (request: HttpRequest, url: URL): Promise<boolean> => {
    if (url.hostname === request.policy.loopbackHost?.toLowerCase()) return true;
    return (await plain.route(request.url))[0]?.kind === 'direct';
  };
  return {
    ...plain,
    request: async (request) => {
      const checked = checkUrl(request.url, request.policy);
      if (!request.toFile || !checked.ok || !thread.usable()) return plain.request(request);
      const { url } = checked;
      const text = requestText(request, url, deps.userAgent);
      if (text === null || isPlainHost(url.host) || !(await isDirect(request, url))) {
        return plain.request(request);
      }
      if (request.signal?.aborted) throw cancelled(url);
      if (url.protocol === 'https:') thread.trust(deps.trust.generation(), deps.trust.authorities);
      const answer = await askThread(thread, { request, url, text, generation: deps.trust.generation() });
      if ('response' in answer) {
        const { head, response } = answer;
        const hasLength = head.headers['content-length'] !== undefined;
        if (hasLength && head.headers['transfer-encoding'] !== undefined) {
          await response.discard();
          throw new HttpFault('protocol', `${url.host} tells the length of its body in two ways.`);
        }
        if (head.bodyBytes !== null || !isRead(head.status)) return response;
        await response.discard();
        if (head.status < 300) keepPlain(url.host, 'The answer does not state its length.');
      } else if (answer.unfit.kind === 'refused') keepPlain(url.host, answer.unfit.why);
      return plain.request(request);
    },
    close: async () => {
      await thread.close();
      await plain.close();
    },
  };
}

/** Whether the body of such an answer may be wanted: a file, or the words of a 400, which may tell of an expired link. */
function isRead(status: number): boolean {
  return status < 300 || status === 400;
}

interface Asking {
  readonly request: HttpRequest;
  readonly url: URL;
  readonly text: string;
  readonly generation: number;
}

async function askThread(
  thread: TransferThread,
  { request, url, text, generation }: Asking,
): Promise<{ head: Head; response: HttpResponse } | { unfit: Unfit }> {
  const secure = url.protocol === 'https:';
  const target = {
    host: url.hostname.replaceAll(/[[\]]/g, ''),
    port: Number(url.port) || (secure ? 443 : 80),
    secure,
    policy: request.policy,
    trustGeneration: secure ? generation : 0,
  };
  const { promise, resolve, reject } = Promise.withResolvers<Head | Unfit>();
  // The end of the thread may be told together with the head, before anybody could take the body: so all that is told
  // is kept for whoever does, and an abort from then on is theirs to see to.
  let hasAnswer = false;
  let listener: ((told: Told) => void) | null = null;
  const early: Told[] = [];
  const onTold = (told: Told): void => {
    if (hasAnswer) {
      if (listener) listener(told);
      else early.push(told);
    } else if (told.kind === 'failed') reject(new HttpFault(told.fault, told.message));
    else if (told.kind === 'died') reject(lost(url));
    else if (told.kind === 'head' || told.kind === 'refused' || told.kind === 'unconnected') {
      hasAnswer = true;
      resolve(told);
    }
  };
  const listen = (next: (told: Told) => void): void => {
    listener = next;
    for (const told of early.splice(0)) next(told);
  };
  const call = thread.begin(
    {
      target,
      text,
      connectTimeoutMs,
      headTimeoutMs: request.headTimeoutMs ?? headTimeoutMs,
      idleTimeoutMs: request.idleTimeoutMs ?? idleTimeoutMs,
    },
    onTold,
  );
  const onAbort = (): void => {
    if (hasAnswer) return;
    call.send({ kind: 'stop' });
    reject(cancelled(url));
  };
  request.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const head = await promise;
    if (head.kind !== 'head') {
      call.forget();
      return { unfit: head };
    }
    const held = { call, listen, signal: request.signal, lost: () => lost(url), host: url.host };
    return { head, response: toResponse(head, held) };
  } catch (error) {
    call.forget();
    throw error;
  } finally {
    request.signal?.removeEventListener('abort', onAbort);
  }
}

function toResponse(head: Head, held: HeldBody): HttpResponse {
  const { host } = held;
  const chunks = (): AsyncIterable<Uint8Array> => readBody(held);
  return {
    status: head.status,
    headers: head.headers,
    chunks,
    bytes: (maxBytes = mostBytes) => readAll(chunks(), maxBytes, host),
    json: async (maxBytes = mostBytes) => parseJson(await readAll(chunks(), maxBytes, host), host),
    save: (to) => saveBody(held, to),
    discard: async () => {
      held.call.send({ kind: 'let-go' });
      held.call.forget();
    },
  };
}

function cancelled(url: URL): HttpFault {
  return new HttpFault('cancelled', `The request to ${url.host} was cancelled.`);
}

function lost(url: URL): HttpFault {
  return new HttpFault('disconnected', `The connection to ${url.host} was lost.`);
}
