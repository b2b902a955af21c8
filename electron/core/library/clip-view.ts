import { basename } from 'node:path';
import { clipSteps, type ClipDetail, type ClipRow } from '../../../shared/contract/library.ts';
import type { AssetId, ClipId, EventId } from '../../../shared/contract/values.ts';
import type { Rights } from '../../../shared/contract/catalogue.ts';
import type { ClipRecord, ClipsReadRepo } from './clips-read-repo.ts';
import { readProbe } from './stored-probe.ts';

/** A stored clip as a grid paints it. */
export function toClipRow(record: ClipRecord, read: ClipsReadRepo): ClipRow {
  const places = read.places(record.id);
  const path = places.find(({ present }) => present === 1)?.path ?? null;
  const probe = readProbe(record.probe_json);
  return {
    id: record.id as ClipId,
    title: record.title,
    fileName: basename(path ?? places[0]?.path ?? record.title),
    path,
    missing: path === null,
    damaged: read.damaged(record.id),
    sizeBytes: record.size_bytes,
    day: record.day,
    eventId: record.event_id as EventId | null,
    eventTitle: record.event_title,
    tags: read.tags(record.id),
    rating: record.rating,
    label: record.label,
    note: record.note,
    durationMs: probe.durationMs,
    width: probe.width,
    height: probe.height,
    rateNum: probe.rateNum,
    rateDen: probe.rateDen,
    videoCodec: probe.videoCodec,
    startTimecode: probe.startTimecode,
    hasPoster: record.poster_at_ms !== null,
    stripFrames: record.strip_frames,
    assetId: record.asset_id as AssetId | null,
    steps: toSteps(record, read, path),
  };
}

/** The honest row of states. Bytes that lie nowhere any more are not "done". */
function toSteps(record: ClipRecord, read: ClipsReadRepo, path: string | null): ClipRow['steps'] {
  const stored = new Map(read.steps(record.id).map((step) => [step.step, step]));
  return clipSteps.map((step) => {
    if (step === 'bytes' && path === null) {
      return { step, state: 'failed', reason: 'The file is not where it was, or its folder is offline.' };
    }
    const found = stored.get(step);
    return {
      step,
      state: (found?.state ?? 'todo') as ClipRow['steps'][number]['state'],
      reason: found?.reason ?? null,
    };
  });
}

/** A stored clip, whole. */
export function toClipDetail(record: ClipRecord, read: ClipsReadRepo): ClipDetail {
  const probe = readProbe(record.probe_json);
  return {
    ...toClipRow(record, read),
    sha256: record.sha256,
    places: read.places(record.id).map(({ path, present }) => ({ path, present: present === 1 })),
    container: probe.container,
    scan: probe.scan,
    dropFrame: probe.dropFrame,
    streams: probe.streams,
    provenance:
      record.provenance_json === null
        ? null
        : (JSON.parse(record.provenance_json) as ClipDetail['provenance']),
    rights: record.rights_json === null ? null : (JSON.parse(record.rights_json) as Rights),
    evidence: read.evidence(record.id),
    playable: probe.playable,
  };
}
