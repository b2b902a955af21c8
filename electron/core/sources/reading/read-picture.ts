import type { Asker } from '../asker.ts';

/** The largest picture that is fetched, in bytes; what is kept of them is bounded alike. */
export const largestPictureBytes = 8 * 1024 * 1024;

/** The bytes of a picture behind an address. */
export async function readPicture(
  ask: Asker,
  picture: { readonly url: string; readonly headers?: Readonly<Record<string, string>> },
  signal: AbortSignal,
): Promise<Uint8Array> {
  const answer = await ask.get({ ...picture, accept: 'image/*', maxBytes: largestPictureBytes, signal });
  return answer.body;
}
