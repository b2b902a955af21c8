import type * as z from 'zod';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { ErrorCode } from '../../../../shared/errors/codes.ts';
import {
  portalErrorBodySchema,
  type PortalErrorBody,
  type PortalErrorCode,
} from '../../../../shared/portal-api/errors.ts';
import { evidenceOf } from '../asker.ts';
import { parseJson } from '../reading/read-json.ts';
import { HttpFault, type AddressPolicy, type HttpClient, type HttpResponse } from '../../http/http-client.ts';

/** The largest JSON answer that is read, in bytes: a page of a hundred assets with long texts is well below. */
const largestAnswerBytes = 16 * 1024 * 1024;

/** A call to a portal. */
export interface PortalCall<T> {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
  readonly token?: string | null;
  /** The shape of the answer; null where none is wanted. */
  readonly answer: z.ZodType<T> | null;
  readonly signal?: AbortSignal;
}

/** Our own code for each of the portal's. What cannot happen to a well-behaved client reads as "unavailable". */
const codes: Record<PortalErrorCode, ErrorCode> = {
  BAD_REQUEST: 'USAGE',
  BODY_TOO_LARGE: 'USAGE',
  CURSOR_INVALID: 'CONFLICT',
  NOT_FOUND: 'NOT_FOUND',
  PASSWORD_RULE: 'PASSWORD_RULE',
  CODE_WRONG: 'CODE_WRONG',
  CODE_EXPIRED: 'CODE_EXPIRED',
  TOO_MANY_CODES: 'TOO_MANY_TRIES',
  TOO_MANY_TRIES: 'TOO_MANY_TRIES',
  CREDENTIALS_WRONG: 'CREDENTIALS_WRONG',
  ACCOUNT_UNVERIFIED: 'ACCOUNT_UNVERIFIED',
  SESSION_ENDED: 'SIGN_IN_NEEDED',
  NOT_RELEASED: 'NOT_RELEASED',
  WITHDRAWN: 'WITHDRAWN',
  LINK_EXPIRED: 'SOURCE_UNAVAILABLE',
  LINK_INVALID: 'SOURCE_UNAVAILABLE',
  RANGE_INVALID: 'SOURCE_UNAVAILABLE',
  INTERNAL: 'SOURCE_UNAVAILABLE',
};

/** Speaks a portal's JSON. One client a portal address. */
export interface PortalClient {
  readonly baseUrl: string;
  readonly policy: AddressPolicy;
  /** @throws RushesError with the code of the portal's own error, SOURCE_UNAVAILABLE or NETWORK_UNAVAILABLE. */
  call<T>(call: PortalCall<T>): Promise<T>;
}

/** Builds the client of one portal address. */
export function createPortalClient(deps: {
  http: HttpClient;
  baseUrl: string;
  policy: AddressPolicy;
}): PortalClient {
  const { http, baseUrl, policy } = deps;
  const send = async (call: PortalCall<unknown>): Promise<HttpResponse> => {
    try {
      return await http.request({
        url: baseUrl + call.path,
        method: call.method,
        policy,
        headers: {
          accept: 'application/json',
          ...(call.token ? { authorization: `Bearer ${call.token}` } : {}),
        },
        ...(call.body === undefined ? {} : { json: call.body }),
        ...(call.signal ? { signal: call.signal } : {}),
      });
    } catch (error) {
      throw fromFault(error, baseUrl);
    }
  };
  return {
    baseUrl,
    policy,
    call: async <T>(call: PortalCall<T>): Promise<T> => {
      const response = await send(call);
      if (response.status >= 200 && response.status < 300) return readAnswer(response, call, baseUrl);
      throw await readError(response, baseUrl);
    },
  };
}

async function readAnswer<T>(response: HttpResponse, call: PortalCall<T>, baseUrl: string): Promise<T> {
  if (!call.answer) {
    await response.discard();
    return undefined as T;
  }
  const body = await response.bytes(largestAnswerBytes).catch((error: unknown) => {
    throw fromFault(error, baseUrl);
  });
  const json = parseJson(new TextDecoder().decode(body));
  if (json === null) {
    const contentType = response.headers['content-type'] ?? null;
    throw new RushesError('SOURCE_CHANGED', `${baseUrl} did not answer as a portal does.`, {
      detail: evidenceOf({ status: response.status, contentType, body }),
    });
  }
  const parsed = call.answer.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new RushesError('SOURCE_CHANGED', `${baseUrl} answered something else than the portal's contract.`, {
    detail: `${call.method} ${call.path}: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}`,
  });
}

/** An error page in HTML, a proxy's answer, a maintenance note: all of it is "source unavailable", never "empty". */
async function readError(response: HttpResponse, baseUrl: string): Promise<RushesError> {
  const body = await response.bytes(64 * 1024).catch(() => new Uint8Array());
  const contentType = response.headers['content-type'] ?? null;
  return (
    readPortalRefusal({ body }) ??
    new RushesError('SOURCE_UNAVAILABLE', `${baseUrl} answered with status ${response.status}.`, {
      detail: evidenceOf({ status: response.status, contentType, body }),
    })
  );
}

/** The portal's own words for an error; null when the answer is none of a portal. */
export function readPortalRefusal(refusal: { readonly body: Uint8Array }): RushesError | null {
  const parsed = portalErrorBodySchema.safeParse(parseJson(new TextDecoder().decode(refusal.body)));
  return parsed.success ? fromPortalError(parsed.data) : null;
}

function fromPortalError({ error }: PortalErrorBody): RushesError {
  const detail = error.failures?.join(', ');
  return new RushesError(codes[error.code], error.message, {
    ...(detail ? { detail } : {}),
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
  });
}

const wayKinds: ReadonlySet<string> = new Set(['proxy-sign-in', 'proxy-unreachable', 'offline', 'clock']);

function fromFault(error: unknown, baseUrl: string): unknown {
  if (!(error instanceof HttpFault)) return error;
  if (error.kind === 'cancelled') return new RushesError('CANCELLED', 'Cancelled.');
  if (error.kind === 'refused-address') return new RushesError('ADDRESS_REFUSED', error.message);
  // What is wrong on the way is said as it is: the source is not to blame.
  if (wayKinds.has(error.kind)) {
    return Object.assign(new RushesError('NETWORK_UNAVAILABLE', error.message), { cause: error });
  }
  const unreachable =
    error.kind === 'unreachable' || error.kind === 'timeout' || error.kind === 'disconnected';
  return new RushesError(
    unreachable ? 'NETWORK_UNAVAILABLE' : 'SOURCE_UNAVAILABLE',
    unreachable ? `${baseUrl} cannot be reached.` : `${baseUrl} did not answer as a portal does.`,
    { detail: error.message },
  );
}
