import { stat } from 'node:fs/promises';
import { PortalFailure } from '../portal-failure.ts';
import { parseByteRange } from './byte-range.ts';
import type { ByteRange } from './byte-range.ts';
import { openFileBody } from './file-body.ts';

/** A file to answer with. */
export interface AnsweredFile {
  readonly path: string;
  readonly fileName: string;
  readonly contentType: string;
  /** Strong, quotes included. */
  readonly etag: string;
}

/** The request headers that decide what is sent. */
export interface FileConditions {
  readonly method: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

/** What the sender wants to know and may limit. */
export interface FileAnswerDeps {
  readonly bytesPerSecond: number | undefined;
  readonly onBytes: (bytes: number) => void;
  /** Told the promise of the body's end, just before the body starts. */
  readonly onBody: (ended: Promise<number>) => void;
}

/** Answers a GET or HEAD of a file: whole, one byte range, 304 or 416. */
export async function answerFile(
  file: AnsweredFile,
  conditions: FileConditions,
  deps: FileAnswerDeps,
): Promise<Response> {
  const found = await statFile(file.path);
  const lastModified = new Date(found.mtimeMs).toUTCString();
  const headers = new Headers({
    'accept-ranges': 'bytes',
    'content-type': file.contentType,
    'content-disposition': `attachment; filename="${file.fileName}"`,
    'cache-control': 'private, no-transform',
    etag: file.etag,
    'last-modified': lastModified,
  });
  if (matchesEtag(conditions.ifNoneMatch, file.etag)) return new Response(null, { status: 304, headers });
  const isCurrent =
    conditions.ifRange === undefined ||
    conditions.ifRange === file.etag ||
    conditions.ifRange === lastModified;
  const range: ByteRange = isCurrent ? parseByteRange(conditions.range, found.size) : { kind: 'whole' };
  if (range.kind === 'unsatisfiable') return unsatisfiable(headers, found.size);
  const first = range.kind === 'part' ? range.first : 0;
  const last = range.kind === 'part' ? range.last : found.size - 1;
  const status = range.kind === 'part' ? 206 : 200;
  headers.set('content-length', String(last - first + 1));
  if (status === 206) headers.set('content-range', `bytes ${first}-${last}/${found.size}`);
  if (conditions.method === 'HEAD' || found.size === 0) return new Response(null, { status, headers });
  const ending = Promise.withResolvers<number>();
  const body = await openFileBody(
    { path: file.path, first, last },
    { bytesPerSecond: deps.bytesPerSecond, onBytes: deps.onBytes, onEnd: ending.resolve },
  );
  deps.onBody(ending.promise);
  return new Response(body, { status, headers });
}

/** Tells whether an If-None-Match header names an ETag; the weak form counts, as the standard asks for this header. */
export function matchesEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((candidate) => {
    const plain = candidate.trim().replace(/^W\//, '');
    return plain === '*' || plain === etag;
  });
}

async function statFile(path: string): Promise<{ size: number; mtimeMs: number }> {
  try {
    return await stat(path);
  } catch {
    throw new PortalFailure('NOT_FOUND', 'The file is not there any more.');
  }
}

function unsatisfiable(headers: Headers, sizeBytes: number): Response {
  headers.set('content-range', `bytes */${sizeBytes}`);
  headers.set('content-type', 'application/json');
  headers.delete('content-disposition');
  const error = { code: 'RANGE_INVALID', message: 'The range begins after the end of the file.' };
  return new Response(JSON.stringify({ error }), { status: 416, headers });
}
