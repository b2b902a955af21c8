import { createRouterClient, type RouterClient } from '@orpc/server';
import { availableParallelism } from 'node:os';
import { createClipMedia } from './bridges/clip-media.ts';
import { connectConsequences } from './bridges/connect-consequences.ts';
import { connectDownloads } from './bridges/connect-downloads.ts';
import { connectSources } from './bridges/connect-sources.ts';
import { createMediaDoor } from './bridges/media-door.ts';
import { createSearchPlaces } from './bridges/search-places.ts';
import { createThumbs } from './bridges/thumbs.ts';
import { createHoldingsRepo } from './downloads/holdings-repo.ts';
import { decodeSeal } from './downloads/seal.ts';
import { drop } from './drop.ts';
import { createEvents } from './events/events.ts';
import { layGround, type Ground, type OnClose } from './ground.ts';
import { createLibrary } from './library/library.ts';
import { readToolVersion } from './media/ffmpeg.ts';
import { serveFile, type ServedFile } from './media/media-response.ts';
import { createNetworkCalls } from './network/network-calls.ts';
import type { Clock, Log, MediaTools, SecretBox, SystemProxy, WorkerModules } from './ports.ts';
import { createRouter, type CoreRouter } from './rpc/router.ts';
import { createSearch } from './search/search.ts';
import { createSystem } from './system/system.ts';
import { createTags } from './tags/tags.ts';
import { createVerify } from './verify/verify.ts';

/** What a host gives the core. */
export interface CoreDeps {
  /** The profile's folder: databases, secrets, pictures, logs. */
  readonly home: string;
  readonly version: string;
  readonly door: 'desktop' | 'browser' | 'cli';
  readonly clock: Clock;
  readonly log: Log;
  readonly secretBox: SecretBox;
  readonly tools: MediaTools;
  /** Variables of the process, for HTTP_PROXY and its kin. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What the operating system is set to, where the door can ask it. */
  readonly systemProxy?: SystemProxy;
  /** Where downloads go until the user says otherwise. */
  readonly downloadDir: string;
  readonly workers: WorkerModules;
  /** Nothing is worked off until `begin`: for looking and for saying what is wanted. */
  readonly still?: boolean;
  /** Changes to the download engine's pace, for tests. */
  readonly pieceBytes?: number;
  /** Factor on the pauses between questions to sources, for tests. */
  readonly pace?: number;
}

/** The running core. */
export interface Core {
  readonly router: CoreRouter;
  /** The router as plain functions, for a door in the same process. */
  readonly client: RouterClient<CoreRouter>;
  /** Takes up the queue of a core that was opened `still`: what the last run left goes on. */
  begin(): Promise<void>;
  /** Says what the host itself is busy with, for the pages to show; null when it is done. */
  announce(title: string | null): void;
  /** The file behind a media address's path, or null. */
  findMedia(pathname: string): Promise<ServedFile | null>;
  /** Serves a media address, ranges included. */
  serveMedia(request: Request, pathname: string): Promise<Response>;
  /** Ends everything in reverse order; what is under way goes on at the next start. */
  close(): Promise<void>;
}

/**
 * Builds the core: the one place where areas meet.
 *
 * @throws RushesError HOME_IN_USE, DATABASE_NEWER, DATABASE_DAMAGED.
 */
export async function createCore(deps: CoreDeps): Promise<Core> {
  const closers: (() => Promise<void> | void)[] = [];
  let open = true;
  const close = async (): Promise<void> => {
    open = false;
    for (const one of closers.splice(0).reverse()) await one();
  };
  const onClose: OnClose = (closer) => closers.push(closer);
  try {
    const ground = await layGround(deps, onClose);
    const areas = await buildAreas(deps, ground, onClose);
    let begun: Promise<void> | null = deps.still ? null : Promise.resolve();
    const begin = (): Promise<void> => (begun ??= areas.begin());
    return { ...openDoors(deps, ground, { areas, isOpen: () => open }), begin, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What is held here: clips, the events they belong to, and what is said of them. */
function buildLibrary({ clock, workers }: CoreDeps, ground: Ground) {
  const { dbs, jobs, fingerprint, runner, pictures } = ground;
  const { notify } = ground.feed;
  const events = createEvents({
    user: dbs.user,
    catalogue: dbs.catalogue,
    clock,
    notify,
    onRenamed: (eventId) => library.reindexEvent(eventId),
  });
  const library = createLibrary({
    db: dbs.user,
    jobs,
    clock,
    notify,
    fingerprint,
    media: createClipMedia({ runner, pictures, hashWorkerUrl: workers.hash }),
    restoreEvent: events.restore,
    parallel: availableParallelism(),
  });
  const tags = createTags({
    db: dbs.user,
    clock,
    notify,
    adoptEvent: (eventId) => void events.adopt(eventId),
    reindex: library.reindex,
  });
  return { events, library, tags };
}

/** The areas of the product, each handed what it needs of the others; then what the last run left goes on, unless it is to be still. */
async function buildAreas(deps: CoreDeps, ground: Ground, onClose: OnClose) {
  const { clock, log } = deps;
  const { dbs, jobs } = ground;
  const { notify } = ground.feed;
  const { events, library, tags } = buildLibrary(deps, ground);
  const consequences = connectConsequences(deps, ground, {
    catalogue: () => catalogue,
    downloads: () => downloads,
  });
  const holdings = createHoldingsRepo(dbs.user);
  const connected = connectSources(deps, ground, {
    clipsOfAssets: library.clipsOfAssets,
    downloadsOfAssets: holdings.underWay,
    heldAssets: holdings.allHere,
    onSignedIn: (sourceId) => downloads.wakeSignIn(sourceId),
    ...consequences,
  });
  const { sources, catalogue, account, openSource } = connected;
  const { downloads, places, sidecars } = connectDownloads(deps, ground, {
    catalogue,
    events,
    library,
    openSource,
    onWake: connected.wake,
  });
  const verify = createVerify({
    db: dbs.user,
    jobs,
    clock,
    log,
    notify,
    version: deps.version,
    hashWorkerUrl: deps.workers.hash,
    unseal: decodeSeal,
    recordHash: library.recordHash,
    fetchPieces: downloads.fetchPieces,
  });
  onClose(() => library.close());
  onClose(() => sidecars.close());
  onClose(() => downloads.close());
  onClose(() => connected.close());
  onClose(() => consequences.notices.close());
  onClose(() => consequences.rules.close());
  for (const kind of library.jobKinds) jobs.register(kind);
  const begin = async (): Promise<void> => {
    await downloads.recover();
    verify.recover();
    connected.finishRemovals();
    drop(sidecars.recover(), (error) => log.error('Sidecars are still owed.', { error: String(error) }));
    drop(consequences.notices.catchUp(), (error) =>
      log.error('Not all that is held was looked at.', { error: String(error) }),
    );
    jobs.start();
    // A command that is given once does what it was told and nothing beside it.
    if (deps.door !== 'cli') {
      connected.startSchedule();
      consequences.rules.start();
    }
  };
  if (deps.still) downloads.rest();
  else await begin();
  return {
    ...consequences,
    begin,
    account,
    catalogue,
    downloads,
    events,
    library,
    places,
    sources,
    tags,
    verify,
  };
}

/** What a host reaches the areas by: the router, the same as plain functions, and media by opaque id. */
function openDoors(
  deps: CoreDeps,
  ground: Ground,
  of: { areas: Awaited<ReturnType<typeof buildAreas>>; isOpen: () => boolean },
): Omit<Core, 'begin' | 'close'> {
  const { catalogue, events, library } = of.areas;
  const { feed, settings, pictures } = ground;
  const network = createNetworkCalls({
    ...ground,
    settings: () => settings.get().proxy,
    now: () => deps.clock.now(),
  });
  const system = createSystem({
    ...deps,
    ...ground,
    checkWorkerUrl: deps.workers.check,
    notify: feed.notify,
    networkFindings: network.findings,
    downloadDir: () => settings.get().downloadDir,
    toolVersion: async (path) => (await readToolVersion(path)) ?? 'version unknown',
  });
  const findMedia = createMediaDoor({ library, pictures, assetPicture: catalogue.picture });
  const router = createRouter(
    {
      ...of.areas,
      network,
      settings,
      system,
      changes: feed,
      search: createSearch(createSearchPlaces({ catalogue, library, events })),
      thumbs: createThumbs({ ...ground, library }),
    },
    { log: deps.log, isOpen: of.isOpen },
  );
  return {
    router,
    client: createRouterClient(router),
    announce: system.announce,
    findMedia,
    serveMedia: async (request, pathname) => {
      const found = await findMedia(pathname, request.signal);
      return found ? serveFile(request, found) : new Response(null, { status: 404 });
    },
  };
}
