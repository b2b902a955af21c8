/** How the queue stands at one reading. */
export interface QueueReading {
  /** How many run or would run if there were room. */
  readonly active: number;
  readonly done: number;
  readonly failed: number;
}

/** What became of the downloads of one busy time. */
export interface QueueEnd {
  readonly done: number;
  readonly failed: number;
}

/** Tells when a busy time has ended and what came of it, so that a hundred downloads make one notice. */
export function createQueueEnd(): (now: QueueReading) => QueueEnd | null {
  let began: QueueReading | null = null;
  return (now) => {
    if (now.active > 0) {
      began ??= now;
      return null;
    }
    if (began === null) return null;
    // Rows that were taken off the list meanwhile must not make a count negative.
    const end = { done: Math.max(0, now.done - began.done), failed: Math.max(0, now.failed - began.failed) };
    began = null;
    return end.done + end.failed > 0 ? end : null;
  };
}
