import type { CatalogueArea } from '../catalogue/catalogue.ts';
import type { CoreDeps } from '../create-core.ts';
import { createDownloads, type Downloads } from '../downloads/downloads.ts';
import type { EventsArea } from '../events/events.ts';
import type { Ground } from '../ground.ts';
import type { LibraryArea } from '../library/library.ts';
import type { CatalogueSource } from '../sources/source-model.ts';
import { connectPlaces, keepingAddresses } from './connect-places.ts';
import { createDescribeAsset } from './describe-asset.ts';
import { createDownloadSettings } from './download-settings.ts';
import { createFindHeld } from './find-held.ts';
import { createRenditionChoice } from './rendition-choice.ts';
import { createResolveLink } from './resolve-link.ts';

type Connected = ReturnType<typeof connectPlaces> & { readonly downloads: Downloads };

/** The downloads with the places that their files get: they take from the catalogue and give to the library. */
export function connectDownloads(
  deps: CoreDeps,
  ground: Ground,
  others: {
    catalogue: CatalogueArea;
    events: EventsArea;
    library: LibraryArea;
    openSource: (sourceId: string) => CatalogueSource;
    /** The network is back, or the machine awake. */
    onWake: (why: 'online' | 'awake') => void;
  },
): Connected {
  const { clock, log, pieceBytes } = deps;
  const { jobs } = ground;
  const { catalogue, events, library, openSource } = others;
  const { places, sidecars } = connectPlaces(deps, ground, catalogue);
  const downloads = createDownloads({
    db: ground.dbs.user,
    jobs,
    clock,
    log,
    http: ground.http,
    notify: ground.feed.notify,
    secrets: ground.secrets,
    settings: createDownloadSettings(ground.settings),
    hashWorkerUrl: deps.workers.hash,
    followWorkerUrl: deps.workers.follow,
    pieceHash: ground.pieceHash,
    describeAsset: createDescribeAsset({ catalogue, events }),
    findHeld: createFindHeld({ library }),
    renditions: createRenditionChoice({ catalogue }),
    places,
    resolve: keepingAddresses(createResolveLink(openSource, catalogue), sidecars),
    onComplete: async (row, file) => {
      await sidecars.write(row.id);
      return library.adopt({
        ...row,
        ...file,
        downloadId: row.id,
        snapshotJson: row.assetJson,
        verified: row.verified ?? 'none',
      });
    },
    ...(pieceBytes === undefined ? {} : { tuning: { pieceSize: () => pieceBytes } }),
  });
  // Whoever tells the downloads means all that waits for the network.
  const wake: Downloads['wake'] = (input) => {
    others.onWake(input.why);
    return downloads.wake(input);
  };
  ground.network.onRenewed(() => {
    downloads.wakeWayOut();
    others.onWake('online');
  });
  return { downloads: { ...downloads, wake }, places, sidecars };
}
