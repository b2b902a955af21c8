/**
 * Every way a call can fail, as one closed list. A code is stable: doors, scripts and tests rely on it.
 *
 * `exit` is the command line's exit code for it, `status` the HTTP status used on the wire.
 */
export const errorCodes = {
  USAGE: { exit: 2, status: 400 },
  NOT_FOUND: { exit: 1, status: 404 },
  CONFLICT: { exit: 1, status: 409 },
  SIGN_IN_NEEDED: { exit: 3, status: 401 },
  CREDENTIALS_WRONG: { exit: 3, status: 401 },
  ACCOUNT_UNVERIFIED: { exit: 3, status: 403 },
  CODE_WRONG: { exit: 1, status: 400 },
  CODE_EXPIRED: { exit: 1, status: 400 },
  PASSWORD_RULE: { exit: 2, status: 400 },
  TOO_MANY_TRIES: { exit: 1, status: 429 },
  NOT_RELEASED: { exit: 1, status: 403 },
  WITHDRAWN: { exit: 1, status: 410 },
  SOURCE_UNAVAILABLE: { exit: 4, status: 502 },
  SOURCE_CHANGED: { exit: 4, status: 502 },
  KEY_NEEDED: { exit: 3, status: 401 },
  SOURCE_UNKNOWN_KIND: { exit: 4, status: 422 },
  NETWORK_UNAVAILABLE: { exit: 4, status: 503 },
  ADDRESS_REFUSED: { exit: 2, status: 400 },
  DISK_FULL: { exit: 5, status: 507 },
  DISK_ERROR: { exit: 5, status: 500 },
  INTEGRITY: { exit: 6, status: 500 },
  HOME_IN_USE: { exit: 1, status: 409 },
  DATABASE_NEWER: { exit: 1, status: 409 },
  DATABASE_DAMAGED: { exit: 6, status: 500 },
  MEDIA_FAILED: { exit: 1, status: 422 },
  CORE_UNAVAILABLE: { exit: 1, status: 503 },
  CANCELLED: { exit: 130, status: 499 },
  INTERNAL: { exit: 1, status: 500 },
} as const satisfies Record<string, { exit: number; status: number }>;

/** One of the closed list of error codes. */
export type ErrorCode = keyof typeof errorCodes;

/** Whether a string is one of the closed codes. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorCodes, value);
}
