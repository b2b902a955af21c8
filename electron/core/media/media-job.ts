/** What ffmpeg reads: a file of the user's, or an ffconcat list of ours that the runner writes to a private folder. */
export type MediaSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'list'; readonly text: string };

/** One ffmpeg run as data. The result always leaves through stdout: ffmpeg is never given a file to write. */
export interface MediaJob {
  readonly inputs: readonly { readonly options: readonly string[]; readonly source: MediaSource }[];
  readonly outputOptions: readonly string[];
}

/** What a run may take. */
export interface RunLimits {
  readonly signal?: AbortSignal | undefined;
  /** Wall time from the start of the process, waiting in the queue excluded. Milliseconds, 15,000 unless told. */
  readonly timeoutMs?: number;
  /** 1 MiB unless told. A process that says more is ended. */
  readonly maxOutputBytes?: number;
}

/** What a run that ended well said. */
export interface RunResult {
  readonly stdout: Buffer;
  /** The last 64 KiB of stderr. */
  readonly stderrTail: string;
}

/** Runs ffmpeg and ffprobe: a few at a time, below normal priority, within limits. Failures are MediaFaults. */
export interface FfmpegRunner {
  run(job: MediaJob, limits?: RunLimits): Promise<RunResult>;
  runProbe(args: readonly string[], limits?: RunLimits): Promise<RunResult>;
  /** How many processes run now. */
  running(): number;
  /** Ends every process and refuses new work. */
  close(): Promise<void>;
}
