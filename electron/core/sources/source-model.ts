import type { RenditionLink } from '../downloads/rendition-link.ts';
import type {
  AssetDates,
  AssetNotice,
  AssetStatus,
  Rendition,
  Rights,
  VersionKind,
} from '../../../shared/contract/catalogue.ts';
import type { SourceKindName, SourceState } from '../../../shared/contract/sources.ts';
import type { Person } from '../../../shared/contract/values.ts';
import type { AddressPolicy } from '../http/http-client.ts';
import type { PortalClient } from './account-portal/portal-client.ts';
import type { Answer, Asker } from './asker.ts';

/** A rendition as a source tells it: the contract's facts without our id, with the source's. */
export type SourceRendition = Omit<Rendition, 'id'> & {
  readonly externalId: string;
  readonly etag: string | null;
  /** The plain address where the source gives one; a source that signs its addresses gives none. */
  readonly address: string | null;
};

/**
 * A name by which the same item is known elsewhere: `guid`, `page`, `media`, `virin`, `newsml`, `sha256` and the like.
 * Only names that mean this one item and no other; a home page or a series is none.
 */
export interface Alias {
  readonly scheme: string;
  readonly value: string;
}

/** An asset as a source tells it. Null is "the source does not say". */
export interface SourceAsset {
  /** The source's own name for the item, without anything that changes from reading to reading. */
  readonly externalId: string;
  readonly aliases: readonly Alias[];
  /** The source's own version: a number, a stamp; an older one never replaces a newer one. */
  readonly version: string | null;
  readonly story: string | null;
  readonly versionKind: VersionKind;
  readonly status: AssetStatus;
  /** The source's own word for the status. */
  readonly statusReason: string | null;
  readonly notice: AssetNotice | null;
  readonly title: string;
  readonly teaser: string | null;
  readonly synopsis: string | null;
  readonly shotlist: string | null;
  readonly transcript: string | null;
  readonly dates: AssetDates;
  readonly eventExternalId: string | null;
  readonly place: string | null;
  readonly country: string | null;
  readonly people: readonly Person[];
  readonly organisations: readonly string[];
  readonly keywords: readonly string[];
  readonly language: string | null;
  readonly durationMs: number | null;
  readonly rights: Rights;
  readonly pageUrl: string | null;
  readonly pictureUrl: string | null;
  readonly renditions: readonly SourceRendition[];
}

/** An event as a source tells it. */
export interface SourceEvent {
  readonly externalId: string;
  readonly title: string;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly place: string | null;
  readonly people: readonly Person[];
  readonly organisations: readonly string[];
  readonly summary: string | null;
  readonly pageUrl: string | null;
}

/** An item that could not be read. */
export interface ItemFailure {
  /** Which one, as far as it can be told: its id, its address, its place in the list. */
  readonly where: string;
  readonly why: string;
  /** False when it is certainly no asset; else it may be one that is still listed, and nothing is withdrawn beside it. */
  readonly mayHideAsset?: boolean;
}

/** A page of what a source tells. */
export interface SourcePage {
  readonly assets: readonly SourceAsset[];
  readonly events?: readonly SourceEvent[];
  readonly failures: readonly ItemFailure[];
  /** Where to go on behind this page, after a kill too; on the last page, where the next sync's changes begin. */
  readonly cursor: string;
  /** How many items the run will bring in all, as far as the source tells. */
  readonly total: number | null;
  /**
   * `more` while other pages follow. On the last page, what the run has shown: `everything` the source lists (what it
   * did not show is gone), or only `changes` (what it did not show is as it was).
   */
  readonly ends: 'more' | 'everything' | 'changes';
}

/** Which rendition is meant, as the catalogue or a download remembers it. */
export interface RenditionRef {
  readonly externalId: string;
  readonly assetExternalId: string | null;
  /** What the catalogue has as its plain address; null when it has none or was begun anew. */
  readonly address: string | null;
}

/** What every kind of source can do. Each method throws RushesError from the closed list, nothing else. */
export interface CatalogueSource {
  /**
   * The pages of what changed since a cursor; null reads all, a cursor of the middle of a run goes on there.
   *
   * A page that cannot be read ends the stream with an error; whoever reads opens it again at the last cursor.
   *
   * @throws RushesError SOURCE_UNAVAILABLE, SOURCE_CHANGED, KEY_NEEDED, NETWORK_UNAVAILABLE, SIGN_IN_NEEDED; CONFLICT
   * when the source no longer knows the cursor.
   */
  changedSince(cursor: string | null, signal: AbortSignal): AsyncIterable<SourcePage>;
  /** A fresh address. @throws RushesError SIGN_IN_NEEDED, ACCOUNT_UNVERIFIED, NOT_RELEASED, WITHDRAWN, NOT_FOUND and the above. */
  renew(rendition: RenditionRef, signal: AbortSignal): Promise<RenditionLink>;
  /** The picture of an asset as the source sends it; who asks looks at the bytes. */
  readPicture(pictureUrl: string, signal: AbortSignal): Promise<Uint8Array>;
}

/** An address that is to become a source, and what answers there, asked at most once. */
export interface Look {
  readonly url: URL;
  /** The folder, when a path or a file: address was given. */
  readonly folder: string | null;
  /** @throws RushesError as an asker does. */
  answer(): Promise<Answer>;
  readonly ask: Asker;
  readonly policy: AddressPolicy;
  /** The key the user gave along. */
  readonly key: string | null;
  readonly signal: AbortSignal;
}

/** What a kind found out about an address. */
export interface SourceDescription {
  readonly name: string;
  /** The address to be asked from now on, in its plain form. */
  readonly url: string;
  /** The source's own identity where it has one, so that it is known at a new address. */
  readonly instanceId: string | null;
  /** How it was recognised and what is there, a sentence: "An Atom feed with 40 entries, 38 of them with video." */
  readonly how: string;
  readonly mailbox?: string | null;
  /** What the kind has to remember, such as which unit or collection is meant. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** What a source is opened with. */
export interface SourceContext {
  readonly config: SourceConfig;
  readonly ask: Asker;
  readonly policy: AddressPolicy;
  /** The user's own key for this source. */
  readonly key: () => Promise<string | null>;
  /** The user's account at the source; only kinds with `needsAccount` are given one. */
  readonly account?: SourceAccount;
  readonly now: () => number;
}

/** An account as a source speaks for it. */
export interface SourceAccount {
  readonly client: PortalClient;
  /** The token of the session, or null when signed out. */
  token(): Promise<string | null>;
  /** The source said that the session of this token is over. */
  ended(token: string): Promise<void>;
}

/** A kind of catalogue: how one is recognised, and how one is read. */
export interface SourceKind {
  readonly kind: SourceKindName;
  readonly needsAccount: boolean;
  readonly takesKey: boolean;
  /**
   * Null when the address is none of this kind. A kind that is only known by its address does not ask for the answer.
   *
   * @throws RushesError when it is this kind and cannot be read: KEY_NEEDED, SOURCE_UNAVAILABLE.
   */
  describe(look: Look): Promise<SourceDescription | null>;
  open(context: SourceContext): CatalogueSource;
}

/** A configured source as it is stored. */
export interface SourceConfig {
  readonly id: string;
  readonly kind: SourceKindName;
  readonly name: string;
  readonly url: string;
  readonly instanceId: string | null;
  readonly insecureHttp: boolean;
  readonly allowPrivate: boolean;
  readonly mailbox: string | null;
  readonly settings: Readonly<Record<string, string>>;
  readonly how: string | null;
  readonly state: Exclude<SourceState, 'syncing'>;
  readonly reason: string | null;
  readonly evidence: string | null;
  readonly lastSyncAtMs: number | null;
  readonly lastTryAtMs: number | null;
  readonly nextSyncAtMs: number | null;
  readonly everyMinutes: number | null;
  readonly failuresInARow: number;
  readonly failedItems: number;
}
