import { join } from 'node:path';
import type { CoreDeps } from './create-core.ts';
import { loadPieceHash } from './files/piece-hash.ts';
import { createHttpClient } from './http/create-http-client.ts';
import { createFastClient } from './http/fast/fast-client.ts';
import { createJobsRepo } from './jobs/jobs-repo.ts';
import { JobRunner } from './jobs/job-runner.ts';
import { createFfmpegRunner } from './media/ffmpeg.ts';
import { createFingerprinter } from './media/fingerprint.ts';
import { createPictures } from './media/pictures.ts';
import { createNetwork } from './network/network.ts';
import { checkNetworkSettings } from './network/proxy-settings.ts';
import { createSecretStore } from './secrets/secret-store.ts';
import { defaultSettings } from './settings/default-settings.ts';
import { createSettings } from './settings/settings.ts';
import { openDatabases } from './storage/databases.ts';
import { lockHome } from './storage/home-lock.ts';
import { createChangeFeed } from './system/change-feed.ts';

/** Called with what has to be ended again, in the order of opening. */
export type OnClose = (closer: () => Promise<void> | void) => void;

/**
 * What every area stands on: the home's lock, the databases, the job runner, one HTTP client, one ffmpeg runner.
 *
 * @throws RushesError HOME_IN_USE, DATABASE_NEWER, DATABASE_DAMAGED.
 */
export async function layGround(deps: CoreDeps, onClose: OnClose) {
  const { home, clock, log } = deps;
  const lock = lockHome(home);
  // A start that fails over a damaged file must not make the next start trust that file.
  let clean = !lock.uncleanExit;
  onClose(() => lock.release({ clean }));
  const dbs = openDatabases({ home, clock, log, uncleanExit: lock.uncleanExit });
  clean = true;
  onClose(() => dbs.close());
  const feed = createChangeFeed();
  onClose(() => feed.close());
  const runner = createFfmpegRunner({ tools: deps.tools, log });
  onClose(() => runner.close());
  const jobs = new JobRunner({ repo: createJobsRepo(dbs.user), clock, log, notify: feed.notify });
  onClose(() => jobs.close());
  const settings = createSettings({
    db: dbs.user,
    notify: feed.notify,
    defaults: defaultSettings(deps.downloadDir),
    check: checkNetworkSettings,
    onChange: () => {
      network.settingsChanged();
      jobs.kick();
    },
  });
  const secrets = createSecretStore({ file: join(home, 'secrets.json'), box: deps.secretBox });
  const userAgent = `Rushes/${deps.version}`;
  const network = createNetwork({
    settings: settings.get,
    secrets,
    environment: deps.environment,
    system: deps.systemProxy ?? null,
    clock,
    log,
    userAgent,
    pacWorkerUrl: deps.workers.pac,
  });
  onClose(() => network.close());
  const { trust, routes } = network;
  const plain = createHttpClient({ userAgent, log, trust, routes });
  const workerUrl = deps.workers.transfer;
  const http = createFastClient({ plain, trust, workerUrl, userAgent, log, now: clock.now });
  onClose(() => http.close());
  return {
    dbs,
    feed,
    http,
    runner,
    jobs,
    settings,
    network,
    secrets,
    pictures: createPictures({ dir: join(home, 'pictures', 'clips'), runner, log }),
    fingerprint: await createFingerprinter(),
    pieceHash: await loadPieceHash(),
  };
}
/** What stands when the ground is laid. */
export type Ground = Awaited<ReturnType<typeof layGround>>;
