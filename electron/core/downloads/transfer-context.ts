import type { PartFile } from '../files/part-file.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { Known } from './check-response.ts';
import type { Journal } from './journal.ts';
import type { Learnt } from './learnt.ts';
import type { LinkKeeper } from './link-keeper.ts';
import type { Timeouts } from './open-link.ts';
import type { Pace } from './pace.ts';
import type { RemoteIdentity } from './remote-identity.ts';
import type { RenditionLink } from './rendition-link.ts';

/** How a request that held a slot went, from which its host's limit is learnt. */
export type SlotEnd =
  /** Answered, whatever the answer was worth; or let go by us. */
  | 'fine'
  /** The host said that it is too much: 429, 503, or no connection at all. */
  | 'refused'
  /** The connection was reset, or fell silent, before the body was whole. */
  | 'broken'
  /** Its certificate is not believed. */
  | 'distrusted';

/** Connections to a host are counted: one slot is held from just before a request until its body has ended. */
export interface HostSlots {
  /**
   * Waits for a free slot. `host` is the host with its port, as in a URL.
   *
   * @throws RestingFault while the host is left alone; the signal's reason when it aborts.
   */
  take(host: string, signal: AbortSignal): Promise<HostSlot>;
}

/** One connection's leave to be. */
export interface HostSlot {
  /** The host gives the file: a refusal of another connection meanwhile is its limit and no illness. */
  serves(): void;
  /** Gives it back; only the first call counts. `retryAfterMs` is what the host asked for, if it did. */
  release(how: SlotEnd, retryAfterMs?: number | null): void;
}

/** Slots without end, for where nothing is counted. */
export const unlimitedSlots: HostSlots = {
  take: () => Promise.resolve({ serves: () => undefined, release: () => undefined }),
};

/** What all requests of one attempt share. */
export interface Line {
  readonly http: HttpClient;
  readonly links: LinkKeeper;
  readonly timeouts: Timeouts;
  readonly pace: Pace;
  readonly slots: HostSlots;
  /** Longest first pause between two tries on one connection, in milliseconds. */
  readonly pauseMs: number;
  readonly random: () => number;
  readonly nowMs: () => number;
  readonly expectsHtml: boolean;
  readonly learnt: Learnt;
  /** Told every byte that was written, and from which host. */
  readonly onBytes: (count: number) => void;
  readonly onHost: (host: string) => void;
  /** Whether a newly resolved link still promises the same file. */
  readonly isSameFile: (link: RenditionLink) => boolean;
}

/** A partial file with its journal and what it is a copy of. */
export interface Target {
  readonly part: PartFile;
  readonly journal: Journal;
  readonly identity: RemoteIdentity;
}

/** What the checks know once the first response has fixed the identity. */
export function knownOf(line: Line, identity: RemoteIdentity): Known {
  const compared = line.learnt.validatorsVary ? { ...identity, etag: null, lastModified: null } : identity;
  return { identity: compared, promisedBytes: null, expectsHtml: line.expectsHtml };
}
