import type { Download } from '../../shared/contract/downloads.ts';
import type { HttpClient } from '../../electron/core/http/http-client.ts';
import type { SeededBody } from './fault-body.ts';
import { body, endOf, honest, pieceBytes, type FaultCase, type Scene, type Seen } from './fault-cases.ts';
import { aLink, patient, startRig, waitFor, type Rig, type RigOptions } from './fault-rig.ts';
import { startFaultServer, type Behaviour, type FaultServer, type SeenRequest } from './fault-server.ts';

/** Pauses short enough for some hundred cases, but waits that no busy machine comes near. */
const tuning = { timeouts: { headMs: 8000, idleMs: 8000 }, pauseMs: 4, delayFactor: 0.004 };
/** What is given with the address, and must be seen nowhere else. */
export const canary = 'canary-6f1d';

/** What the cases of one file share. */
interface Stage {
  readonly keep: <T extends { close(): Promise<void> }>(one: T) => T;
  readonly http: HttpClient;
}

/** Plays one case from the beginning to its end. */
export async function play(
  one: FaultCase,
  how: { connections: number; resumed: boolean },
  { keep, http }: Stage,
): Promise<Seen> {
  let behave: (request: SeenRequest) => Behaviour = () => honest;
  let numbered = 0;
  const server = keep(
    await startFaultServer(
      (request) => behave({ ...request, number: request.number - numbered }),
      one.server,
    ),
  );
  const elsewhere = keep(await startFaultServer(() => one.elsewhere ?? honest));
  const scene: Scene = { ...how, url: server.url, elsewhere: elsewhere.url };
  let renewals = 0;
  const options: RigOptions = {
    ...one.rig,
    pieceBytes,
    secrets: new Map(),
    ...(one.rig?.certificates ? {} : { http }),
    tuning: { ...tuning, ...one.rig?.tuning },
    describe: () => ({ fileName: 'clip.mp4' }),
    resolve: async () => aLink(`${server.url}/clip.mp4?${canary}`, one.link?.(scene, renewals++) ?? {}),
  };
  let begun: Begun | null = null;
  if (how.resumed) {
    behave = beginningOf(one);
    begun = await begin(one, server, { ...options, connections: 4 });
    keep({ close: () => begun?.rig.close() ?? Promise.resolve() });
    numbered = server.requests.length;
    renewals = 0;
  }
  behave = one.behave(scene);
  if (one.becomes) server.become(one.becomes);
  const sentBefore = server.sentBytes();
  const rig = keep(
    await startRig({ ...options, connections: how.connections, ...(begun ? { home: begun.rig.home } : {}) }),
  );
  const id = begun?.id ?? (await add(one, rig, server));
  const download = await rig.settled(id, (now) => isOver(one, now, how.resumed));
  const requests = server.requests.slice(numbered);
  const sentBytes = server.sentBytes() - sentBefore;
  const keptBytes = begun?.keptBytes ?? 0;
  return { scene, download, rig, requests, sentBytes, elsewhere, server, renewals, keptBytes };
}

interface Begun {
  readonly rig: Rig;
  readonly id: string;
  readonly keptBytes: number;
}

/** Gives all pieces, or the first, the third, fourth and fifth, so that there is a gap in the middle. */
function beginningOf(one: FaultCase): (request: SeenRequest) => Behaviour {
  const before = one.before ?? honest;
  return ({ range }) => {
    const piece = Math.floor((range?.first ?? 0) / pieceBytes);
    return one.begun === 'all' || [0, 2, 3, 4].includes(piece) ? before : { stallBeforeHead: true };
  };
}

async function begin(one: FaultCase, server: FaultServer, options: RigOptions): Promise<Begun> {
  const held = Promise.withResolvers<null>();
  let fetched = false;
  const rig = await startRig({
    ...options,
    // Each byte is journalled at once, so that it can be waited for; and nobody loses patience meanwhile.
    tuning: { ...options.tuning, flush: { everyBytes: 1, everyMs: 0 }, ...patient },
    checkpoint: async (name) => {
      if (name !== 'fetched') return;
      fetched = true;
      await held.promise;
    },
  });
  const id = await add(one, rig, server);
  // Four pieces are here, and each connection has asked for one that it will not get.
  const asFarAsItGoes = (): boolean => server.requests.length === 8 && doneBytes(rig, id) === 4 * pieceBytes;
  await waitFor(
    () => (one.begun === 'all' ? fetched : asFarAsItGoes()),
    (is) => is,
  );
  const keptBytes = doneBytes(rig, id);
  const stopped = rig.stop();
  held.resolve(null);
  await stopped;
  return { rig, id, keptBytes };
}

async function add(one: FaultCase, rig: Rig, server: FaultServer): Promise<string> {
  const promised = promisedOf(one);
  if (one.link) {
    const { downloads } = await rig.downloads.add({ assetIds: ['a1'] });
    return downloads[0]?.id ?? '';
  }
  const { id } = await rig.downloads.addUrl({
    url: `${server.url}/clip.mp4?token=${canary}`,
    insecureHttp: true,
    allowPrivate: true,
    headers: { 'X-Api-Key': canary },
    ...(promised ? { sha256: promised.sha256() } : {}),
  });
  return id;
}

function promisedOf(one: FaultCase): SeededBody | null {
  if (one.promised !== undefined) return one.promised;
  const end = endOf(one, true);
  return end.state === 'complete' ? end.file : body;
}

function isOver(one: FaultCase, now: Download, resumed: boolean): boolean {
  if (['complete', 'failed', 'paused', 'cancelled'].includes(now.state)) return true;
  const end = endOf(one, resumed);
  return end.state === 'waiting' && now.state === 'waiting' && now.reason?.code === end.code;
}

/** Bytes in journalled pieces. */
export function doneBytes(rig: Rig, id: string): number {
  return rig.db.prepare('SELECT done_bytes FROM download WHERE id = ?').pluck().get(id) as number;
}
