import type { SourceKind } from '../../../electron/core/sources/source-model.ts';
import type { PlayServer } from './play-server.ts';

/** One item as a test wants a source to tell it; a rig writes it in the format of its kind. */
export interface PlayedItem {
  /** Letters, digits and dashes. */
  readonly id: string;
  readonly title: string;
  readonly synopsis: string;
  /** `YYYY-MM-DD`; in the clear of a year and month that every kind can tell. */
  readonly publishedDay: string;
  /** Grows with every change, from 1. */
  readonly version: number;
  /** UTC milliseconds of the last change, in whole seconds. */
  readonly changedAtMs: number;
  /** The source says that it is withdrawn; a kind that cannot say so leaves the item out. */
  readonly withdrawn: boolean;
}

/** A source of one kind that is played on this machine, telling `items` as they are when it is asked. */
export interface PlayedSource {
  /** What a person would add. */
  readonly url: string;
  items: readonly PlayedItem[];
  /** Items on a page, for kinds whose server decides. */
  pageSize: number;
  /** Null for a folder. */
  readonly server: PlayServer | null;
}

/** How a kind is put through the tests that every kind has to pass. */
export interface KindRig {
  readonly name: string;
  readonly kind: SourceKind;
  /** The user's own key, for kinds that want one. */
  readonly key: string | null;
  /** Whether many items take more than one request. */
  readonly pages: boolean;
  /** How the kind learns of an item that is gone: it is no longer listed, it is said, or not at all. */
  readonly withdraws: 'by-listing' | 'by-telling' | 'never';
  /** Whether the version of an item is told, so that an older one can be known. */
  readonly versions: boolean;
  /** The bytes of `text` in another encoding than UTF-8 are understood: which one, or null for JSON alone. */
  readonly charset: 'windows-1251' | 'iso-8859-1' | 'utf-16' | null;
  play(items: readonly PlayedItem[], options?: { readonly charset?: boolean }): Promise<PlayedSource>;
}
