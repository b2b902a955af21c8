import type { DateFact } from '../../../../shared/contract/values.ts';
import { createBreather } from '../reading/breathing.ts';
import type { ItemFailure, SourceAsset, SourceEvent } from '../source-model.ts';

/** What the reading of an item depends on beside the item. */
export interface ReadContext {
  /** UTC milliseconds: an embargo is over or not. */
  readonly nowMs: number;
  /** Where a file lies that an item names; null when the name is refused or none. */
  readonly address: (href: string) => string | null;
}

/** What is written in one answer or one file of an agency. */
export interface AgencyDocument {
  readonly format: 'ninjs' | 'NewsML-G2';
  /** Who provides it, in the document's own words. */
  readonly provider: string | null;
  readonly assets: readonly SourceAsset[];
  readonly events: readonly SourceEvent[];
  readonly failures: readonly ItemFailure[];
  /** All items, those that are no video included. */
  readonly items: number;
  /** The address of the next page as written. */
  readonly next: string | null;
  /** Items of packages that lie elsewhere, by their addresses as written. */
  readonly linked: readonly string[];
}

/** One item of a document, read: an asset, an event, nothing of either, or what is wrong with it. */
export interface ReadItem {
  readonly assets?: readonly SourceAsset[];
  readonly events?: readonly SourceEvent[];
  readonly failures?: readonly ItemFailure[];
}

/** Items of one document that are read. */
const mostItems = 20_000;

/** Reads the items of a document and adds up what they came to. */
export async function gathered<Item>(
  items: readonly Item[],
  readItem: (item: Item) => readonly ReadItem[],
): Promise<Pick<AgencyDocument, 'assets' | 'events' | 'failures'>> {
  const breathe = createBreather();
  const assets: SourceAsset[] = [];
  const failures: ItemFailure[] = [];
  const events = new Map<string, SourceEvent>();
  for (const item of items.slice(0, mostItems)) {
    for (const read of readItem(item)) {
      assets.push(...(read.assets ?? []));
      failures.push(...(read.failures ?? []));
      for (const event of read.events ?? []) events.set(event.externalId, event);
    }
    await breathe();
  }
  if (items.length > mostItems) {
    const why = `There are ${items.length} items in one document; those behind it were not read.`;
    failures.push({ where: `item ${mostItems}`, why });
  }
  return { assets, events: [...events.values()], failures };
}

/**
 * The day an item was published: when its first version was made; of a first version, when that was made. The stamp of
 * a later version is a change and no publication.
 */
export function publishedOf(dates: {
  first: DateFact | null;
  version: DateFact | null;
  number: string | null;
}): DateFact | null {
  if (dates.first !== null) return dates.first;
  return dates.number === null || /^0*[01]$/.test(dates.number) ? dates.version : null;
}

/** The version of an item: its number, else the moment it was made, spelled so that a later one sorts behind. */
export function versionOfItem(number: string | null, made: DateFact | null): string | null {
  if (number !== null) return number;
  return made?.atMs == null ? null : new Date(made.atMs).toISOString();
}
