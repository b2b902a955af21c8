import { basename } from 'node:path';
import type { AssetSnapshot } from '../library/asset-snapshot.ts';
import { plainAddress } from './plain-address.ts';
import type { Sidecar } from './sidecar-format.ts';
import type { FinishedDownload } from './sidecar-repo.ts';

/** What the sidecar of a finished download says. The same download gives the same text every time. */
export function sidecarOf(row: FinishedDownload, asset: AssetSnapshot | null, version: string): Sidecar {
  return {
    format: 'rushes-sidecar',
    version: 1,
    title: row.title,
    file: { name: basename(row.path), sizeBytes: row.sizeBytes, sha256: row.sha256, verified: row.verified },
    promised: {
      hash: row.hashKind === null || row.hash === null ? null : { kind: row.hashKind, value: row.hash },
      etag: row.etag,
      lastModified: row.lastModified,
    },
    source: {
      name: asset?.sourceName ?? null,
      id: row.sourceId,
      assetId: row.assetExternalId,
      renditionId: row.renditionExternalId,
      pageUrl: plainAddress(asset?.pageUrl ?? null),
      downloadUrl: plainAddress(row.url ?? row.fetchedFrom),
    },
    rights: asset && rightsOf(asset.rights),
    event: asset?.event ? eventOf(asset.event) : null,
    days: { filmed: asset?.filmedFirstDay ?? null, published: asset?.publishedDay ?? null },
    completedAt: new Date(row.finishedAtMs).toISOString(),
    writtenBy: `Rushes ${version}`,
  };
}

function rightsOf(rights: AssetSnapshot['rights']): Sidecar['rights'] {
  const { usageText, creditLine, editorialOnly, thirdParty, territories } = rights;
  return {
    usageText,
    creditLine,
    editorialOnly,
    thirdParty,
    territories,
    embargoUntil: instant(rights.embargoUntilMs),
    expiresAt: instant(rights.expiresAtMs),
  };
}

function eventOf(event: NonNullable<AssetSnapshot['event']>): Sidecar['event'] {
  const { externalId, title, firstDay, lastDay, place, people, organisations } = event;
  return { id: externalId, title, firstDay, lastDay, place, people, organisations };
}

/** A time that no calendar can write is as good as none. */
function instant(timeMs: number | null): string | null {
  const time = new Date(timeMs ?? Number.NaN);
  if (Number.isNaN(time.getTime())) return null;
  const text = time.toISOString();
  return text.length === 24 ? text : null;
}
