import { portalErrorStatus } from '../../shared/portal-api/errors.ts';
import type { PasswordFailure, PortalErrorBody, PortalErrorCode } from '../../shared/portal-api/errors.ts';

/** What some codes carry beside their sentence. */
export interface FailureDetails {
  readonly failures?: PasswordFailure[];
  readonly retryAfterMs?: number;
}

/** A refusal that the client is told about by code; everything else that is thrown is a bug and answers INTERNAL. */
export class PortalFailure extends Error {
  readonly code: PortalErrorCode;
  readonly details: FailureDetails;

  constructor(code: PortalErrorCode, message: string, details: FailureDetails = {}) {
    super(message);
    this.name = 'PortalFailure';
    this.code = code;
    this.details = details;
  }
}

/** Builds the answer of a failure: the status that belongs to its code, the closed body, Retry-After where due. */
export function failureResponse(failure: PortalFailure): Response {
  const { failures, retryAfterMs } = failure.details;
  const body: PortalErrorBody = {
    error: {
      code: failure.code,
      message: failure.message,
      ...(failures === undefined ? {} : { failures }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    },
  };
  const headers: Record<string, string> = { 'cache-control': 'no-store' };
  // The header counts whole seconds; rounding up keeps a client that obeys it from coming a moment too early.
  if (retryAfterMs !== undefined)
    headers['retry-after'] = String(Math.max(1, Math.ceil(retryAfterMs / 1000)));
  return Response.json(body, { status: portalErrorStatus[failure.code], headers });
}
