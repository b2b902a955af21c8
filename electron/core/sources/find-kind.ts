import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { evidenceOf } from './asker.ts';
import type { Look, SourceDescription, SourceKind } from './source-model.ts';

/** A kind that knows an address, and what it found there. */
export interface FoundKind {
  readonly kind: SourceKind;
  readonly description: SourceDescription;
}

/**
 * Finds out which kind of source an address is: the first that recognises it, in the order of the list. One that was
 * named is the only one asked.
 *
 * @throws RushesError SOURCE_UNKNOWN_KIND when no kind knows it, with what came back; what keeps it from being asked
 * at all (out of reach, refused) is thrown as it is, for then nothing is known of it.
 */
export async function findKind(
  kinds: readonly SourceKind[],
  look: Look,
  named: string | undefined,
): Promise<FoundKind> {
  const wanted = named === undefined ? kinds : kinds.filter(({ kind }) => kind === named);
  if (wanted.length === 0) {
    throw new RushesError('SOURCE_UNKNOWN_KIND', `Rushes does not know the source kind "${named}".`, {
      hint: `Known kinds: ${kinds.map(({ kind }) => kind).join(', ')}.`,
    });
  }
  for (const kind of wanted) {
    const description = await kind.describe(look);
    if (description) return { kind, description };
  }
  const answer = look.folder === null ? await look.answer() : null;
  const where = look.folder ?? look.url.href;
  throw new RushesError(
    'SOURCE_UNKNOWN_KIND',
    look.folder === null
      ? `What answers at ${where} is no catalogue that Rushes can read.`
      : `${where} holds nothing that Rushes can read as a catalogue.`,
    answer ? { detail: evidenceOf(answer) } : {},
  );
}
