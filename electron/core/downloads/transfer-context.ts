import type { PartFile } from '../files/part-file.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { Known } from './check-response.ts';
import type { Journal } from './journal.ts';
import type { LinkKeeper } from './link-keeper.ts';
import type { Timeouts } from './open-link.ts';
import type { Pace } from './pace.ts';
import type { RemoteIdentity } from './remote-identity.ts';
import type { RenditionLink } from './rendition-link.ts';

/** What all requests of one attempt share. */
export interface Line {
  readonly http: HttpClient;
  readonly links: LinkKeeper;
  readonly timeouts: Timeouts;
  readonly pace: Pace;
  /** Longest first pause between two tries on one connection, in milliseconds. */
  readonly pauseMs: number;
  readonly random: () => number;
  readonly nowMs: () => number;
  readonly expectsHtml: boolean;
  /** Turned off when the server answers every If-Range with the whole file. */
  readonly conditions: { wanted: boolean };
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
  return { identity, promisedBytes: null, expectsHtml: line.expectsHtml };
}
