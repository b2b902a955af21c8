import type { Download } from '../../shared/contract/downloads.ts';
import type { DownloadReason } from '../../shared/domain/download-reason.ts';
import type { RenditionLink } from '../../electron/core/downloads/rendition-link.ts';
import { seededBody, type SeededBody } from './fault-body.ts';
import type { Rig, RigOptions } from './fault-rig.ts';
import type { Behaviour, FaultServer, FaultServerOptions, SeenRequest } from './fault-server.ts';

const kibibyte = 1024;

/** The length of a piece in these tests. */
export const pieceBytes = 64 * kibibyte;
/** The file that an honest server gives, in ten pieces. */
export const body = seededBody(600 * kibibyte, 1);
/** Another of the same length, one that is longer, and a small one. */
export const other = seededBody(600 * kibibyte, 2);
export const longer = seededBody(700 * kibibyte, 3);
export const small = seededBody(10 * kibibyte, 4);
export const lastModified = 'Sun, 01 Feb 2026 10:00:00 GMT';
export const honest: Behaviour = { body, etag: '"v1"', lastModified };

/** Where a case takes place. */
export interface Scene {
  readonly connections: number;
  readonly resumed: boolean;
  /** The server that the download was begun with, and a second origin. */
  readonly url: string;
  readonly elsewhere: string;
}

/** How a case is to end. */
export type End =
  | {
      readonly state: 'complete';
      readonly file: SeededBody;
      readonly verified: 'hash' | 'size' | 'none';
    }
  | {
      readonly state: 'failed' | 'waiting';
      readonly code: DownloadReason;
      /** What becomes of the bytes of before: still good, put aside, or gone. */
      readonly keeps: 'bytes' | 'aside' | 'nothing';
    };

/** One behaviour of a server. Every number of the list has one case at least. */
export interface FaultCase {
  readonly no: number;
  readonly name: string;
  readonly behave: (scene: Scene) => (request: SeenRequest) => Behaviour;
  readonly end: End | { readonly fresh: End; readonly resumed: End };
  /** Another end that is as right, where chance decides. */
  readonly or?: End;
  /** How the server behaved while the first part was fetched; honest unless told. */
  readonly before?: Behaviour;
  /** How much is here already when the misbehaviour begins. */
  readonly begun?: 'some' | 'all';
  /** What the server at the other origin does; honest unless told. */
  readonly elsewhere?: Behaviour;
  /** The hash that the source promises; of the file at the end unless told, null for none. */
  readonly promised?: SeededBody | null;
  /** Most body bytes sent beyond those that were missing; none unless told. Not bounded where whole answers are let go. */
  readonly waste?: number;
  /** Most requests, of all connections together. */
  readonly requests?: number;
  /** Given instead of a plain address, and asked again when a link is refused. */
  readonly link?: (scene: Scene, renewals: number) => Partial<RenditionLink>;
  readonly rig?: Omit<RigOptions, 'home' | 'connections'>;
  readonly server?: FaultServerOptions;
  /** What else the server is from the misbehaviour on. */
  readonly becomes?: FaultServerOptions;
  /** What the case is about, where its end does not show it. */
  readonly shows?: (seen: Seen) => boolean;
}

/** What was to be seen from outside. */
export interface Seen {
  readonly scene: Scene;
  readonly download: Download;
  readonly rig: Rig;
  /** Since the misbehaviour began. */
  readonly requests: readonly SeenRequest[];
  readonly sentBytes: number;
  readonly elsewhere: FaultServer;
  readonly server: FaultServer;
  readonly renewals: number;
  /** What was here when the misbehaviour began. */
  readonly keptBytes: number;
}

/** Ends. */
export const complete = (file: SeededBody = body, verified: 'hash' | 'size' | 'none' = 'hash'): End => ({
  state: 'complete',
  file,
  verified,
});
export const failed = (code: DownloadReason, keeps: 'bytes' | 'aside' | 'nothing' = 'bytes'): End => ({
  state: 'failed',
  code,
  keeps,
});
export const waits = (code: DownloadReason): End => ({ state: 'waiting', code, keeps: 'bytes' });

/** For servers that keep silent. Whoever answers late by this has been asked twice: waste is not bounded then. */
export const impatient = { timeouts: { headMs: 300, idleMs: 200 } };

/** How a case is to end in this scene. */
export function endOf({ end }: Pick<FaultCase, 'end'>, resumed: boolean): End {
  if (!('fresh' in end)) return end;
  return resumed ? end.resumed : end.fresh;
}

/** An answer as text, head and all, with the headers of an honest one where none are given. */
export function rawAnswer(request: SeenRequest, headers: readonly string[], text = ''): string {
  const { range } = request;
  const place = range
    ? [`Content-Range: bytes ${range.first}-${Math.min(range.last, body.sizeBytes - 1)}/${body.sizeBytes}`]
    : [];
  const lines = [`HTTP/1.1 ${range ? 206 : 200} Raw`, 'ETag: "v1"', ...place, ...headers];
  return `${lines.join('\r\n')}\r\n\r\n${text}`;
}

/** Whether a request is for the beginning of the file. */
export function isFirst(request: SeenRequest): boolean {
  return (request.range?.first ?? 0) === 0;
}
