import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { evidenceOf, type Answer } from '../asker.ts';
import { decodeBody, looksLikeHtml } from '../reading/bytes-to-text.ts';

/** The protocol allows 50 MB uncompressed; what unpacks to more is a bomb or a fault. In bytes. */
export const largestSitemapBytes = 64 * 1024 * 1024;

/** A sitemap's text, and what it is by its root element. */
export interface SitemapText {
  readonly text: string;
  readonly root: 'index' | 'list';
  /** Whether it names the elements of videos at all. */
  readonly knowsVideos: boolean;
  /** Of the bytes as they came, to know the same file again where a server marks nothing. */
  readonly digest: string;
}

/**
 * The text of an answer that is due to be a sitemap, unpacked and decoded.
 *
 * @throws RushesError SOURCE_UNAVAILABLE for an empty answer, SOURCE_CHANGED for anything that is no whole sitemap.
 */
export async function openSitemap(answer: Answer): Promise<SitemapText> {
  if (answer.body.byteLength === 0) {
    throw new RushesError('SOURCE_UNAVAILABLE', `${hostOf(answer)} answered with nothing.`, {
      detail: evidenceOf(answer),
    });
  }
  const body = await unpack(answer);
  const text = decodeBody({ body, contentType: answer.contentType });
  const changed = (why: string): RushesError =>
    new RushesError('SOURCE_CHANGED', why, { detail: evidenceOf({ ...answer, body }) });
  if (looksLikeHtml(text)) throw changed('There is a web page where a sitemap was.');
  const root = rootOf(text);
  if (root === null) throw changed('There is something else where a sitemap was.');
  if (!isWhole(text, root)) throw changed('The sitemap ends in its middle.');
  return {
    text,
    root: root === 'sitemapindex' ? 'index' : 'list',
    knowsVideos: /<(?:[\w.-]+:)?video[\s>/]|sitemap-video/i.test(text),
    digest: hash('sha1', answer.body).slice(0, 20),
  };
}

/** Whether a text is a sitemap, by its root element alone. */
function rootOf(text: string): 'urlset' | 'sitemapindex' | null {
  const head = text.slice(0, 64 * 1024).replace(/<!--[\s\S]*?(-->|$)/g, '');
  const name = /<([A-Za-z_][\w.:-]*)/
    .exec(head)?.[1]
    ?.toLowerCase()
    .replace(/^[^:]*:/, '');
  return name === 'urlset' || name === 'sitemapindex' ? name : null;
}

/** A list that was cut off is told before its first half is believed. */
function isWhole(text: string, root: string): boolean {
  const end = new RegExp(`</(?:[\\w.-]+:)?${root}\\s*>`, 'i');
  return (
    end.test(text.slice(-4000)) || new RegExp(`<(?:[\\w.-]+:)?${root}[^>]*/>`, 'i').test(text.slice(0, 4000))
  );
}

/** Known by its first bytes: a server may have unpacked a `.gz` already, or name a packed one `.xml`. */
async function unpack(answer: Answer): Promise<Uint8Array> {
  const { body } = answer;
  if (body[0] !== 0x1f || body[1] !== 0x8b) return body;
  try {
    return await promisify(gunzip)(body, { maxOutputLength: largestSitemapBytes });
  } catch (error) {
    const bomb = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    const why = bomb
      ? 'The packed sitemap unpacks to far too much.'
      : 'The packed sitemap cannot be unpacked.';
    const detail = `status ${answer.status} · ${answer.contentType ?? 'no content type'} · ${body.byteLength} bytes, gzip`;
    throw new RushesError('SOURCE_CHANGED', why, { detail });
  }
}

function hostOf(answer: Answer): string {
  return new URL(answer.url).host;
}
