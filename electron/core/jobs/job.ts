/** What a job came to. `wait` is tried again at the given time or when its kind is woken; `failed` stays, with why. */
export type JobResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'wait'; readonly reason: string; readonly notBeforeMs: number | null }
  | { readonly kind: 'failed'; readonly reason: string };

/** How jobs of one kind are done. */
export interface JobKind {
  readonly kind: string;
  /** How many of this kind run at once; asked anew at every turn. */
  readonly concurrency: () => number;
  /**
   * Keys in the order of their turn, where the kind has an order of its own; due jobs that it does not name come after
   * them by priority and age. The order stays where it is changed, in the kind's own table: a copy of it in the job
   * table would have to be written anew with every row that someone drags.
   */
  readonly inTurn?: (now: number) => Iterable<string>;
  /**
   * Does the work. Must stop soon after `signal` aborts: on close the job stays queued and runs again at the next
   * start, so it has to be repeatable.
   */
  run(
    payload: unknown,
    context: { readonly signal: AbortSignal; readonly tries: number },
  ): Promise<JobResult>;
}

/** A job to be done. `key` names the thing worked on: a second job of the same kind and key is the same job. */
export interface JobRequest {
  readonly kind: string;
  readonly key: string;
  readonly title: string;
  readonly payload: unknown;
  readonly priority?: number;
  readonly notBeforeMs?: number | null;
}

/** A stored job as others may see it. */
export interface StoredJob {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly title: string;
  readonly payload: unknown;
  readonly state: 'queued' | 'running' | 'waiting' | 'failed';
  readonly tries: number;
  readonly reason: string | null;
  readonly createdAtMs: number;
}
