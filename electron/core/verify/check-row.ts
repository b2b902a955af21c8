import type { CheckResult, CheckState, ManifestReport, MendState } from '../../../shared/contract/verify.ts';
import type { ClipId, DownloadId } from '../../../shared/contract/values.ts';
import type { Finding, Listed } from './finding.ts';

/** A run as it is stored; how far it is lies in its items. */
export interface StoredRun {
  readonly id: string;
  readonly title: string;
  /** The folder that is checked whole; null for a check of known files. */
  readonly folder: string | null;
  readonly manifestWanted: boolean;
  readonly manifest: ManifestReport | null;
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly reason: string | null;
  readonly startedAtMs: number;
  readonly finishedAtMs: number | null;
}

/** One file of a run, with what looking at it came to. */
export interface CheckItem extends Omit<Finding, 'state'> {
  readonly id: number;
  readonly runId: string;
  readonly path: string;
  readonly clipId: string | null;
  readonly downloadId: string | null;
  readonly listed: Listed | null;
  readonly state: CheckState | 'todo';
  readonly mendState: MendState | null;
  readonly mendDetail: string | null;
  readonly mendBytes: number;
  readonly mendPartPath: string | null;
  readonly checkedAtMs: number | null;
}

/** The columns of a run as SQLite gives them. */
export interface RunRecord {
  id: string;
  title: string;
  folder: string | null;
  manifest_wanted: number;
  manifest_json: string | null;
  state: StoredRun['state'];
  reason: string | null;
  started_at_ms: number;
  finished_at_ms: number | null;
}

/** The columns of an item as SQLite gives them. */
export interface ItemRecord {
  id: number;
  run_id: string;
  path: string;
  clip_id: string | null;
  download_id: string | null;
  listed_json: string | null;
  state: CheckItem['state'];
  detail: string | null;
  size_bytes: number | null;
  modified_at_ms: number | null;
  sha256: string | null;
  expected_sha256: string | null;
  hashes_json: string | null;
  damage_json: string;
  remedy: CheckItem['remedy'];
  mend_state: MendState | null;
  mend_detail: string | null;
  mend_bytes: number;
  mend_part_path: string | null;
  checked_at_ms: number | null;
}

/** Reads a record into a run. */
export function toRun(record: RunRecord): StoredRun {
  const { manifest_json: manifest } = record;
  return {
    id: record.id,
    title: record.title,
    folder: record.folder,
    manifestWanted: record.manifest_wanted === 1,
    manifest: manifest === null ? null : (JSON.parse(manifest) as ManifestReport),
    state: record.state,
    reason: record.reason,
    startedAtMs: record.started_at_ms,
    finishedAtMs: record.finished_at_ms,
  };
}

/** Reads a record into an item. */
export function toItem(record: ItemRecord): CheckItem {
  return {
    id: record.id,
    runId: record.run_id,
    path: record.path,
    clipId: record.clip_id,
    downloadId: record.download_id,
    listed: record.listed_json === null ? null : (JSON.parse(record.listed_json) as Listed),
    state: record.state,
    detail: record.detail,
    sizeBytes: record.size_bytes,
    modifiedAtMs: record.modified_at_ms,
    sha256: record.sha256,
    expectedSha256: record.expected_sha256,
    hashes: hashesIn(record.hashes_json),
    damage: JSON.parse(record.damage_json) as CheckItem['damage'],
    remedy: record.remedy,
    mendState: record.mend_state,
    mendDetail: record.mend_detail,
    mendBytes: record.mend_bytes,
    mendPartPath: record.mend_part_path,
    checkedAtMs: record.checked_at_ms,
  };
}

function hashesIn(json: string | null): Readonly<Record<string, string>> | null {
  return json === null ? null : (JSON.parse(json) as Record<string, string>);
}

/** An item that was looked at, as a door shows it. */
export function toCheckResult(item: CheckItem): CheckResult {
  if (item.state === 'todo') throw new Error('This file was not looked at yet.');
  const { mendState, mendDetail, mendBytes } = item;
  return {
    id: String(item.id),
    runId: item.runId,
    path: item.path,
    clipId: item.clipId as ClipId | null,
    downloadId: item.downloadId as DownloadId | null,
    state: item.state,
    detail: item.detail,
    sizeBytes: item.sizeBytes,
    sha256: item.sha256,
    expectedSha256: item.expectedSha256,
    damage: [...item.damage],
    remedy: item.remedy,
    mend: mendState === null ? null : { state: mendState, detail: mendDetail, fetchedBytes: mendBytes },
    checkedAtMs: item.checkedAtMs ?? 0,
  };
}
