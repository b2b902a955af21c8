import type { ErrorCode } from './codes.ts';

/** What an error carries beside its code: facts for the reader, never secrets. */
export interface ErrorFacts {
  /** The technical detail: what was tried and what came back. */
  readonly detail?: string;
  /** What the user can do about it, when that is more than the code already says. */
  readonly hint?: string;
  /** When it makes sense to try again, in milliseconds from now. */
  readonly retryAfterMs?: number;
}

/** An expected failure with a closed code. Anything else that is thrown is a bug and becomes INTERNAL. */
export class RushesError extends Error {
  override readonly name = 'RushesError';
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(message);
    this.code = code;
    this.facts = facts;
  }
}
