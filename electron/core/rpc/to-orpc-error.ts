import { ORPCError } from '@orpc/server';
import * as z from 'zod';
import { errorCodes, isErrorCode } from '../../../shared/errors/codes.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { diskError } from '../files/disk-error.ts';
import type { Log } from '../ports.ts';

/** Turns what a handler threw into an error of the contract. What nobody expected is a bug: INTERNAL, and the log. */
export function toOrpcError(error: unknown, log: Log): ORPCError<string, unknown> {
  if (error instanceof ORPCError) return isErrorCode(error.code) ? error : fromValidation(error, log);
  if (error instanceof RushesError) return fromRushesError(error);
  if (error instanceof Error && error.name === 'AbortError') {
    return new ORPCError('CANCELLED', {
      status: errorCodes.CANCELLED.status,
      message: 'Cancelled.',
      data: {},
    });
  }
  const ofDisk = diskError(error, 'A file of Rushes could not be read or written.');
  if (ofDisk) return fromRushesError(ofDisk);
  log.error('An unexpected error reached the door.', {
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
  return new ORPCError('INTERNAL', {
    status: errorCodes.INTERNAL.status,
    message: 'Something unexpected went wrong inside Rushes.',
    data: { detail: error instanceof Error ? error.message : String(error) },
  });
}

function fromRushesError(error: RushesError): ORPCError<string, unknown> {
  return new ORPCError(error.code, {
    status: errorCodes[error.code].status,
    message: error.message,
    data: error.facts,
  });
}

const refusedInput = z.object({
  issues: z.array(z.object({ path: z.array(z.unknown()).optional(), message: z.string() })).min(1),
});

/** What does not fit the contract: from the caller it is a matter of usage, from a handler of ours a bug. */
function fromValidation(error: ORPCError<string, unknown>, log: Log): ORPCError<string, unknown> {
  const issue = refusedInput.safeParse(error.data).data?.issues[0];
  if (error.code === 'BAD_REQUEST' && issue) {
    const field = (issue.path ?? []).map(String).join('.');
    return new ORPCError('USAGE', {
      status: errorCodes.USAGE.status,
      message: field === '' ? `${issue.message}.` : `${field}: ${issue.message}.`,
      data: {},
    });
  }
  log.error('A call did not keep to the contract.', {
    code: error.code,
    error: error.cause instanceof Error ? error.cause.message : error.message,
  });
  return new ORPCError('INTERNAL', {
    status: errorCodes.INTERNAL.status,
    message: 'Something unexpected went wrong inside Rushes.',
    data: { detail: error.message },
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
