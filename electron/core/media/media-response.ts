import { open } from 'node:fs/promises';
import { readRange } from './range-header.ts';

/** A file to serve, found by an opaque id before. */
export interface ServedFile {
  readonly path: string;
  readonly contentType: string;
}

type OpenFile = Awaited<ReturnType<typeof open>>;

/** Bytes read at once: what a player swallows without a pause, and little to hold for each open request. */
const chunkBytes = 256 * 1024;

/** Answers a request for a file, whole or one range of it. The file is closed when the answer is read or given up. */
export async function serveFile(request: Request, served: ServedFile): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return refusal(405, { allow: 'GET, HEAD' });
  }
  const file = await open(served.path, 'r').catch(() => null);
  if (file === null) return refusal(404);
  let handedOver = false;
  try {
    const stat = await file.stat();
    if (!stat.isFile()) return refusal(404);
    const etag = `"${stat.size.toString(36)}-${Math.floor(stat.mtimeMs).toString(36)}"`;
    const headers = fileHeaders(served.contentType, etag);
    if (matches(request.headers.get('if-none-match'), etag))
      return new Response(null, { status: 304, headers });
    const range = readRange(askedRange(request, etag), stat.size);
    if (range.kind === 'unsatisfiable') {
      return refusal(416, { 'content-range': `bytes */${stat.size}` });
    }
    const start = range.kind === 'part' ? range.start : 0;
    const length = range.kind === 'part' ? range.end - range.start + 1 : stat.size;
    headers.set('content-length', String(length));
    if (range.kind === 'part') headers.set('content-range', `bytes ${start}-${range.end}/${stat.size}`);
    const status = range.kind === 'part' ? 206 : 200;
    if (request.method === 'HEAD' || length === 0) return new Response(null, { status, headers });
    handedOver = true;
    return new Response(streamOf(file, start, length), { status, headers });
  } finally {
    if (!handedOver) await file.close();
  }
}

function fileHeaders(contentType: string, etag: string): Headers {
  return new Headers({
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=0, must-revalidate',
    'content-type': contentType,
    'x-content-type-options': 'nosniff',
    etag,
  });
}

function refusal(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers: { 'x-content-type-options': 'nosniff', ...headers } });
}

/** The Range header, unless If-Range names another state of the file than the one that lies there. */
function askedRange(request: Request, etag: string): string | null {
  const condition = request.headers.get('if-range');
  return condition === null || condition === etag ? request.headers.get('range') : null;
}

function matches(ifNoneMatch: string | null, etag: string): boolean {
  return (ifNoneMatch ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

/** Reads only when the reader asks for more. A file that has become shorter fails the answer instead of ending it early. */
function streamOf(file: OpenFile, start: number, length: number): ReadableStream<Uint8Array> {
  let position = start;
  const end = start + length;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const buffer = new Uint8Array(Math.min(chunkBytes, end - position));
        const { bytesRead } = await file
          .read(buffer, 0, buffer.length, position)
          .catch(async (error: unknown) => {
            await file.close();
            throw error;
          });
        if (bytesRead === 0) {
          await file.close();
          controller.error(new Error('the file became shorter while it was read'));
          return;
        }
        position += bytesRead;
        controller.enqueue(buffer.subarray(0, bytesRead));
        if (position < end) return;
        await file.close();
        controller.close();
      },
      async cancel() {
        await file.close();
      },
    },
    { highWaterMark: 0 },
  );
}
