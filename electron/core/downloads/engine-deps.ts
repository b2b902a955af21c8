import type { Clock, Log } from '../ports.ts';
import type { FollowThread } from '../files/follow-file.ts';
import type { PieceHash } from '../files/piece-hash.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { DownloadRow } from './download-row.ts';
import type { DownloadsRepo } from './downloads-repo.ts';
import type { FlushRule } from './journal.ts';
import type { Timeouts } from './open-link.ts';
import type { PieceSize } from './plan-pieces.ts';
import type { SpeedFloorRule } from './speed-floor.ts';
import type { RenditionLink } from './rendition-link.ts';
import type { Traffic } from './traffic/traffic.ts';

/** Gets a fresh link. Fails with a RushesError whose code says what is missing. */
export type ResolveLink = (
  download: DownloadRow,
  context: { readonly signal: AbortSignal; readonly previous?: RenditionLink },
) => Promise<RenditionLink>;

/** What is learnt about a finished file on the way out. */
export interface FinishedFile {
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** The numbers of the engine. Tests shorten them. */
export interface EngineTuning {
  readonly pieceSize: PieceSize;
  /** At most so many pieces are asked for in one request. */
  readonly piecesAtOnce: number;
  readonly flush: FlushRule;
  readonly timeouts: Timeouts;
  readonly floor: SpeedFloorRule;
  /** A body whose length nobody tells is given up after this many bytes. */
  readonly mostUntoldBytes: number;
  /** Longest first pause between two tries on one connection, in milliseconds. */
  readonly pauseMs: number;
  /** Factor on every delay between attempts; 1 but in tests. */
  readonly delayFactor: number;
  /** How often the queue is looked after: schedule, room, network, deadlines. In milliseconds. */
  readonly tickMs: number;
  readonly random: () => number;
}

/** What the engine needs. */
export interface EngineDeps {
  readonly repo: DownloadsRepo;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly log: Log;
  readonly tuning: EngineTuning;
  readonly hashWorkerUrl: URL;
  readonly followThread: FollowThread;
  readonly pieceHash: PieceHash;
  readonly resolve: ResolveLink;
  readonly connections: () => number;
  /** What all downloads share. */
  readonly traffic: Traffic;
  /** Bytes of a folder's volume that are left free; null: by its size. */
  readonly keepFreeBytes: () => number | null;
  /** The file is in place and the row complete; returns the clip it became. Called again at the next start if it failed. */
  readonly onComplete: (download: DownloadRow, file: FinishedFile) => Promise<string | null>;
  /** The name of a plain address's file, made of the one that its server suggests. */
  readonly nameOf: (download: DownloadRow, suggested: string) => string;
  /** Test seam: called at named points between two durable steps. */
  readonly checkpoint: (name: Checkpoint) => void | Promise<void>;
}

/** The points between two durable steps, in their order. */
export type Checkpoint =
  | 'identity-fixed'
  | 'part-created'
  | 'fetched'
  | 'verified'
  | 'before-publish'
  | 'intended'
  | 'after-publish'
  | 'after-commit';
