import type { Validators } from '../asker.ts';
import type { ItemFailure, SourceAsset } from '../source-model.ts';

/** An item as a listing names it. */
export interface ListedItem {
  readonly id: string;
  /** When it was last changed, UTC milliseconds; null when the listing does not tell. */
  readonly changedAtMs: number | null;
}

/** A page of a listing. */
export interface ListedPage {
  readonly items: readonly ListedItem[];
  /** Where the listing goes on, null behind its end. It is kept in a cursor: plain JSON. */
  readonly next: unknown;
  /** How many items the listing has in all. */
  readonly total: number | null;
  /** What of the listing could not be read, such as a moment with more items than the source shows. */
  readonly failures: readonly ItemFailure[];
}

/**
 * A page of what has changed, newest change first or all of it in any order; `same` is a 304. `total` is how many items
 * the source lists in all, changed or not, where it is told.
 */
export type ChangedPage =
  | { readonly kind: 'same'; readonly total: number | null }
  | {
      readonly kind: 'page';
      readonly items: readonly ListedItem[];
      readonly next: unknown;
      readonly total: number | null;
      readonly validators: Validators;
      /** The source shows no deeper, and there is more. */
      readonly cutOff: boolean;
    };

/** An item that was asked for by its id. */
export type FoundItem =
  | { readonly kind: 'asset'; readonly asset: SourceAsset }
  /** The source has it no more. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** It is there, and is nothing for us: a still, a collection. */
  | { readonly kind: 'other' }
  | { readonly kind: 'odd'; readonly why: string };

/** A source that lists ids and tells of each item by itself. */
export interface ItemApi {
  list(place: unknown, signal: AbortSignal): Promise<ListedPage>;
  /** `known` is given for the first page only, and with it a 304 may be the answer. */
  changes(
    since: { readonly ms: number; readonly place: unknown; readonly known: Validators | null },
    signal: AbortSignal,
  ): Promise<ChangedPage>;
  item(id: string, signal: AbortSignal): Promise<FoundItem>;
}
