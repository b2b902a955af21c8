import type { Person } from '../../../../shared/contract/values.ts';
import type { AssetDates, AssetStatus, Rights } from '../../../../shared/contract/catalogue.ts';
import { sameAddress } from '../reading/addresses.ts';
import type { SourceRendition } from '../source-model.ts';

/** What an entry of a feed tells, whichever format it is written in. */
export interface ItemFacts {
  /** Where it stands, for what cannot be read. */
  readonly where: string;
  /** Its own names, the first of them the one it goes by. */
  readonly ids: readonly string[];
  /** The address of its page. */
  readonly page: string | null;
  readonly title: string | null;
  /** Its text at length, which may hold a shotlist and more, and a shorter one. */
  readonly body: string | null;
  readonly summary: string | null;
  readonly shotlist: string | null;
  readonly transcript: string | null;
  readonly dates: AssetDates;
  readonly place: string | null;
  readonly people: readonly Person[];
  readonly organisations: readonly string[];
  readonly keywords: readonly string[];
  readonly language: string | null;
  readonly durationMs: number | null;
  readonly rights: Rights;
  readonly pictureUrl: string | null;
  readonly files: readonly FeedFile[];
  /** It speaks of a video of which it has no file. */
  readonly announcesVideo: boolean;
  /** Null when its files decide. */
  readonly standing: { readonly status: AssetStatus; readonly reason: string | null } | null;
}

/** A file as a feed tells it. */
export type FeedFile = Partial<SourceRendition> & {
  readonly address: string;
  readonly fileName: string;
  readonly medium: SourceRendition['medium'];
};

/**
 * A name in the spelling by which it is known again: of an address what it names, without tracking and signatures; a
 * fragment stays, for some feeds tell their items apart by it alone.
 */
export function knownName(id: string): string {
  const plain = id.trim().replace(/\s+/g, ' ');
  if (!/^https?:\/\//i.test(plain)) return plain;
  const fragment = URL.parse(plain)?.hash ?? '';
  return sameAddress(plain) + (fragment === '#' ? '' : fragment);
}
