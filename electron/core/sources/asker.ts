import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { HttpFault, type AddressPolicy, type HttpClient, type HttpResponse } from '../http/http-client.ts';
import { parseRetryAfterMs } from '../http/retry-after.ts';
import type { HostQueue, Turn } from './host-queue.ts';
import { secretsOf, withoutSecrets } from './reading/without-secrets.ts';
import { unpackAnswer } from './unpack-answer.ts';

/** Redirects that are followed, and the bytes an answer may have unless told. */
const mostRedirects = 5;
const largestAnswerBytes = 32 * 1024 * 1024;
/** The longest that one answer may take, in milliseconds: a host that drips holds up all that wait for their turn. */
const longestAnswerMs = 10 * 60_000;

/** What an answer was marked with, to ask whether it has changed. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** A question to a source. */
export interface Question {
  readonly url: string;
  readonly accept?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the answer one has: the source may then say that nothing has changed. */
  readonly known?: Validators;
  readonly maxBytes?: number;
  /** Reads the source's own words for an error; null leaves it to the status. */
  readonly readRefusal?: (refusal: Refusal) => RushesError | null;
  readonly signal: AbortSignal;
}

/** An answer that is none. */
export interface Refusal {
  readonly status: number;
  readonly contentType: string | null;
  readonly body: Uint8Array;
}

/** An answer with its body: 200, or 304 without one when `known` was given. */
export interface Answer {
  readonly status: 200 | 304;
  /** The address that answered in the end. */
  readonly url: string;
  /** Where the source says it has moved for good; null when it has not. */
  readonly movedTo: string | null;
  readonly contentType: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly validators: Validators;
}

/** Asks on behalf of one source: politely, one question at a time a host, with an honest name. */
export interface Asker {
  /**
   * @throws RushesError NOT_FOUND for 404 and 410, KEY_NEEDED for 401 and 403, SOURCE_UNAVAILABLE for every other answer
   * that is none (with `retryAfterMs` where told), NETWORK_UNAVAILABLE, ADDRESS_REFUSED, CANCELLED. `detail` holds what
   * came back: the status, the type, the first words.
   */
  get(question: Question): Promise<Answer>;
  /** How many questions were sent, redirects included. */
  asked(): number;
}

/** What one request came to: the answer, or where to ask instead. */
type Step = Omit<Answer, 'movedTo'> | { readonly redirect: URL; readonly forGood: boolean };

/** Builds the asker of one source. */
export function createAsker(deps: {
  http: HttpClient;
  queue: HostQueue;
  policy: AddressPolicy;
  now: () => number;
  /** An address was answered from another one, where it has moved for good. */
  onMoved?: (from: string, to: string) => void;
  readonly longestAnswerMs?: number;
}): Asker {
  let asked = 0;
  const inTime = async (question: Question, url: URL): Promise<Turn<Step>> => {
    const limit = AbortSignal.timeout(deps.longestAnswerMs ?? longestAnswerMs);
    const signal = AbortSignal.any([question.signal, limit]);
    try {
      return await once({ ...question, signal }, url);
    } catch (error) {
      if (!limit.aborted || question.signal.aborted) throw error;
      throw new RushesError('SOURCE_UNAVAILABLE', `${url.host} answers too slowly to be waited for.`);
    }
  };
  const once = async (question: Question, url: URL): Promise<Turn<Step>> => {
    asked++;
    const own = url.origin === new URL(question.url).origin ? question.headers : {};
    const response = await deps.http.request({
      url: url.href,
      policy: deps.policy,
      signal: question.signal,
      headers: { accept: question.accept ?? '*/*', ...own, ...conditions(question.known) },
    });
    const restMs = parseRetryAfterMs(response.headers['retry-after'], deps.now());
    try {
      return { value: await readStep(response, { question, url, restMs }), restMs };
    } catch (error) {
      if (restMs !== null) deps.queue.rest(url.host, restMs);
      throw error;
    }
  };
  const get = async (question: Question): Promise<Answer> => {
    const start = URL.parse(question.url);
    if (start === null) throw new RushesError('ADDRESS_REFUSED', 'What the source names is no address.');
    let url = start;
    let movedTo: string | null = null;
    let forGood = true;
    for (let hop = 0; hop <= mostRedirects; hop++) {
      const at = url;
      const found = await deps.queue.inTurn(at.host, () => inTime(question, at), question.signal);
      if (!('redirect' in found)) {
        if (movedTo !== null) deps.onMoved?.(question.url, movedTo);
        return { ...found, movedTo };
      }
      forGood &&= found.forGood;
      if (forGood) movedTo = found.redirect.href;
      url = found.redirect;
    }
    throw new RushesError(
      'SOURCE_UNAVAILABLE',
      `${url.host} sends from one address to the next without end.`,
    );
  };
  return {
    asked: () => asked,
    get: (question) =>
      get(question).catch((error: unknown) => {
        const known = fromFault(error, URL.parse(question.url)?.host ?? 'The source');
        throw withoutSecrets(known, secretsOf(question));
      }),
  };
}

function conditions(known: Validators | undefined): Record<string, string> {
  return {
    ...(known?.etag == null ? {} : { 'if-none-match': known.etag }),
    ...(known?.lastModified == null ? {} : { 'if-modified-since': known.lastModified }),
  };
}

async function readStep(
  response: HttpResponse,
  { question, url, restMs }: { question: Question; url: URL; restMs: number | null },
): Promise<Step> {
  const { status, headers } = response;
  const location = URL.parse(headers['location'] ?? '', url.href);
  if ([301, 302, 303, 307, 308].includes(status) && location !== null) {
    await response.discard();
    return { redirect: location, forGood: status === 301 || status === 308 };
  }
  if (status !== 200 && !(status === 304 && question.known)) {
    throw await refusal(response, { question, url, restMs });
  }
  const validators = { etag: headers['etag'] ?? null, lastModified: headers['last-modified'] ?? null };
  const said = { status, url: url.href, contentType: headers['content-type'] ?? null, headers, validators };
  if (status === 200) {
    const maxBytes = question.maxBytes ?? largestAnswerBytes;
    const packed = await response.bytes(maxBytes);
    const encoding = headers['content-encoding'];
    return { ...said, status, body: await unpackAnswer(packed, { encoding, host: url.host, maxBytes }) };
  }
  await response.discard();
  return { ...said, status: 304, body: new Uint8Array() };
}

/** An answer that is none, with what it says: 202 without a body, a page of refusal, an error of the server. */
async function refusal(
  response: HttpResponse,
  { question, url, restMs }: { question: Question; url: URL; restMs: number | null },
): Promise<RushesError> {
  const { status, headers } = response;
  const body = await response.bytes(64 * 1024).catch(() => new Uint8Array());
  const said = { status, contentType: headers['content-type'] ?? null, body };
  const own = question.readRefusal?.(said) ?? null;
  if (own !== null) return own;
  const detail = evidenceOf(said);
  const facts = restMs === null ? { detail } : { detail, retryAfterMs: restMs };
  if (status === 404 || status === 410) {
    return new RushesError('NOT_FOUND', `${url.host} has nothing at this address.`, facts);
  }
  if (status === 401 || status === 403) {
    return new RushesError('KEY_NEEDED', `${url.host} refuses the request (${status}).`, facts);
  }
  return new RushesError('SOURCE_UNAVAILABLE', `${url.host} answered with status ${status}.`, facts);
}

/** What came back, in a line that a person can judge by: the status, the type, the first words. */
export function evidenceOf(answer: Refusal): string {
  const start = new TextDecoder().decode(answer.body.subarray(0, 2000));
  const words = start
    .replace(/<(script|style)[\s\S]*?(<\/\1>|$)/gi, ' ')
    .replace(/<[^>]*>?/g, ' ')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  const type = answer.contentType?.slice(0, 80) ?? 'no content type';
  return [`status ${answer.status}`, type, words.slice(0, 160)].filter((part) => part !== '').join(' · ');
}

const wayKinds: ReadonlySet<string> = new Set([
  'proxy-sign-in',
  'proxy-unreachable',
  'offline',
  'clock',
  'unreachable',
  'timeout',
  'disconnected',
]);

/** A fault of the way in the words of the closed list; anything else as it is. */
function fromFault(error: unknown, host: string): unknown {
  if (!(error instanceof HttpFault)) return error;
  if (error.kind === 'cancelled') return new RushesError('CANCELLED', 'Cancelled.');
  if (error.kind === 'refused-address') return new RushesError('ADDRESS_REFUSED', error.message);
  if (wayKinds.has(error.kind)) {
    return Object.assign(new RushesError('NETWORK_UNAVAILABLE', error.message), { cause: error });
  }
  return new RushesError('SOURCE_UNAVAILABLE', `${host} did not answer as it should.`, {
    detail: error.message,
  });
}
