import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { evidenceOf, type Answer } from './asker.ts';
import { decodeBody, looksLikeHtml } from './reading/bytes-to-text.ts';
import type { Look, SourceDescription, SourceKind } from './source-model.ts';

/** A kind that knows an address, and what it found there. */
export interface FoundKind {
  readonly kind: SourceKind;
  readonly description: SourceDescription;
}

/** No kind can know better: the address is out of reach, or may not be asked. */
const final: ReadonlySet<string> = new Set(['CANCELLED', 'ADDRESS_REFUSED', 'NETWORK_UNAVAILABLE']);

/**
 * Finds out which kind of source an address is: the first that recognises it, in the order of the list. One that was
 * named is the only one asked.
 *
 * @throws RushesError SOURCE_UNKNOWN_KIND when something answers that no kind knows, with what came back. A site that
 * cannot be read at all is told apart from that: NETWORK_UNAVAILABLE, KEY_NEEDED where it refuses, SOURCE_UNAVAILABLE.
 */
export async function findKind(
  kinds: readonly SourceKind[],
  at: Omit<Look, 'answer'>,
  named: string | undefined,
): Promise<FoundKind> {
  const wanted = named === undefined ? kinds : kinds.filter(({ kind }) => kind === named);
  if (wanted.length === 0) {
    throw new RushesError('SOURCE_UNKNOWN_KIND', `Rushes does not know the source kind "${named}".`, {
      hint: `Known kinds: ${kinds.map(({ kind }) => kind).join(', ')}.`,
    });
  }
  let asked: Promise<Answer> | null = null;
  const site: { fault: unknown } = { fault: null };
  const askOnce = (): Promise<Answer> =>
    at.ask.get({ url: at.url.href, signal: at.signal }).catch((error: unknown) => {
      site.fault = error;
      throw error;
    });
  const look: Look = { ...at, answer: () => (asked ??= askOnce()) };
  for (const kind of wanted) {
    try {
      const description = await kind.describe(look);
      if (description) return { kind, description };
    } catch (error) {
      if (!mayBeAnother(error, site.fault)) throw error;
    }
  }
  throw at.folder === null ? await unknownSite(look, site, named) : unknownFolder(at.folder);
}

/**
 * Whether another kind may still know the address: the address itself has no answer, but a kind may have its own beside
 * it; or what answers is not in the shape of the kind that looked. Any other fault is the word of a kind that knows it.
 */
function mayBeAnother(error: unknown, siteFault: unknown): boolean {
  if (!(error instanceof RushesError) || final.has(error.code)) return false;
  return error === siteFault || error.code === 'SOURCE_CHANGED';
}

function unknownFolder(folder: string): RushesError {
  return new RushesError(
    'SOURCE_UNKNOWN_KIND',
    `The folder ${folder} holds files, but none that an agency's software writes.`,
  );
}

async function unknownSite(
  look: Look,
  site: { readonly fault: unknown },
  named: string | undefined,
): Promise<unknown> {
  const answer = await look.answer().catch(() => null);
  const { host, href } = look.url;
  if (answer === null) {
    const { fault } = site;
    if (!(fault instanceof RushesError) || fault.code !== 'NOT_FOUND') return fault;
    return unknown(`${host} has nothing at this address, and no portal beside it.`, fault);
  }
  const facts = { facts: { detail: evidenceOf(answer) } };
  if (named !== undefined) return unknown(`What answers at ${href} is none of the kind "${named}".`, facts);
  if (answer.body.length === 0) return unknown(`${host} answers, but with nothing.`, facts);
  return looksLikeHtml(decodeBody(answer))
    ? unknown(`The page at ${href} has no feed, no video sitemap and no video that Rushes can read.`, facts)
    : unknown(`What answers at ${href} is no catalogue that Rushes can read.`, facts);
}

function unknown(message: string, { facts }: { readonly facts: RushesError['facts'] }): RushesError {
  return new RushesError('SOURCE_UNKNOWN_KIND', message, facts);
}
