import type { CatalogueArea } from '../catalogue/catalogue.ts';
import { assetSnapshot } from '../library/asset-snapshot.ts';
import type { ReadAsset } from '../notices/look-at-held.ts';
import { told, type ToldThen } from '../notices/told.ts';
import type { Person } from '../../../shared/contract/values.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';

/** How an item stands in the catalogue, as the notices hold it against what was told before; null when it is not there. */
export function createReadTold(catalogue: CatalogueArea): (assetId: string) => ReadAsset | null {
  return (assetId) => {
    const asset = find(catalogue, assetId);
    if (!asset) return null;
    const files = catalogue.renditions(assetId).map((row) => {
      const size = row.size_bytes === null ? null : `${row.size_bytes} bytes`;
      return [row.external_id, row.hash === null ? size : `${row.hash_kind} ${row.hash}`] as const;
    });
    return {
      assetId,
      sourceId: asset.sourceId,
      sourceName: asset.sourceName,
      title: asset.title,
      told: {
        status: asset.status,
        statusReason: asset.statusReason,
        version: asset.version,
        notice: asset.notice,
        rights: asset.rights,
        texts: {
          title: asset.title,
          synopsis: asset.synopsis,
          shotlist: asset.shotlist,
          transcript: asset.transcript,
          people: namesOf(asset.people),
          place: asset.place,
          country: asset.country,
          // The source's own words: another reading of them is no news.
          filmed: asset.dates.filmed?.text ?? null,
        },
        files: Object.fromEntries(files),
      },
    };
  };
}

/** Who is in it, in an order of our own: a source that lists the same people otherwise has changed nothing. */
function namesOf(people: readonly Person[]): string | null {
  const names = [...new Set(people.map(({ name }) => name))].toSorted();
  return names.length === 0 ? null : names.join(', ');
}

function find(catalogue: CatalogueArea, assetId: string): ReturnType<CatalogueArea['get']> | null {
  try {
    return catalogue.get(assetId);
  } catch (error) {
    if (error instanceof RushesError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

/** What a download kept of its item: all of it, or the rights alone where an older Rushes has made the copy. */
export function toldThen(snapshotJson: string | null): ToldThen | null {
  const kept = parseJson(snapshotJson);
  const snapshot = assetSnapshot.safeParse(kept).data;
  if (!snapshot) return null;
  const whole = told.safeParse(snapshot.told);
  if (whole.success) return whole.data;
  // A right that was not asked for then was not found missing: only what was written down can have changed.
  const written = Object.keys((kept as { rights: object }).rights);
  const rights = Object.entries(snapshot.rights).filter(([field]) => written.includes(field));
  return { rights: Object.fromEntries(rights) };
}

function parseJson(json: string | null): unknown {
  try {
    return JSON.parse(json ?? 'null');
  } catch {
    return null;
  }
}
