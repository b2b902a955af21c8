import { stat } from 'node:fs/promises';
import { basename, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Root } from '../../../shared/contract/library.ts';
import { atomic } from '../storage/atomic.ts';
import type { Connection } from '../storage/open-database.ts';
import type { Clock } from '../ports.ts';
import type { ClipIndexRepo } from './clip-index-repo.ts';
import type { ClipsRepo, StoredPlace } from './clips-repo.ts';
import type { RootsRepo } from './roots-repo.ts';
import { walkFolder, type FoundFile } from './walk-folder.ts';

/**
 * A file touched within this time may still be growing: it is looked at again after as long, and left for the next scan
 * when it has changed. A server's clock may be a little ahead of ours; a time further ahead is a camera's wrong clock
 * and says nothing about growing.
 */
const restMs = 2000;
const clockSkewMs = 60_000;
/** When at least this many files and half of a folder's are gone at once, that is asked about, not believed. */
const doubtfulLoss = 20;

/** What a scan found. */
export interface ScanOutcome {
  added: number;
  changed: number;
  missing: number;
  /** Files that were touched a moment ago and are not taken in yet. */
  fresh: FoundFile[];
}

/** What a scan works with. */
export interface ScanDeps {
  readonly db: Connection;
  readonly clips: ClipsRepo;
  readonly roots: RootsRepo;
  readonly index: ClipIndexRepo;
  readonly clock: Clock;
  readonly fingerprint: (path: string) => Promise<string>;
  /** Asks for the probe of a clip that is new. */
  readonly askProbe: (clipId: string) => void;
  /** Ends a scan under way when the core closes. */
  readonly closing: AbortSignal;
}

/**
 * Looks through a root. A file is known by its content: one that was moved or renamed is the same clip in another
 * place. Nothing is ever deleted from the index; what is not there any more is marked missing. A root that cannot be
 * read, or is suddenly empty, is offline.
 */
export async function scanRoot(deps: ScanDeps, root: Root): Promise<ScanOutcome> {
  const known = new Map(deps.clips.placesOfRoot(root.id).map((place) => [place.path, place]));
  const unreadable: string[] = [];
  const found: FoundFile[] = [];
  try {
    for await (const file of walkFolder(root.path, (path) => unreadable.push(path))) {
      deps.closing.throwIfAborted();
      found.push(file);
    }
  } catch (error) {
    deps.closing.throwIfAborted();
    return offline(
      deps,
      root,
      `The folder cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`,
    );
  }
  const present = [...known.values()].filter((place) => place.present === 1);
  const seen = new Set(found.map((file) => file.path));
  const gone = present.filter((place) => !seen.has(place.path) && !isBelow(place.path, unreadable));
  if (found.length === 0 && present.length > 0) {
    return offline(deps, root, 'The folder is empty, as it is when its volume is not mounted.');
  }
  const outcome: ScanOutcome = { added: 0, changed: 0, missing: gone.length, fresh: [] };
  for (const file of found) {
    deps.closing.throwIfAborted();
    await takeIn(deps, { root, file, known: known.get(file.path) ?? deps.clips.placeAt(file.path) }, outcome);
  }
  const growing = await takeInFresh(deps, root, outcome);
  // A file that lies elsewhere now was moved and is no loss.
  const held = new Set(
    deps.clips.placesOfRoot(root.id).flatMap((place) => (seen.has(place.path) ? [place.clipId] : [])),
  );
  const lost = gone.filter((place) => !held.has(place.clipId)).length;
  if (lost >= doubtfulLoss && lost * 2 >= present.length) {
    const reason = `${lost} of ${present.length} files are gone at once; none was marked missing.`;
    return { ...offline(deps, root, reason), added: outcome.added };
  }
  atomic(deps.db, () => {
    for (const place of gone) {
      deps.clips.setPresent(place.id, false);
      deps.index.refresh(place.clipId);
    }
    const reason = [
      ...(unreadable.length > 0 ? [`${unreadable.length} folders inside cannot be read.`] : []),
      ...(growing > 0 ? [`${growing} files are still growing; the next scan takes them in.`] : []),
    ].join(' ');
    deps.roots.setState(root.id, { online: true, reason: reason || null, scannedAtMs: deps.clock.now() });
  })();
  return outcome;
}

function offline(deps: ScanDeps, root: Root, reason: string): ScanOutcome {
  deps.roots.setState(root.id, { online: false, reason, scannedAtMs: null });
  return { added: 0, changed: 0, missing: 0, fresh: [] };
}

interface Candidate {
  readonly root: Root;
  readonly file: FoundFile;
  readonly known: StoredPlace | undefined;
}

async function takeIn(deps: ScanDeps, { root, file, known }: Candidate, outcome: ScanOutcome): Promise<void> {
  if (known && known.sizeBytes === file.sizeBytes && known.modifiedAtMs === file.modifiedAtMs) {
    if (known.present === 0) deps.clips.setPresent(known.id, true);
    if (known.rootId === null) deps.clips.putPlace({ clipId: known.clipId, rootId: root.id, ...file });
    return;
  }
  if (file.sizeBytes === 0) return;
  const ageMs = deps.clock.now() - file.modifiedAtMs;
  if (ageMs < restMs && ageMs > -clockSkewMs) {
    outcome.fresh.push(file);
    return;
  }
  await takeInRested(deps, { root, file, known }, outcome);
}

/** Looks once more at what was fresh; answers how many of those files have changed since. */
async function takeInFresh(deps: ScanDeps, root: Root, outcome: ScanOutcome): Promise<number> {
  if (outcome.fresh.length === 0) return 0;
  await sleep(restMs, undefined, { signal: deps.closing });
  let growing = 0;
  for (const file of outcome.fresh) {
    const now = await stat(file.path).catch(() => null);
    const same = now?.size === file.sizeBytes && Math.trunc(now.mtimeMs) === file.modifiedAtMs;
    if (same) await takeInRested(deps, { root, file, known: deps.clips.placeAt(file.path) }, outcome);
    else growing++;
  }
  return growing;
}

async function takeInRested(
  deps: ScanDeps,
  { root, file, known }: Candidate,
  outcome: ScanOutcome,
): Promise<void> {
  const fingerprint = await deps.fingerprint(file.path).catch(() => null);
  if (fingerprint === null) return;
  atomic(deps.db, () => {
    const same = deps.clips.idOf(fingerprint);
    const clipId =
      same ??
      deps.clips.insert(
        { fingerprint, sizeBytes: file.sizeBytes, sha256: null, title: basename(file.path) },
        deps.clock.now(),
      );
    deps.clips.putPlace({ clipId, rootId: root.id, ...file });
    deps.index.refresh(clipId);
    // The clip that was here before is no longer found by this file's name.
    if (known && known.clipId !== clipId) deps.index.refresh(known.clipId);
    // With the clip and not after the scan: a kill in between would leave a clip that nobody ever reads.
    if (same === null) deps.askProbe(clipId);
    if (known) outcome.changed++;
    else outcome.added++;
  })();
}

function isBelow(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path.startsWith(folder + sep));
}
