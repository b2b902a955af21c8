import type { Download } from '../../../shared/contract/downloads.ts';
import type { AssetId, ClipId, DownloadId, RenditionId } from '../../../shared/contract/values.ts';
import type { DownloadRow } from './download-row.ts';
import { etaMs, type SpeedMeter } from './speed-meter.ts';

/** A row as the contract shows it; `meter` when bytes are coming right now. */
export function toDownload(row: DownloadRow, meter: SpeedMeter | null): Download {
  const bytesPerSecond = row.state === 'running' ? (meter?.bytesPerSecond() ?? null) : null;
  const rest = row.sizeBytes === null ? null : row.sizeBytes - row.doneBytes;
  return {
    id: row.id as DownloadId,
    assetId: row.assetId as AssetId | null,
    renditionId: row.renditionId as RenditionId | null,
    title: row.title,
    state: row.state,
    reason:
      row.reason === null ? null : { code: row.reason, detail: row.reasonDetail, retryAtMs: row.retryAtMs },
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
