import { open } from 'node:fs/promises';
import { MediaFault } from './media-fault.ts';

/**
 * Refuses a file that begins as text. No media container does, every playlist does (ffconcat, M3U, SDP, DASH), and
 * runs that read one of our own lists must admit the concat demuxer, which would then follow a list named `.mp4`.
 */
export async function refuseText(path: string): Promise<void> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new MediaFault('failed', `cannot be opened: ${error.code ?? error.message}`);
  });
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(16), 0, 16, 0);
    if (bytesRead === 0) throw new MediaFault('failed', 'the file is empty');
    const start = buffer.subarray(0, bytesRead);
    const text = start.every((byte) => (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d));
    if (text) throw new MediaFault('refused', 'the file is text, not media');
  } finally {
    await file.close();
  }
}
