import { z } from 'zod';

/**
 * Every error code the portal can answer with.
 *
 * The list is closed: a client may switch over it exhaustively. Codes are for programs, `message` is one plain
 * sentence for a log or a developer; the wording a person reads belongs to the client.
 */
export const portalErrorCodes = [
  'BAD_REQUEST',
  'BODY_TOO_LARGE',
  'CURSOR_INVALID',
  'NOT_FOUND',
  'PASSWORD_RULE',
  'CODE_WRONG',
  'CODE_EXPIRED',
  'TOO_MANY_CODES',
  'TOO_MANY_TRIES',
  'CREDENTIALS_WRONG',
  'ACCOUNT_UNVERIFIED',
  'SESSION_ENDED',
  'NOT_RELEASED',
  'WITHDRAWN',
  'LINK_EXPIRED',
  'LINK_INVALID',
  'RANGE_INVALID',
  'INTERNAL',
] as const;

/** One of the closed error codes of the portal. */
export type PortalErrorCode = (typeof portalErrorCodes)[number];

/** HTTP status that goes with each error code; a code never travels with another status. */
export const portalErrorStatus = {
  BAD_REQUEST: 400,
  BODY_TOO_LARGE: 413,
  CURSOR_INVALID: 400,
  NOT_FOUND: 404,
  PASSWORD_RULE: 422,
  CODE_WRONG: 422,
  CODE_EXPIRED: 422,
  TOO_MANY_CODES: 429,
  TOO_MANY_TRIES: 429,
  CREDENTIALS_WRONG: 401,
  ACCOUNT_UNVERIFIED: 403,
  SESSION_ENDED: 401,
  NOT_RELEASED: 403,
  WITHDRAWN: 410,
  LINK_EXPIRED: 403,
  LINK_INVALID: 403,
  RANGE_INVALID: 416,
  INTERNAL: 500,
} as const satisfies Record<PortalErrorCode, number>;

/** Points of the password rule, in the order a person reads them. */
export const passwordFailures = [
  'too-short',
  'too-long',
  'white-space',
  'no-upper',
  'no-lower',
  'no-digit',
  'no-symbol',
  'too-common',
  'contains-email',
] as const;

/** One point of the password rule that a password does not meet. */
export type PasswordFailure = (typeof passwordFailures)[number];

/**
 * The body of every answer that is not a success.
 *
 * `failures` comes only with PASSWORD_RULE; `retryAfterMs` only with TOO_MANY_CODES and TOO_MANY_TRIES, where it says
 * the same as the Retry-After header in milliseconds.
 */
export const portalErrorBodySchema = z
  .object({
    error: z.object({
      code: z.enum(portalErrorCodes),
      message: z.string(),
      failures: z.array(z.enum(passwordFailures)).optional(),
      retryAfterMs: z.number().int().nonnegative().optional(),
    }),
  })
  .meta({ id: 'PortalError' });

/** Parsed form of {@link portalErrorBodySchema}. */
export type PortalErrorBody = z.infer<typeof portalErrorBodySchema>;
