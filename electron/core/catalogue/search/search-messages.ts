import type { AskedQuery, FoundFacets, FoundPage, PageAsked } from './search-engine.ts';
import type { SuggestAsked, Suggestion } from './suggestions.ts';

/** What the thread that searches is started with. */
export interface SearchData {
  readonly file: string;
}

/** What it can be asked. */
export type SearchCall =
  | ({ readonly kind: 'find'; readonly page: PageAsked } & AskedQuery)
  | ({ readonly kind: 'facets' } & AskedQuery)
  | ({ readonly kind: 'suggest' } & SuggestAsked)
  | { readonly kind: 'count-all' };

/** What each call is answered with. */
export interface SearchAnswers {
  readonly find: FoundPage;
  readonly facets: FoundFacets;
  readonly suggest: Suggestion[];
  readonly 'count-all': { readonly total: number; readonly exact: boolean };
}

/** A message to the thread. A later call of the same asker takes the place of one that has not begun. */
export type ToSearch =
  | { readonly kind: 'call'; readonly id: number; readonly asker: string | null; readonly call: SearchCall }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'rows-changed'; readonly rows: readonly number[] | 'all' }
  | { readonly kind: 'assets-changed'; readonly assetIds: readonly string[] }
  | { readonly kind: 'held'; readonly assetIds: readonly string[] }
  | { readonly kind: 'close' };

/** What the thread says. `overtaken` is told of a call that was not begun. */
export type FromSearch =
  | { readonly kind: 'answer'; readonly id: number; readonly value: SearchAnswers[keyof SearchAnswers] }
  | { readonly kind: 'overtaken'; readonly id: number }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string; readonly isDamage: boolean };
