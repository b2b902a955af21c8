import type { Download } from '../../../shared/contract/downloads.ts';
import type { AssetId, ClipId, DownloadId, RenditionId } from '../../../shared/contract/values.ts';
import type { DownloadRow } from './download-row.ts';
import type { Blocked } from './engine.ts';
import { etaMs, type SpeedMeter } from './speed-meter.ts';

/** What the engine knows of a download that runs right now and the row cannot say. */
export interface LiveFacts {
  readonly meter: SpeedMeter | null;
  readonly blocked: Blocked | null;
}

/** A row as the contract shows it. */
export function toDownload(row: DownloadRow, { meter, blocked }: LiveFacts): Download {
  const bytesPerSecond = row.state === 'running' ? (meter?.bytesPerSecond() ?? null) : null;
  const rest = row.sizeBytes === null ? null : row.sizeBytes - row.doneBytes;
  return {
    id: row.id as DownloadId,
    assetId: row.assetId as AssetId | null,
    renditionId: row.renditionId as RenditionId | null,
    title: row.title,
    state: blocked ? 'waiting' : row.state,
    reason: blocked ? { code: blocked.reason, detail: blocked.detail, retryAtMs: null } : reasonOf(row),
    dir: row.dir,
    fileName: row.fileName,
    path: row.state === 'complete' ? row.path : null,
    bytes: row.doneBytes,
    sizeBytes: row.sizeBytes,
    bytesPerSecond,
    etaMs: etaMs(rest, bytesPerSecond),
    sha256: row.state === 'complete' ? row.sha256 : null,
    verified: row.verified,
    clipId: row.clipId as ClipId | null,
    createdAtMs: row.createdAtMs,
    finishedAtMs: row.finishedAtMs,
  };
}

function reasonOf(row: DownloadRow): Download['reason'] {
  if (row.reason === null) return null;
  return { code: row.reason, detail: row.reasonDetail, retryAtMs: row.retryAtMs };
}
