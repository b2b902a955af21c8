import type { ReactNode } from 'react';
import type { Selection } from '../lib/selection.ts';

/** A column of the table layout; `width` is a CSS grid track. */
export interface Column<T> {
  readonly key: string;
  readonly title: string;
  readonly width: string;
  readonly end?: boolean;
  readonly render: (item: T) => ReactNode;
}

/** Cards of at least `minWidth`, a 16:9 picture above `textHeight` of words; or rows with columns. */
type GridLayout<T> =
  | {
      readonly kind: 'cards';
      readonly minWidth: number;
      readonly textHeight: number;
      readonly render: (item: T) => ReactNode;
    }
  | { readonly kind: 'table'; readonly minWidth: number; readonly columns: readonly Column<T>[] };

/** What a grid shows and whom it tells. */
export interface DataGridProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  /** How many there are in all, of which `items` may be the first. */
  readonly total: number;
  readonly idOf: (item: T) => string;
  readonly layout: GridLayout<T>;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  readonly onOpen: (item: T) => void;
  /** For lists in which nothing is done with a selection: one click opens. */
  readonly openOnClick?: boolean;
  /** Keys the grid itself has no use for. */
  readonly onKey?: (key: string, item: T) => boolean;
  readonly onNearEnd: () => void;
  /** An item to bring into sight once it is loaded. */
  readonly revealId?: string | undefined;
  /** Under this key the grid finds its place again after Back. */
  readonly placeKey: string;
}
