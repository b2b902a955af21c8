import type { AddressPolicy, HttpFaultKind } from '../http-client.ts';
import type { WrittenRun } from '../save-to.ts';

/** Where a connection leads, in full: two requests share connections only when all of it is the same. */
export interface LaneTarget {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly policy: AddressPolicy;
  /** Which certificates it was proven against. */
  readonly trustGeneration: number;
}

/** What ended a body before its time. */
export type SaveFault =
  | { readonly of: 'line'; readonly kind: HttpFaultKind; readonly message: string }
  | { readonly of: 'file'; readonly code: string; readonly errno: number };

/** What the transfer thread is told. `id` is the request's, never used twice. */
export type ToTransfer =
  /** To be answered by `alive`: a thread that does not is ended. */
  | { readonly kind: 'ping' }
  | { readonly kind: 'trust'; readonly generation: number; readonly authorities: readonly string[] }
  | {
      readonly kind: 'ask';
      readonly id: number;
      readonly target: LaneTarget;
      /** The request as it goes over the wire. */
      readonly text: string;
      readonly connectTimeoutMs: number;
      readonly headTimeoutMs: number;
      readonly idleTimeoutMs: number;
    }
  | {
      readonly kind: 'save';
      readonly id: number;
      /** Stays open until `ended` has been told. */
      readonly file: number;
      readonly start: number;
      readonly end: number;
      readonly runBytes: number;
    }
  /** The body is to be told, a chunk at a time: after each it waits for `go-on`. */
  | { readonly kind: 'read'; readonly id: number }
  /** The body is not wanted. */
  | { readonly kind: 'let-go'; readonly id: number }
  /** Ends a request wherever it is; a body being saved still tells `ended`. */
  | { readonly kind: 'stop'; readonly id: number }
  | { readonly kind: 'hold'; readonly id: number }
  | { readonly kind: 'go-on'; readonly id: number };

/** What the transfer thread tells. After `head` nothing comes until it is told what to do with the body. */
export type FromTransfer =
  | { readonly kind: 'alive' }
  | {
      readonly kind: 'head';
      readonly id: number;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly bodyBytes: number | null;
    }
  /** The answer is not understood by the strict parser; ask by the plain client. */
  | { readonly kind: 'refused'; readonly id: number; readonly why: string }
  /** No connection came about and nothing was sent; the plain client tells why. */
  | { readonly kind: 'unconnected'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly fault: HttpFaultKind; readonly message: string }
  | { readonly kind: 'wrote'; readonly id: number; readonly runs: readonly WrittenRun[] }
  | { readonly kind: 'bytes'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly kind: 'ended'; readonly id: number; readonly at: number; readonly fault: SaveFault | null };
