import type { AssetNotice, AssetStatus } from '../../../shared/contract/catalogue.ts';

/** An asset that is another one now than it was. */
export interface AssetChange {
  readonly id: string;
  readonly row: number;
  /** The row it had, when another day has moved it. */
  readonly formerRow: number | null;
  readonly kind: 'added' | 'updated' | 'withdrawn' | 'corrected' | 'revived';
  /** What it was; null when it was not known. */
  readonly before: {
    readonly status: AssetStatus;
    readonly version: string | null;
    readonly noticeKind: AssetNotice['kind'] | null;
  } | null;
  readonly rightsChanged: boolean;
  /** Whether files came, went, or have another hash or size. */
  readonly filesChanged: boolean;
}

/** An asset whose place in the list has changed without its source telling anything of it. */
export interface Touched {
  readonly id: string;
  readonly row: number;
}

/** What became of the assets of a page. */
export interface PageOutcome {
  added: number;
  updated: number;
  unchanged: number;
  /** Tellings that were older than what is known. */
  stale: number;
  withdrawn: number;
  readonly changed: AssetChange[];
  /** Assets that are listed or found differently without being told anew: by a twin, by the title of their event. */
  readonly touched: Touched[];
}

/** An outcome of nothing yet. */
export function blankOutcome(): PageOutcome {
  return { added: 0, updated: 0, unchanged: 0, stale: 0, withdrawn: 0, changed: [], touched: [] };
}
