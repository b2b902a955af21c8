import type { Download } from '../../../shared/contract/downloads.ts';
import type { AssetId, ClipId, DownloadId, RenditionId, SourceId } from '../../../shared/contract/values.ts';
import type { DownloadReason } from '../../../shared/domain/download-reason.ts';
import type { DownloadRow } from './download-row.ts';

/** What the engine knows of a download that runs right now and the row cannot say. */
export interface LiveFacts {
  /** Being worked on, the handing over of a complete file included. */
  readonly active: boolean;
  readonly bytesPerSecond: number | null;
  readonly connections: number;
  readonly host: string | null;
  /** Why it stands still although the row cannot say so. */
  readonly blocked: { readonly reason: DownloadReason; readonly detail: string | null } | null;
}

/** What the queue knows of a download from all the others. */
export interface QueueFacts {
  readonly etaMs: number | null;
  readonly deadline: Download['deadline'];
  readonly smaller: Download['smaller'];
  /** Nothing may run now; until when, if anyone knows. */
  readonly held: { readonly untilMs: number | null; readonly code: 'ON_HOLD' | 'OUTSIDE_HOURS' } | null;
}

/** A row as the contract shows it. */
export function toDownload(row: DownloadRow, live: LiveFacts, queue: QueueFacts): Download {
  return {
    id: row.id as DownloadId,
    sourceId: row.sourceId as SourceId | null,
    assetId: row.assetId as AssetId | null,
    renditionId: row.renditionId as RenditionId | null,
    title: row.title,
    ...standing(row, live, queue),
    dir: row.dir,
    fileName: row.fileName,
    path: row.state === 'complete' ? row.path : null,
    bytes: row.doneBytes,
    sizeBytes: row.sizeBytes,
    bytesPerSecond: row.state === 'running' ? live.bytesPerSecond : null,
    etaMs: queue.etaMs,
    priority: row.priority,
    maxRate: row.maxRate,
    neededByMs: row.neededByMs,
    deadline: queue.deadline,
    smaller: queue.smaller,
    connections: live.connections,
    host: live.host,
    sha256: row.state === 'complete' ? row.sha256 : null,
    verified: row.verified,
    clipId: row.clipId as ClipId | null,
    createdAtMs: row.createdAtMs,
    finishedAtMs: row.finishedAtMs,
  };
}

function standing(row: DownloadRow, live: LiveFacts, queue: QueueFacts): Pick<Download, 'state' | 'reason'> {
  if (live.blocked) {
    const { reason, detail } = live.blocked;
    return { state: 'waiting', reason: { code: reason, detail, retryAtMs: null } };
  }
  // Whoever sees "complete" may use the clip: until the library has it, it is still being looked at.
  if (row.state === 'complete' && live.active) return { state: 'verifying', reason: null };
  // That the hours are over is true of the queue, not of a download: said, and not written down.
  if (row.state === 'queued' && queue.held && !live.active) {
    const { code, untilMs } = queue.held;
    return { state: 'waiting', reason: { code, detail: null, retryAtMs: untilMs } };
  }
  if (row.reason === null) return { state: row.state, reason: null };
  const reason = { code: row.reason, detail: row.reasonDetail, retryAtMs: row.retryAtMs };
  return { state: row.state, reason };
}
