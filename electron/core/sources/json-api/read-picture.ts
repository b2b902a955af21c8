import type { Asker } from '../asker.ts';

/** The largest picture that is fetched, in bytes. */
const largestPictureBytes = 4 * 1024 * 1024;

/** The bytes of a picture behind a public address. */
export async function readPicture(ask: Asker, url: string, signal: AbortSignal): Promise<Uint8Array> {
  const answer = await ask.get({ url, accept: 'image/*', maxBytes: largestPictureBytes, signal });
  return answer.body;
}
