import { createHash } from 'node:crypto';
import type { AssetBody, CatalogueRepo } from '../catalogue/catalogue-repo.ts';
import type { EventRepo } from '../catalogue/event-repo.ts';
import type { FileRepo } from '../catalogue/file-repo.ts';
import type { PortalDb } from '../storage/open-portal-db.ts';
import { archiveAsset, largestArchive } from './archive-stories.ts';
import { assetTitle, demoAssets, recipeOf } from './demo-catalogue.ts';
import type { DemoAsset } from './demo-catalogue.ts';
import { demoEvents } from './events.ts';
import type { MadeMedia, MediaMaker } from './make-media.ts';
import { pageUrl, renditionFileName, renditionId, toAsset } from './to-asset.ts';

/** ffmpeg processes at a time. */
const makersAtOnce = 2;

/** What seeding stands on. */
export interface SeedDeps {
  readonly db: PortalDb;
  readonly catalogue: CatalogueRepo;
  readonly events: EventRepo;
  readonly files: FileRepo;
  readonly maker: MediaMaker;
  /** First start of this portal: embargoes count from it, so that a restart does not change them. */
  readonly seededAtMs: number;
  readonly now: () => number;
  readonly items: number | undefined;
  readonly onProgress: (made: number, total: number, title: string) => void;
}

/**
 * Makes the media of the demo and writes its catalogue.
 *
 * An asset is written again only when its description has changed since, so that a restart is no change and what an
 * administrator changed stays.
 */
export async function seedDemo(deps: SeedDeps): Promise<void> {
  const wanted = demoAssets().slice(0, deps.items);
  const media = await makeAll(wanted, deps);
  deps.db.transaction(() => {
    for (const event of demoEvents) {
      deps.events.put({ ...event, people: [...event.people], pageUrl: pageUrl('event', event.id) });
    }
    wanted.forEach((asset, index) => {
      const made = media[index];
      if (made !== undefined) store(deps, asset, made);
    });
    fillUp(deps, wanted, media);
  })();
}

/** When more is asked for than the demo tells, an archive of the same files under other titles and days follows. */
function fillUp(deps: SeedDeps, wanted: readonly DemoAsset[], media: readonly MadeMedia[]): void {
  const count = Math.min((deps.items ?? 0) - wanted.length, largestArchive);
  if (count <= 0) return;
  const models = wanted.flatMap((asset, index) => {
    const made = media[index];
    const body = made && toAsset(asset, made, deps.seededAtMs);
    return made && body?.status === 'usable' && body.renditions.length > 0 ? [{ asset, made, body }] : [];
  });
  for (let n = 0; n < count; n++) {
    const model = models[n % models.length];
    if (model) storeAs(deps, archiveAsset(n, model.body), model);
  }
}

async function makeAll(wanted: readonly DemoAsset[], deps: SeedDeps): Promise<MadeMedia[]> {
  const made: MadeMedia[] = [];
  let next = 0;
  let ready = 0;
  const work = async (): Promise<void> => {
    while (next < wanted.length) {
      const index = next;
      next += 1;
      const asset = wanted[index];
      if (asset === undefined) return;
      made[index] = await deps.maker.make(recipeOf(asset));
      ready += 1;
      deps.onProgress(ready, wanted.length, assetTitle(asset));
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: makersAtOnce }, work));
  // Both makers have ended here; the first failure is the one to tell.
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return made;
}

function store(deps: SeedDeps, asset: DemoAsset, media: MadeMedia): void {
  storeAs(deps, toAsset(asset, media, deps.seededAtMs), { asset, made: media });
}

function storeAs(
  deps: SeedDeps,
  body: AssetBody,
  { asset, made }: { asset: DemoAsset; made: MadeMedia },
): void {
  const seedHash = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  if (deps.catalogue.find(body.id)?.seedHash !== seedHash) {
    deps.catalogue.put(body, { atMs: deps.now(), seedHash });
  }
  // Paths are written at every start: the cache may lie elsewhere this time.
  for (const [kind, file] of made.outputs) {
    deps.files.putFile({
      id: renditionId(asset, kind).replace(/^\d+/, body.id),
      assetId: body.id,
      fileName: renditionFileName(asset, kind),
      storedPath: file.path,
      sizeBytes: file.sizeBytes,
      sha256: file.sha256,
    });
  }
  const { path, sha256 } = made.picture;
  deps.files.putPicture({ assetId: body.id, storedPath: path, sha256 });
}
