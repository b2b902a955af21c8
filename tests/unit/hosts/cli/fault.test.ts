import { ORPCError } from '@orpc/server';
import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { faultLines, toFault } from '../../../../electron/hosts/cli/fault.ts';
import { errorCodes, type ErrorCode } from '../../../../shared/errors/codes.ts';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';

describe('a failure as the command line tells it', () => {
  it.each(Object.keys(errorCodes) as ErrorCode[])('has an exit code and advice for %s', (code) => {
    const direct = toFault(new RushesError(code, 'It failed.'));
    const called = toFault(new ORPCError(code, { message: 'It failed.', data: {} }));
    expect(direct).toEqual(called);
    expect(direct).toMatchObject({ code, message: 'It failed.', exit: errorCodes[code].exit });
    expect(direct.hint).not.toBe('');
  });

  it('prefers the hint of the error, and says when to try again', () => {
    const error = new RushesError('TOO_MANY_TRIES', 'Too many.', { hint: 'Rest.', retryAfterMs: 4200 });
    expect(toFault(error).hint).toBe('Rest. Try again in 5 s.');
  });

  it('turns what the command line parser says into one sentence', () => {
    const said = "error: unknown command 'serch'\n(Did you mean search?)";
    const fault = toFault(new CommanderError(1, 'commander.unknownCommand', said));
    expect(fault).toMatchObject({
      code: 'USAGE',
      exit: 2,
      message: "Unknown command 'serch' (Did you mean search?)",
    });
  });

  it('names the fields of input that a call refused', () => {
    const data = {
      issues: [
        { path: ['rating'], message: 'Too big' },
        { path: [], message: 'Odd' },
      ],
    };
    const fault = toFault(new ORPCError('BAD_REQUEST', { message: 'Input validation failed', data }));
    expect(fault).toMatchObject({ code: 'USAGE', exit: 2, message: 'rating: Too big; Odd' });
  });

  it('tells a bug as INTERNAL with its text as the detail', () => {
    const fault = toFault(new TypeError('x is not a function'));
    expect(fault).toMatchObject({ code: 'INTERNAL', exit: 1, detail: 'x is not a function' });
    expect(faultLines(fault)).toContain('  x is not a function');
  });

  it('tells an abort as an interruption', () => {
    expect(toFault(new DOMException('stop', 'AbortError'))).toMatchObject({ code: 'CANCELLED', exit: 130 });
  });
});
