import type { CheckResult, CheckState } from '../../../shared/contract/verify.ts';

/** A run of bytes that are not what they were; `end` is the first byte behind it. */
export interface Damage {
  readonly start: number;
  readonly end: number;
}

/** What a media hash list says of a file. */
export interface Listed {
  /** By kind: `xxh64`, `md5`, `sha1`, `c4` and whatever else a list holds. Lower case but for c4. */
  readonly hashes: Readonly<Record<string, string>>;
  readonly sizeBytes: number | null;
  readonly modifiedAtMs: number | null;
}

/** What looking at one file came to. */
export interface Finding {
  readonly state: CheckState;
  readonly detail: string | null;
  readonly sizeBytes: number | null;
  readonly modifiedAtMs: number | null;
  readonly sha256: string | null;
  readonly expectedSha256: string | null;
  /** All that were computed, for a media hash list. */
  readonly hashes: Readonly<Record<string, string>> | null;
  readonly damage: readonly Damage[];
  readonly remedy: CheckResult['remedy'];
}

/** A file that was not read. */
export function unread(state: CheckState, detail: string, more: Partial<Finding> = {}): Finding {
  return {
    state,
    detail,
    sizeBytes: null,
    modifiedAtMs: null,
    sha256: null,
    expectedSha256: null,
    hashes: null,
    damage: [],
    remedy: 'none',
    ...more,
  };
}
