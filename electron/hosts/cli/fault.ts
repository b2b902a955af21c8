import { ORPCError } from '@orpc/server';
import { CommanderError } from 'commander';
import { errorCodes, isErrorCode, type ErrorCode } from '../../../shared/errors/codes.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { wording } from '../../../shared/errors/wording.ts';
import { interruptedError } from './interrupt.ts';

/** A failure as the command line tells it. */
export interface Fault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly detail?: string;
  readonly exit: number;
}

/** What to do, where the advice for the screen does not fit a terminal. */
const ownTodos: Readonly<Partial<Record<ErrorCode, string>>> = {
  NOT_FOUND: 'Check it for slips; "rushes search" and the list commands print the ids.',
  ADDRESS_REFUSED:
    'Use an https address on a public host; "get" and "source add" take --insecure-http and --allow-private for a place you trust.',
};

/** Turns anything that was thrown into the one shape that is printed. */
export function toFault(error: unknown): Fault {
  if (error instanceof CommanderError) return usageFault(error.message);
  if (error instanceof RushesError) return fault(error.code, error.message, error.facts);
  if (error instanceof ORPCError) return ofCall(error);
  if (error instanceof Error && error.name === 'AbortError') return toFault(interruptedError());
  const facts = error instanceof Error ? { detail: error.message } : { detail: String(error) };
  return fault('INTERNAL', 'Something unexpected went wrong inside Rushes.', facts);
}

/** Lines for people: what went wrong, then what to do. */
export function faultLines({ message, hint, detail }: Fault): string[] {
  const technical = detail === undefined || message.includes(detail) ? [] : [`  ${detail}`];
  return [`rushes: ${message}`, ...technical, `  ${hint}`];
}

function ofCall(error: ORPCError<string, unknown>): Fault {
  const { data } = error;
  if (isErrorCode(error.code)) {
    return fault(error.code, error.message, {
      detail: text(field(data, 'detail')),
      hint: text(field(data, 'hint')),
      retryAfterMs: field(data, 'retryAfterMs'),
    });
  }
  const detail = issuesText(data);
  if (error.code === 'BAD_REQUEST') return fault('USAGE', detail ?? error.message, {});
  return fault('INTERNAL', error.message, { detail: error.code });
}

function fault(
  code: ErrorCode,
  message: string,
  facts: { hint?: string | undefined; detail?: string | undefined; retryAfterMs?: unknown },
): Fault {
  const words = wording(code);
  const wait = facts.retryAfterMs;
  const later = typeof wait === 'number' && wait > 0 ? ` Try again in ${Math.ceil(wait / 1000)} s.` : '';
  return {
    code,
    message: message === '' ? words.reason : message,
    hint: (facts.hint ?? ownTodos[code] ?? words.todo) + later,
    ...(facts.detail === undefined ? {} : { detail: facts.detail }),
    exit: errorCodes[code].exit,
  };
}

/** Commander says "error: unknown command 'x'\n(Did you mean y?)"; people get one sentence. */
function usageFault(said: string): Fault {
  const words = said
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .trim();
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  return {
    code: 'USAGE',
    message: /[.?!)]$/.test(sentence) ? sentence : `${sentence}.`,
    hint: 'Run "rushes --help", or a command with --help, to see what it takes.',
    exit: errorCodes.USAGE.exit,
  };
}

/** The issues of a call whose input was refused, as `rating: Too big`. */
function issuesText(data: unknown): string | undefined {
  const issues = field(data, 'issues');
  if (!Array.isArray(issues)) return undefined;
  const lines = issues.map((issue: unknown) => {
    const path = field(issue, 'path');
    const where = Array.isArray(path) && path.length > 0 ? `${path.join('.')}: ` : '';
    return where + (text(field(issue, 'message')) ?? 'not accepted');
  });
  return lines.length === 0 ? undefined : lines.join('; ');
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
