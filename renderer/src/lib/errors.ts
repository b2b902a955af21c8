import { ORPCError } from '@orpc/client';
import { isErrorCode, type ErrorCode } from '../../../shared/errors/codes.ts';
import { wording } from '../../../shared/errors/wording.ts';

/** An error as a person reads it. */
export interface DescribedError {
  readonly code: ErrorCode;
  readonly title: string;
  readonly whatToDo: string;
  /** The technical side, for a report; null when there is nothing to add. */
  readonly detail: string | null;
  readonly retryAfterMs: number | null;
}

function fact(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;
}

/** The closed code of anything that was thrown; what has none is INTERNAL. */
export function errorCode(error: unknown): ErrorCode {
  if (error instanceof ORPCError && isErrorCode(error.code)) return error.code;
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') return 'USAGE';
  // What the page itself cancels is not described; a stream that aborts otherwise has lost its connection.
  if (error instanceof Error && error.name === 'AbortError') return 'CORE_UNAVAILABLE';
  return 'INTERNAL';
}

/** Words for anything that was thrown. The core's own hint goes before the general advice. */
export function describeError(error: unknown): DescribedError {
  const code = errorCode(error);
  const words = wording(code);
  const data = error instanceof ORPCError ? error.data : undefined;
  const detail = fact(data, 'detail');
  const hint = fact(data, 'hint');
  const retryAfterMs = fact(data, 'retryAfterMs');
  const message = error instanceof Error && error.message !== '' ? error.message : null;
  return {
    code,
    // Of wrong input the core says in a sentence what is wrong with it; the general words would hide that.
    title: code === 'USAGE' && message !== null ? message : words.reason,
    whatToDo: typeof hint === 'string' && hint !== '' ? hint : words.todo,
    detail: typeof detail === 'string' && detail !== '' ? detail : message,
    retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : null,
  };
}
