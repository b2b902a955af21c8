import type { CheckState } from '../../../shared/contract/verify.ts';
import type { Baseline } from './checks-repo.ts';
import type { Listed } from './finding.ts';
import type { KnownFile } from './known-files-repo.ts';

/** A file's own clock and the disk's may differ by this much, in milliseconds: FAT counts in steps of two seconds. */
const clockGrainMs = 2000;

/** What is known of a file before it is read. */
export interface Facts {
  readonly known: KnownFile | null;
  readonly baseline: Baseline | null;
  readonly listed: Listed | null;
}

/** A file as it was read. */
export interface ReadFile {
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  /** By kind; `sha256` always for a file that Rushes knows. */
  readonly hashes: Readonly<Record<string, string>>;
}

/** What the comparison says. `unproven` is also what a list says that holds only hashes of kinds that nobody computed. */
export interface Verdict {
  readonly state: Extract<CheckState, 'ok' | 'unproven' | 'changed' | 'damaged'>;
  readonly detail: string | null;
}

/** Compares a file with all that is known of it. Pure. */
export function judge(facts: Facts, read: ReadFile): Verdict {
  const { known, listed } = facts;
  const expected = known?.sha256 ?? null;
  const bySum = expected === null ? null : read.hashes['sha256'] === expected;
  const byList = listed === null ? null : agrees(listed, read);
  if (bySum === false || byList === false) {
    const why = bySum === false ? '' : 'It is not what the media hash list says.';
    if (isTouched(facts, read)) return { state: 'changed', detail: why || 'It was written to since.' };
    return { state: 'damaged', detail: why || null };
  }
  if (bySum === true || byList === true) return { state: 'ok', detail: null };
  if (known !== null && isTouched(facts, read)) {
    return { state: 'changed', detail: 'It was written to since the last scan, and no hash is known of it.' };
  }
  const kinds = Object.keys(listed?.hashes ?? {});
  const detail = kinds.length === 0 ? null : `The media hash list has only ${kinds.join(' and ')} of it.`;
  return { state: 'unproven', detail };
}

/** Null when no hash of the list is of a kind that was computed. */
function agrees(listed: Listed, read: ReadFile): boolean | null {
  if (listed.sizeBytes !== null && listed.sizeBytes !== read.sizeBytes) return false;
  const both = Object.entries(listed.hashes).filter(([kind]) => Object.hasOwn(read.hashes, kind));
  return both.length === 0 ? null : both.every(([kind, value]) => read.hashes[kind] === value);
}

/**
 * Whether somebody has written to the file since it was last what it should be. Decaying disks do not set a file's time;
 * whoever sets it may have meant what he wrote, and that is never undone.
 */
export function isTouched(facts: Facts, file: { sizeBytes: number; modifiedAtMs: number }): boolean {
  const { known, baseline, listed } = facts;
  if (baseline !== null && (known?.sha256 ?? baseline.sha256) === baseline.sha256) {
    return baseline.sizeBytes !== file.sizeBytes || baseline.modifiedAtMs !== file.modifiedAtMs;
  }
  if (known?.download) {
    // A scan follows every change of a file's time, so the place's own says nothing about edits before the scan.
    const { sizeBytes, createdAtMs, finishedAtMs } = known.download;
    // A time from before the download was set by somebody, for instance with a file of his own.
    const isItsOwn =
      file.modifiedAtMs >= createdAtMs - clockGrainMs && file.modifiedAtMs <= finishedAtMs + clockGrainMs;
    return sizeBytes !== file.sizeBytes || !isItsOwn;
  }
  if (known?.place) {
    return known.place.sizeBytes !== file.sizeBytes || known.place.modifiedAtMs !== file.modifiedAtMs;
  }
  if (!listed) return false;
  const { sizeBytes, modifiedAtMs } = listed;
  if (sizeBytes !== null && sizeBytes !== file.sizeBytes) return true;
  // Lists give whole seconds.
  return modifiedAtMs !== null && Math.abs(modifiedAtMs - file.modifiedAtMs) > clockGrainMs;
}
