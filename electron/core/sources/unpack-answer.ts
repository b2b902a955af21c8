import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { RushesError } from '../../../shared/errors/rushes-error.ts';

type Unpack = (body: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>;

const ways: ReadonlyMap<string, Unpack> = new Map<string, Unpack>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

/**
 * The body of an answer that was packed for its way, which some servers do however plainly they are asked not to.
 *
 * @throws RushesError SOURCE_UNAVAILABLE when it is cut off, unpacks to too much, or is packed in a way nobody knows.
 */
export async function unpackAnswer(
  body: Uint8Array,
  { encoding, host, maxBytes }: { encoding: string | undefined; host: string; maxBytes: number },
): Promise<Uint8Array> {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity' || body.byteLength === 0) return body;
  const unpack = ways.get(name);
  const detail = `content-encoding ${name.slice(0, 40)} · ${body.byteLength} bytes`;
  if (unpack === undefined) {
    throw new RushesError('SOURCE_UNAVAILABLE', `${host} packs its answer in a way that is not known.`, {
      detail,
    });
  }
  try {
    return await unpack(body, { maxOutputLength: maxBytes });
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    const why = isTooLarge ? 'unpacks to far too much' : 'cannot be unpacked';
    throw new RushesError('SOURCE_UNAVAILABLE', `The answer of ${host} ${why}.`, { detail });
  }
}
