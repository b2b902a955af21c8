import type { HttpFault } from './http-client.ts';

/** A run of the file as it was written: told while it grows and a last time when it is whole. */
export interface WrittenRun {
  readonly start: number;
  readonly length: number;
  /** Of these bytes as they were received, 16 hexadecimal digits. */
  readonly xxh64: string;
}

/** Where the transport is to write a body itself. */
export interface SaveTo {
  /** An open file, as a number of the operating system; it has to stay open until the saving has ended. */
  readonly file: number;
  readonly start: number;
  /** The first byte that may not be written. */
  readonly end: number;
  /** A new run begins after this many bytes. */
  readonly runBytes: number;
  /**
   * What lies in the file by now (not yet on the disk), with its hash. While a promise that it returns is pending,
   * nothing more is read.
   */
  readonly onWrote: (runs: readonly WrittenRun[]) => Promise<void> | null;
  /** Aborted, it stops at a byte; all that was written is told before it ends. */
  readonly signal: AbortSignal;
}

/** How far a saved body went. */
export interface Saved {
  /** The first byte that is not there. */
  readonly at: number;
  /** What ended it before its time, if anything did. */
  readonly fault: HttpFault | null;
}
