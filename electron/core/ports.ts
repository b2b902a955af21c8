/** What the core is given by whoever runs it. Nothing in the core reaches for these on its own. */

/** Wall-clock time. Injected so that tests can move it. */
export interface Clock {
  /** UTC milliseconds since 1970. */
  now(): number;
}

/** Where the core writes what it did. Never given secrets. */
export interface Log {
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

/**
 * Encrypts short texts so that only this user on this machine reads them again.
 *
 * `name` is stored beside the text: a box cannot open what another kind of box has sealed.
 */
export interface SecretBox {
  readonly name: string;
  seal(text: string): Promise<string>;
  /** The text, or null when it cannot be opened (another box, a changed key). */
  open(sealed: string): Promise<string | null>;
}

/** What the operating system is set to, where a door can ask it. */
export interface SystemProxy {
  /** The ways to an address, as a proxy script would answer: `PROXY host:port; DIRECT`. */
  resolve(url: string): Promise<string>;
}

/** Which programs to run for media work; null where none was found. */
export interface MediaTools {
  readonly ffmpegPath: string | null;
  readonly ffprobePath: string | null;
}

/** The kinds of thing whose change the page is told of. */
export type Entity =
  | 'source'
  | 'account'
  | 'asset'
  | 'download'
  | 'root'
  | 'clip'
  | 'event'
  | 'tag'
  | 'setting'
  | 'job'
  | 'check'
  | 'notice'
  | 'saved-search'
  | 'rule';

/** Tells every open page that something changed. Cheap: notices are coalesced before they leave. */
export type Notify = (entity: Entity, id?: string) => void;

/** The modules of worker threads: source files, or what a bundler made of them. */
export interface WorkerModules {
  /** files/hash-worker.ts: hashes a file. */
  readonly hash: URL;
  /** files/follow-worker.ts: hashes a file while it is being written. */
  readonly follow: URL;
  /** storage/check-worker.ts: checks a database. */
  readonly check: URL;
  /** network/pac/pac-worker.ts: runs a proxy script. */
  readonly pac: URL;
  /** catalogue/catalogue-write-worker.ts: writes catalogue.db. */
  readonly catalogueWriter: URL;
  /** catalogue/search/search-worker.ts: searches catalogue.db. */
  readonly catalogueSearch: URL;
  /** http/fast/transfer-worker.ts: receives and writes for all downloads. */
  readonly transfer: URL;
}
