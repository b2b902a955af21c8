import { createHash } from 'node:crypto';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Log } from '../ports.ts';
import type { CatalogueSource } from '../sources/source-model.ts';
import { createPictureFiles, type PictureFile } from './picture-files.ts';
import { createPictureTurns } from './picture-turns.ts';

/** What all pictures of the catalogue may take on the disk, in bytes: some twenty thousand of the usual size. */
const mostBytes = 1024 ** 3;
/** The largest picture that is kept, in bytes: most sources are not asked for one so large. */
const largestBytes = 8 * 1024 * 1024;
/** How many pictures of one source are fetched at once: a sync that asks the same host waits for no more than these. */
const atOnce = 2;
/** How many wait to be fetched; a window shows no more, and what waits longest was scrolled past. */
const mostWaiting = 300;
/** The longest that one is waited for, in milliseconds: a host that drips would hold up all the others. */
const longestMs = 60_000;
/** How long a picture that could not be had is not asked for again, in milliseconds; shorter when it may be the network. */
const failureRestMs = 10 * 60_000;
const networkRestMs = 20_000;
/** How many of those are remembered. */
const mostFailures = 5000;

/** A picture that is to be shown. */
export interface PictureWish {
  readonly assetId: string;
  readonly url: string;
  readonly sourceId: string;
  /** Opens the source when it has to be asked. */
  readonly source: () => Pick<CatalogueSource, 'readPicture'>;
}

/** The catalogue's pictures. */
export interface PictureCache {
  /**
   * The picture of an asset, or null when there is none to be had now. Never rejects. It is given up when the last
   * that wanted it has gone.
   */
  get(wish: PictureWish, signal?: AbortSignal): Promise<PictureFile | null>;
  close(): Promise<void>;
}

/** A picture that is being fetched. */
interface Fetch {
  readonly done: Promise<PictureFile | null>;
  readonly abort: AbortController;
  askers: number;
}

/** Keeps the catalogue's pictures on disk, fetched when first looked at. */
export function createPictureCache(deps: {
  readonly dir: string;
  readonly now: () => number;
  readonly log: Log;
  readonly mostBytes?: number;
}): PictureCache {
  const files = createPictureFiles({ ...deps, mostBytes: deps.mostBytes ?? mostBytes });
  const turns = createPictureTurns({ atOnce, mostWaiting });
  const failures = createFailures(deps.now);
  const underWay = new Map<string, Fetch>();
  /** Those too that nobody waits for any more. */
  const unfinished = new Set<Promise<unknown>>();
  const closing = new AbortController();

  const fetchPicture = async (name: string, wish: PictureWish, signal: AbortSignal) => {
    const limit = AbortSignal.timeout(longestMs);
    try {
      const bytes = await wish.source().readPicture(wish.url, AbortSignal.any([signal, limit]));
      signal.throwIfAborted();
      // Whatever answers instead of a picture is not kept; the page shows that there is none.
      const kept = bytes.length > largestBytes ? null : await files.keep(name, bytes);
      if (kept) failures.forget(name);
      else failures.note(name, failureRestMs);
      return kept;
    } catch (error) {
      if (!signal.aborted) failures.note(name, limit.aborted ? networkRestMs : restAfter(error));
      return null;
    }
  };
  const begin = (name: string, wish: PictureWish): Fetch => {
    const abort = new AbortController();
    const signal = AbortSignal.any([abort.signal, closing.signal]);
    const done = turns
      .take(wish.sourceId, () => fetchPicture(name, wish, signal), signal)
      .finally(() => {
        unfinished.delete(done);
        if (underWay.get(name) === begun) underWay.delete(name);
      });
    const begun: Fetch = { done, abort, askers: 0 };
    unfinished.add(done);
    underWay.set(name, begun);
    return begun;
  };
  const wait = async (name: string, one: Fetch, signal: AbortSignal | undefined) => {
    one.askers++;
    try {
      return await orGone(one.done, signal);
    } finally {
      one.askers--;
      if (one.askers === 0) {
        one.abort.abort();
        // Whoever asks from now on begins anew.
        if (underWay.get(name) === one) underWay.delete(name);
      }
    }
  };

  return {
    get: async (wish, signal) => {
      const name = nameOf(wish);
      const found = underWay.has(name) ? null : await files.find(name).catch(() => null);
      if (found || closing.signal.aborted || signal?.aborted) return found;
      const running = underWay.get(name);
      if (running) return wait(name, running, signal);
      return failures.isResting(name) ? null : wait(name, begin(name, wish), signal);
    },
    close: async () => {
      closing.abort();
      await Promise.all(unfinished);
      await files.close();
    },
  };
}

function nameOf({ assetId, url }: PictureWish): string {
  return createHash('sha256').update(`${assetId}\n${url}`).digest('hex').slice(0, 32);
}

/** How long to leave alone what failed so. */
function restAfter(error: unknown): number {
  if (!(error instanceof RushesError)) return failureRestMs;
  const usualMs = error.code === 'NETWORK_UNAVAILABLE' ? networkRestMs : failureRestMs;
  return Math.max(usualMs, error.facts.retryAfterMs ?? 0);
}

/** What could not be had, until when it is left alone; the oldest is forgotten first. */
function createFailures(now: () => number) {
  const notedAt = new Map<string, { readonly atMs: number; readonly restMs: number }>();
  return {
    note: (name: string, restMs: number): void => {
      notedAt.delete(name);
      notedAt.set(name, { atMs: now(), restMs });
      const [oldest] = notedAt.keys();
      if (oldest !== undefined && notedAt.size > mostFailures) notedAt.delete(oldest);
    },
    forget: (name: string): void => void notedAt.delete(name),
    isResting: (name: string): boolean => {
      const noted = notedAt.get(name);
      // A clock that was set back ends the rest, too.
      return noted !== undefined && Math.abs(now() - noted.atMs) < noted.restMs;
    },
  };
}

/** Waits for a picture, but no longer than somebody wants it. */
async function orGone<T>(done: Promise<T>, signal: AbortSignal | undefined): Promise<T | null> {
  if (!signal) return done;
  const { promise: gone, resolve } = Promise.withResolvers<null>();
  const onAbort = (): void => resolve(null);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([done, gone]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
