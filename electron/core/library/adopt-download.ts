import { stat } from 'node:fs/promises';
import type { EventId, Evidence } from '../../../shared/contract/values.ts';
import type { StoredEvent } from '../events/events-repo.ts';
import type { Clock } from '../ports.ts';
import { atomic } from '../storage/atomic.ts';
import type { Connection } from '../storage/open-database.ts';
import { assetSnapshot, type AssetSnapshot } from './asset-snapshot.ts';
import type { ClipIndexRepo } from './clip-index-repo.ts';
import type { ClipsRepo } from './clips-repo.ts';

/** A finished download: bytes proven, file in its final place. */
export interface FinishedDownload {
  readonly downloadId: string;
  readonly sourceId: string | null;
  readonly assetId: string | null;
  readonly title: string;
  readonly url: string | null;
  readonly snapshotJson: string | null;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly verified: 'hash' | 'size' | 'none';
}

interface AdoptDeps {
  readonly db: Connection;
  readonly clips: ClipsRepo;
  readonly index: ClipIndexRepo;
  readonly clock: Clock;
  readonly fingerprint: (path: string) => Promise<string>;
  readonly restoreEvent: (
    event: StoredEvent & { sourceId: string | null; externalId: string | null },
  ) => void;
}

/**
 * Makes a clip of a finished download, or finds the one with the same content, and fills its event and day from the
 * catalogue with the evidence for it. What a person has set is left alone.
 */
export async function adoptDownload(deps: AdoptDeps, finished: FinishedDownload): Promise<string> {
  const fingerprint = await deps.fingerprint(finished.path);
  const { mtimeMs } = await stat(finished.path);
  const snapshot =
    finished.snapshotJson === null ? null : assetSnapshot.parse(JSON.parse(finished.snapshotJson));
  return atomic(deps.db, () => {
    const now = deps.clock.now();
    const clipId = deps.clips.idOf(fingerprint) ?? deps.clips.insert({ ...finished, fingerprint }, now);
    deps.clips.setHash(clipId, finished.sha256);
    deps.clips.setStep(clipId, 'hash', { state: 'done', reason: null });
    deps.clips.putPlace({
      clipId,
      rootId: null,
      path: finished.path,
      sizeBytes: finished.sizeBytes,
      modifiedAtMs: Math.trunc(mtimeMs),
    });
    deps.clips.setOrigin(clipId, {
      sourceId: finished.sourceId,
      assetId: finished.assetId,
      downloadId: finished.downloadId,
      title: finished.title,
      rightsJson: snapshot === null ? null : JSON.stringify(snapshot.rights),
      provenanceJson: JSON.stringify({
        sourceName: snapshot?.sourceName ?? null,
        url: finished.url ?? snapshot?.pageUrl ?? null,
        downloadedAtMs: now,
        verified: finished.verified,
      }),
    });
    if (snapshot) fillFromCatalogue(deps, clipId, { snapshot, sourceId: finished.sourceId, now });
    deps.index.refresh(clipId);
    return clipId;
  })();
}

function fillFromCatalogue(
  deps: AdoptDeps,
  clipId: string,
  from: { snapshot: AssetSnapshot; sourceId: string | null; now: number },
): void {
  const { event, sourceName, day } = from.snapshot;
  const filmed = from.snapshot.filmedFirstDay;
  const proofs: Evidence[] = [];
  if (event) {
    deps.restoreEvent({ ...event, id: event.id as EventId, origin: 'catalogue', sourceId: from.sourceId });
    const sourceText = `${sourceName}: ${event.title}`;
    proofs.push({ field: 'event', value: event.id, rule: 'catalogue-event', sourceText, confidence: 0.95 });
  }
  if (day !== null) {
    // The filming day is the day of the pictures; a publication day is only a hint at it.
    const rule = filmed === day ? 'catalogue-filming-day' : 'catalogue-publication-day';
    const sourceText = `${sourceName}: ${filmed === day ? 'filmed' : 'published'} ${day}`;
    proofs.push({ field: 'day', value: day, rule, sourceText, confidence: filmed === day ? 0.95 : 0.6 });
  }
  for (const proof of proofs) deps.clips.putEvidence(clipId, proof, from.now);
  if (!deps.clips.isUntouched(clipId)) return;
  deps.clips.setDayAndEvent(clipId, { day, eventId: event?.id ?? null });
  if (proofs.length > 0) deps.clips.setStep(clipId, 'tags', { state: 'done', reason: null });
}
