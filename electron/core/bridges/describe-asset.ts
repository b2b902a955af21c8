import type { CatalogueArea } from '../catalogue/catalogue.ts';
import { chooseRendition } from '../catalogue/choose-rendition.ts';
import type { AssetDescription } from '../downloads/want-asset.ts';
import type { EventsArea } from '../events/events.ts';
import type { AssetSnapshot } from '../library/asset-snapshot.ts';
import { createReadTold } from './told-asset.ts';
import type { DateFact } from '../../../shared/contract/values.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';

/**
 * What the catalogue tells the downloads of a wanted asset, with a copy of all that the clip will need later.
 *
 * @throws RushesError NOT_FOUND, NOT_RELEASED, WITHDRAWN.
 */
export function createDescribeAsset(deps: { catalogue: CatalogueArea; events: EventsArea }) {
  const readTold = createReadTold(deps.catalogue);
  return (assetId: string, wish: string): AssetDescription => {
    const asset = deps.catalogue.get(assetId);
    assertReleased(asset);
    const rendition = chooseRendition(deps.catalogue.renditions(assetId), wish);
    const event = asset.eventId === null ? null : deps.events.told(asset.eventId);
    const snapshot: AssetSnapshot = {
      title: asset.title,
      sourceName: asset.sourceName,
      pageUrl: asset.pageUrl,
      day: asset.day,
      filmedFirstDay: dayOf(asset.dates.filmed),
      publishedDay: dayOf(asset.dates.published),
      rights: asset.rights,
      told: readTold(assetId)?.told,
      event,
    };
    return {
      sourceId: asset.sourceId,
      externalId: asset.externalId,
      title: asset.title,
      renditionId: rendition.id,
      renditionExternalId: rendition.external_id,
      fileName: rendition.file_name,
      sizeBytes: rendition.size_bytes,
      hash:
        rendition.hash_kind === null || rendition.hash === null
          ? null
          : { kind: rendition.hash_kind, value: rendition.hash },
      etag: rendition.etag,
      snapshot,
    };
  };
}

/** The first day of a date that is known to the day: a month is none. */
function dayOf(date: DateFact | null): string | null {
  return date?.precision === 'day' || date?.precision === 'moment' ? date.firstDay : null;
}

function assertReleased(asset: { title: string; status: string }): void {
  if (asset.status === 'usable') return;
  if (asset.status === 'withdrawn') {
    throw new RushesError('WITHDRAWN', `The source has withdrawn "${asset.title}".`);
  }
  const why = { embargoed: 'under embargo', expected: 'announced, not published yet', withheld: 'withheld' };
  throw new RushesError(
    'NOT_RELEASED',
    `"${asset.title}" is ${why[asset.status as keyof typeof why] ?? asset.status}.`,
  );
}
