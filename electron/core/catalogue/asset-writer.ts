import type { SourceAsset, SourceEvent } from '../sources/source-model.ts';
import { stableId } from '../stable-id.ts';
import type { Connection } from '../storage/open-database.ts';
import { createAssetChanges, type Taken } from './asset-changes.ts';
import { decideTelling } from './decide-telling.ts';
import { createEventWriteRepo } from './event-write-repo.ts';
import type { PageOutcome } from './page-outcome.ts';
import type { SearchTextRepo } from './search-text-repo.ts';
import { assetOf, hashOf, type Telling } from './telling.ts';
import type { Stamp } from './told-order.ts';
import { createToldRepo } from './told-repo.ts';
import type { TwinLinks } from './twin-links.ts';

interface Told extends Taken {
  readonly run: number;
  readonly hash: Buffer;
}

/** Writes single assets and events, each within the transaction that is open. */
export function createAssetWriter(db: Connection, deps: { texts: SearchTextRepo; twins: TwinLinks }) {
  const told = createToldRepo(db);
  const events = createEventWriteRepo(db);
  const changes = createAssetChanges(db, deps);

  /** Tried before anything is looked up, for in a first sync every item is new. False when this one is not. */
  const add = (taken: Told, outcome: PageOutcome): boolean => {
    const { asset, sourceId, hash, run } = taken;
    const { externalId } = asset;
    const row = changes.freeRow(taken);
    const stamp = stampOf(asset);
    const isBare = asset.status === 'withdrawn';
    if (!told.add({ sourceId, externalId, row, hash, run, stamp, textStamp: stamp, isBare })) return false;
    outcome.changed.push(changes.add(row, taken));
    outcome[isBare ? 'withdrawn' : 'added']++;
    return true;
  };
  const change = (taken: Told, outcome: PageOutcome): void => {
    const { asset, hash, run } = taken;
    const item = { sourceId: taken.sourceId, externalId: asset.externalId };
    const known = told.known(item);
    if (!known) throw new Error(`What was told of ${item.externalId} has no asset.`);
    const stamp = stampOf(asset);
    const decision = decideTelling(known, { status: asset.status, stamp });
    if (decision === 'stale' || decision === 'fill') {
      outcome.stale++;
      told.markSeen(item, run);
      if (decision === 'stale') return;
      const filled = changes.fill(known, taken);
      told.putTexts(item, filled.row, stamp);
      outcome.changed.push(filled);
      return;
    }
    const keepsTexts = decision === 'withdraw';
    const changed = keepsTexts ? changes.withdraw(known, taken) : changes.rewrite(known, taken);
    const isTombstone = asset.status === 'withdrawn';
    const now = isTombstone ? stampOfEnd(stamp, known.stamp) : stamp;
    const textStamp = keepsTexts ? known.textStamp : now;
    const isBare = isTombstone && !keepsTexts;
    told.put({ ...item, row: changed.row, hash, run, stamp: now, textStamp, isBare });
    outcome.changed.push(changed);
    outcome[changed.kind === 'withdrawn' ? 'withdrawn' : 'updated']++;
  };

  return {
    write: (
      telling: Telling,
      { sourceId, run, nowMs }: { sourceId: string; run: number; nowMs: number },
      outcome: PageOutcome,
    ): void => {
      const hash = hashOf(telling);
      if (told.seeAgain({ sourceId, externalId: telling.externalId }, run, hash)) {
        outcome.unchanged++;
        return;
      }
      const taken = { sourceId, run, nowMs, asset: assetOf(telling), hash };
      if (!add(taken, outcome)) change(taken, outcome);
    },
    /** An event's title is a text of its assets, so they are found by the new one. */
    writeEvent: (sourceId: string, event: SourceEvent, outcome: PageOutcome): void => {
      const id = stableId(sourceId, 'event', event.externalId);
      const title = events.title(id);
      events.put(id, sourceId, event);
      if (title === event.title) return;
      deps.texts.noteEvent(id);
      outcome.touched.push(...events.assets(id));
    },
  };
}

function stampOf(asset: SourceAsset): Stamp {
  return { version: asset.version, changedAtMs: asset.dates.changed?.atMs ?? null };
}

/** A tombstone often has no stamp at all; what is older than the last telling is still older than its end. */
function stampOfEnd(stamp: Stamp, known: Stamp): Stamp {
  return stamp.version === null && stamp.changedAtMs === null ? known : stamp;
}
