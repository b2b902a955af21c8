import { desktopPageHeaders } from '../hosts/desktop/page-headers.ts';
import type { PageFile } from '../hosts/serve/static-files.ts';
import { builtPageUrl } from './app-origin.ts';

/**
 * Answers a request for a file of the page: what was built, by its exact path, and nothing else.
 *
 * The path is looked up among the files read at the start and never reaches the disk.
 */
export function answerPage(request: Request, files: ReadonlyMap<string, PageFile>): Response {
  const file = findPageFile(request.url, files);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
  if (file === null) return refusal(404);
  const body = request.method === 'GET' ? file.bytes : null;
  return new Response(body, { status: 200, headers: desktopPageHeaders(file.contentType) });
}

/** Finds the built file that an address names exactly; null for every other address. */
export function findPageFile(address: string, files: ReadonlyMap<string, PageFile>): PageFile | null {
  const url = URL.parse(address);
  const own = new URL(builtPageUrl);
  if (url?.protocol !== own.protocol || url.host !== own.host) return null;
  if (url.username !== '' || url.password !== '') return null;
  return files.get(url.pathname === '/' ? '/index.html' : url.pathname) ?? null;
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: desktopPageHeaders('text/plain; charset=utf-8') });
}
