import type { RenditionLink } from '../downloads/rendition-link.ts';
import type { AssetStatus, Rendition, Rights, VersionKind } from '../../../shared/contract/catalogue.ts';
import type { Source } from '../../../shared/contract/sources.ts';
import type { Person } from '../../../shared/contract/values.ts';

/** A rendition as a source tells it: the contract's facts without our id, with the source's. */
export type SourceRendition = Omit<Rendition, 'id'> & {
  readonly externalId: string;
  readonly etag: string | null;
};

/** An asset as a source tells it. Days are `YYYY-MM-DD`; null is "the source does not say". */
export interface SourceAsset {
  readonly externalId: string;
  readonly story: string | null;
  readonly versionKind: VersionKind;
  readonly status: AssetStatus;
  readonly title: string;
  readonly teaser: string | null;
  readonly synopsis: string | null;
  readonly shotlist: string | null;
  readonly transcript: string | null;
  readonly publishedAtMs: number | null;
  readonly publishedDay: string | null;
  readonly filmedFirstDay: string | null;
  readonly filmedLastDay: string | null;
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

/** A page of changes. `failed` counts items that could not be read; they withdraw nothing. */
export interface SourcePage {
  readonly assets: readonly SourceAsset[];
  readonly failed: number;
  /** Where the next page begins; null on the last one. */
  readonly pageCursor: string | null;
  /** What to give as `since` next time, once all pages are read. */
  readonly changeCursor: string;
  readonly total: number | null;
}

/** What every kind of source can do. Each method throws RushesError from the closed list, nothing else. */
export interface CatalogueSource {
  /**
   * One page of what changed since a cursor; null reads all.
   *
   * @throws RushesError SOURCE_UNAVAILABLE, NETWORK_UNAVAILABLE; CONFLICT when the source no longer knows the cursor.
   */
  readPage(at: {
    readonly since: string | null;
    readonly pageCursor: string | null;
    readonly signal: AbortSignal;
  }): Promise<SourcePage>;
  readEvents(signal: AbortSignal): Promise<readonly SourceEvent[]>;
  /** @throws RushesError SIGN_IN_NEEDED, ACCOUNT_UNVERIFIED, NOT_RELEASED, WITHDRAWN, NOT_FOUND and the above. */
  renew(renditionExternalId: string, signal: AbortSignal): Promise<RenditionLink>;
  /** The picture of an asset as JPEG, PNG or WebP bytes. */
  readPicture(pictureUrl: string, signal: AbortSignal): Promise<Uint8Array>;
}

/** What a kind found out about an address. */
export interface SourceDescription {
  readonly kind: Source['kind'];
  readonly name: string;
  /** The address in its plain form, without a trailing slash. */
  readonly url: string;
  readonly instanceId: string | null;
  readonly needsAccount: boolean;
  readonly mailbox: string | null;
}

/** A configured source as it is stored. */
export interface SourceConfig {
  readonly id: string;
  readonly kind: Source['kind'];
  readonly name: string;
  readonly url: string;
  readonly instanceId: string | null;
  readonly insecureHttp: boolean;
  readonly allowPrivate: boolean;
  readonly mailbox: string | null;
  readonly state: 'never-synced' | 'ok' | 'unavailable';
  readonly reason: string | null;
  readonly lastSyncAtMs: number | null;
}
