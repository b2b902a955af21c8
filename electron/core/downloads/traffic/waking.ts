import type { JobRunner } from '../../jobs/job-runner.ts';
import type { DownloadRow } from '../download-row.ts';
import type { DownloadsRepo } from '../downloads-repo.ts';
import type { Engine } from '../engine.ts';
import type { Traffic } from './traffic.ts';

/** What ends when the network is back. */
const forNetwork = [
  'OFFLINE',
  'NETWORK_DISCONNECTED',
  'NETWORK_TIMEOUT',
  'SERVER_UNREACHABLE',
  'HOST_RESTING',
  // A hotel's page before its sign-in, for instance, has a certificate of its own.
  'CERTIFICATE',
  'PROXY_UNREACHABLE',
];

/** What may end when there is another way out, or other certificates are believed. */
const forAnotherWay = [
  'PROXY_SIGN_IN',
  'PROXY_UNREACHABLE',
  'SERVER_UNREACHABLE',
  'NETWORK_DISCONNECTED',
  'NETWORK_TIMEOUT',
  'CERTIFICATE',
];

/** Gets going again what stands, and stops what runs so that it begins anew. */
export function createWaking(deps: {
  repo: DownloadsRepo;
  engine: Engine;
  jobs: JobRunner;
  traffic: Traffic;
  enqueue: (rows: readonly DownloadRow[]) => void;
}) {
  const { repo, engine, traffic } = deps;
  /** What waits for one of these reasons is tried at once. */
  const wakeFor = (reasons: readonly string[]): number => {
    const rows = repo.waitingFor(reasons);
    if (rows.length > 0) deps.enqueue(rows);
    return rows.length;
  };
  const stopAll = (): void => {
    for (const { row } of engine.active()) engine.interrupt(row.id, 'again');
  };
  return {
    wakeFor,
    stopAll,
    wakeWayOut: (): void => {
      traffic.breaker.forgive();
      wakeFor(forAnotherWay);
    },
    /** The network is back, or the machine awake. */
    wake: (why: 'online' | 'awake'): number => {
      traffic.breaker.forgive();
      // Sockets that slept are as good as dead, and only a time-out would say so.
      if (why === 'awake') stopAll();
      const woken = wakeFor(forNetwork);
      deps.jobs.kick();
      return woken;
    },
  };
}
