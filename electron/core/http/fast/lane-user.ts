import type { ParsedHead } from './response-head.ts';

/** How a lane's work on a request ended without all its bytes. */
export type LaneEnd =
  /** No connection came about. */
  | { readonly kind: 'unconnected'; readonly error: Error | null }
  | { readonly kind: 'refused'; readonly why: string }
  /** The connection broke; `answered` tells whether a byte of an answer had come. */
  | { readonly kind: 'lost'; readonly error: Error | null; readonly answered: boolean }
  | { readonly kind: 'silent' }
  /** The file could not be written. */
  | { readonly kind: 'unwritten'; readonly error: unknown };

/** Takes a body as it comes. */
export interface BodyTaker {
  /** Has taken what it wants of these bytes when it returns; they do not last. */
  write(bytes: Uint8Array): void;
  /** It wants no more. */
  isFull(): boolean;
  /** It wants nothing more until it is told to go on. */
  readonly isOneByOne: boolean;
}

/** Who sent the request, and is told what comes of it. */
export interface LaneUser {
  onHead(head: ParsedHead): void;
  /** All that was wanted of the body has come. */
  onDone(): void;
  onEnd(end: LaneEnd): void;
}
