import { serveFile } from '../../core/media/media-response.ts';
import type { Ask } from './exchange.ts';
import type { CoreQuestions } from './messages.ts';

/**
 * Answers a request for a picture or a video: the core says which file it is, the bytes are read here.
 *
 * 503 while no core answers, so that the page may try again.
 */
export async function serveMedia(
  request: Request,
  pathname: string,
  ask: Ask<CoreQuestions>,
): Promise<Response> {
  try {
    const found = await ask('findMedia', pathname);
    return found === null ? new Response(null, { status: 404 }) : await serveFile(request, found);
  } catch {
    return new Response(null, { status: 503 });
  }
}
