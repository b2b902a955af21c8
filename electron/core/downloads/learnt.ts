/** What one attempt has found out about the server; all its connections go by it. */
export interface Learnt {
  /** Off when the server answers every If-Range with the whole file, or its nodes disagree. */
  conditions: boolean;
  /** Fewer connections than wished for, once the host has shown that more of them are too many. */
  connections: number;
  /** The server's nodes give one file different validators: they are not compared any more. */
  validatorsVary: boolean;
  /** What was here has once been given up because the server said that the file ends before. */
  outlived: boolean;
  /** Hosts that bytes of this download came from, this time or before. */
  readonly hosts: Set<string>;
  /** ETags that were met where another one was expected. One that comes back is a node's, not a new file's. */
  readonly strayEtags: Set<string>;
}

/** Begins with what earlier attempts have left behind. */
export function createLearnt(before: { validatorsVary: boolean; hosts: readonly string[] }): Learnt {
  return {
    conditions: !before.validatorsVary,
    connections: Number.MAX_SAFE_INTEGER,
    validatorsVary: before.validatorsVary,
    outlived: false,
    hosts: new Set(before.hosts),
    strayEtags: new Set(),
  };
}
