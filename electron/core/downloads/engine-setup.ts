import { createFollowThread } from '../files/follow-file.ts';
import type { DownloadsDeps } from './downloads.ts';
import { createDownloadsRepo } from './downloads-repo.ts';
import type { EngineDeps, EngineTuning } from './engine-deps.ts';
import { usualFlushRule } from './journal.ts';
import { guidedPieceSize } from './plan-pieces.ts';
import { usualSpeedFloor } from './speed-floor.ts';
import { createTraffic } from './traffic/traffic.ts';
import { headersSecret, urlLink } from './url-download.ts';

/** What the engine needs, made of what the area was given. */
export function engineDepsOf(deps: DownloadsDeps): EngineDeps {
  const tuning = { ...usualTuning(), ...deps.tuning };
  return {
    repo: createDownloadsRepo(deps.db),
    http: deps.http,
    clock: deps.clock,
    log: deps.log,
    hashWorkerUrl: deps.hashWorkerUrl,
    followThread: createFollowThread({ workerUrl: deps.followWorkerUrl }),
    pieceHash: deps.pieceHash,
    connections: () => deps.settings.connections(),
    traffic: createTraffic({ ...deps, tuning }),
    keepFreeBytes: () => deps.settings.keepFreeBytes(),
    tuning,
    checkpoint: deps.checkpoint ?? (() => undefined),
    resolve: (row, context) => (row.url === null ? deps.resolve(row, context) : urlLink(row, deps.secrets)),
    nameOf: ({ dir, url }, fileName) =>
      deps.places.nameOf({ base: dir, fileName, of: { kind: 'address', url: url ?? '' } }),
    onComplete: async (row, file) => {
      if (row.options.hasHeaders) await deps.secrets.delete(headersSecret(row.id));
      return deps.onComplete(row, file);
    },
  };
}

function usualTuning(): EngineTuning {
  return {
    pieceSize: guidedPieceSize,
    piecesAtOnce: 16,
    flush: usualFlushRule,
    timeouts: {},
    floor: usualSpeedFloor,
    mostUntoldBytes: 256 * 1024 ** 3,
    pauseMs: 1000,
    delayFactor: 1,
    tickMs: 1000,
    random: Math.random,
  };
}
