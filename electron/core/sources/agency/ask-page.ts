import { createHash } from 'node:crypto';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { evidenceOf, type Answer } from '../asker.ts';
import { webAddress } from '../reading/addresses.ts';
import { decodeBody } from '../reading/bytes-to-text.ts';
import { secretsOf, withoutSecrets } from '../reading/without-secrets.ts';
import type { SourceContext } from '../source-model.ts';
import { readAgencyDocument } from './agency-document.ts';
import { keyHeaders } from './agency-key.ts';
import type { PageMark } from './feed-cursor.ts';
import { followPackages } from './follow-package.ts';
import type { AgencyDocument } from './read-context.ts';

const accept = 'application/json, application/vnd.iptc.g2.newsmessage+xml, application/xml;q=0.9, */*;q=0.5';

/** A page as it was asked for: read, or unchanged since. */
export interface FeedAnswer {
  readonly document: AgencyDocument | null;
  readonly mark: PageMark;
}

interface AskedPage {
  readonly url: string;
  readonly known: PageMark | null;
  readonly signal: AbortSignal;
}

/** Asks for a page, of a known one only for what has changed. */
export async function askPage(context: SourceContext, page: AskedPage): Promise<FeedAnswer> {
  try {
    return await readPage(context, page);
  } catch (error) {
    // What a server says in a 200 may hold the key as well.
    const headers = await headersFor(context, context.config.url);
    throw withoutSecrets(error, secretsOf({ url: page.url, headers }));
  }
}

async function readPage(context: SourceContext, page: AskedPage): Promise<FeedAnswer> {
  const { url, known, signal } = page;
  const headers = await headersFor(context, url);
  const answer = await context.ask.get({
    url,
    accept,
    headers,
    signal,
    ...(known === null ? {} : { known }),
  });
  if (answer.status === 304 && known !== null) return { document: null, mark: known };
  const digest = createHash('sha256').update(answer.body).digest('hex').slice(0, 24);
  const marked = { url, digest, ...answer.validators };
  if (known !== null && known.digest === digest) {
    return { document: null, mark: { ...known, ...answer.validators } };
  }
  const own = await readAnswer(answer, context.now());
  const document = await followPackages(own, answer.url, async (link) => {
    const linked = await context.ask.get({
      url: link,
      accept,
      signal,
      headers: await headersFor(context, link),
    });
    return readAnswer(linked, context.now());
  });
  const next = webAddress(document.next, answer.url);
  return { document, mark: { ...marked, next, againAtMs: embargoEnd(document, context.now()) } };
}

async function readAnswer(answer: Answer, nowMs: number): Promise<AgencyDocument> {
  const text = decodeBody(answer);
  const facts = { detail: evidenceOf(answer) };
  if (text.trim() === '')
    throw new RushesError('SOURCE_UNAVAILABLE', 'The feed answered with nothing.', facts);
  const read = await readAgencyDocument(text, { nowMs, address: (href) => webAddress(href, answer.url) });
  if (read.document !== null) return read.document;
  if (/^\s*\{\s*"(errors?|_error|_issues)"/.test(text)) {
    throw new RushesError('SOURCE_UNAVAILABLE', 'The feed answered with an error.', facts);
  }
  throw new RushesError('SOURCE_CHANGED', `The feed is not what it was. ${read.why}`, facts);
}

/** The key, as headers, for the feed's own origin and no other. */
export async function headersFor(context: SourceContext, url: string): Promise<Record<string, string>> {
  const key = await context.key();
  return key !== null && URL.parse(url)?.origin === new URL(context.config.url).origin ? keyHeaders(key) : {};
}

/** When the first embargo of a page ends: until then the page may stay as it is and mean the same. */
function embargoEnd(document: AgencyDocument, nowMs: number): number | null {
  const ends = document.assets.flatMap(({ rights: { embargoUntilMs } }) =>
    embargoUntilMs !== null && embargoUntilMs > nowMs ? [embargoUntilMs] : [],
  );
  return ends.length === 0 ? null : Math.min(...ends);
}
