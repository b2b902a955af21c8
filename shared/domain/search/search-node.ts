import type { AssetStatus, VersionKind } from '../../contract/catalogue.ts';

/** A text of an asset that can be looked through by itself. */
export type TextField =
  | 'title'
  | 'synopsis'
  | 'shotlist'
  | 'transcript'
  | 'person'
  | 'organisation'
  | 'place'
  | 'country'
  | 'event'
  | 'tag'
  | 'file';

/** What an asset can have or lack. */
export type Having =
  | 'shotlist'
  | 'transcript'
  | 'synopsis'
  | 'file'
  | 'picture'
  | 'event'
  | 'person'
  | 'organisation'
  | 'place'
  | 'country'
  | 'tag'
  | 'language'
  | 'day'
  | 'duration'
  | 'rights';

/** What an asset can be, besides its status: `held` is here, `new` can be had and is not, the others were told of it. */
export type Being = 'held' | 'new' | 'killed' | 'corrected';

/** A word or a phrase to be found. */
export interface TextNode {
  readonly kind: 'text';
  readonly text: string;
  /** The word still being typed: matches every word that begins so. */
  readonly prefix: boolean;
  /** Where it has to stand; null is anywhere. */
  readonly field: TextField | null;
}

/** Days to stay within, inclusive; null is an open side. A whole month or year holds what is only known to the month. */
export interface DaysNode {
  readonly kind: 'days';
  readonly from: string | null;
  readonly to: string | null;
}

/** A query as understood. */
export type SearchNode =
  | TextNode
  | DaysNode
  | { readonly kind: 'status'; readonly anyOf: readonly AssetStatus[] }
  | { readonly kind: 'version'; readonly anyOf: readonly VersionKind[] }
  | { readonly kind: 'source'; readonly text: string }
  | { readonly kind: 'language'; readonly text: string }
  | { readonly kind: 'has'; readonly what: Having }
  | { readonly kind: 'is'; readonly what: Being }
  | { readonly kind: 'and'; readonly of: readonly SearchNode[] }
  | { readonly kind: 'or'; readonly of: readonly SearchNode[] }
  | { readonly kind: 'not'; readonly of: SearchNode };
