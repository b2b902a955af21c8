import { ORPCError } from '@orpc/server';
import { errorCodes } from '../../../shared/errors/codes.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Log } from '../ports.ts';

/** Turns what a handler threw into an error of the contract. What nobody expected is a bug: INTERNAL, and the log. */
export function toOrpcError(error: unknown, log: Log): ORPCError<string, unknown> {
  if (error instanceof ORPCError) return error;
  if (error instanceof RushesError) {
    return new ORPCError(error.code, {
      status: errorCodes[error.code].status,
      message: error.message,
      data: error.facts,
    });
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return new ORPCError('CANCELLED', {
      status: errorCodes.CANCELLED.status,
      message: 'Cancelled.',
      data: {},
    });
  }
  log.error('An unexpected error reached the door.', {
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
  return new ORPCError('INTERNAL', {
    status: errorCodes.INTERNAL.status,
    message: 'Something unexpected went wrong inside Rushes.',
    data: { detail: error instanceof Error ? error.message : String(error) },
  });
}

/** The same for a stream, whose errors come after the handler has returned. */
export async function* withOrpcErrors<T>(steps: AsyncGenerator<T, void>, log: Log): AsyncGenerator<T, void> {
  try {
    yield* steps;
  } catch (error) {
    throw toOrpcError(error, log);
  }
}
