// The real engine in a process of its own, warm like a running application. Arguments: JSON of `ChildOptions`. Reads
// one JSON `Order` a line from its input, answers each with one JSON `Took` a line, and ends with its input.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { usualFlushRule } from '../../electron/core/downloads/journal.ts';
import { guidedPieceSize } from '../../electron/core/downloads/plan-pieces.ts';
import { startRig } from '../support/fault-rig.ts';

/** How the engine is set. */
export interface ChildOptions {
  readonly connections: number;
  readonly plain: boolean;
  readonly certificates: readonly string[];
}

/** Addresses to be fetched at once. */
export interface Order {
  readonly urls: readonly string[];
}

/** What that took. */
export interface Took {
  /** Until every byte was on the disk and journalled. */
  readonly fetchedMs: number;
  /** Until it was hashed, proven, published and written down. */
  readonly completeMs: number;
  readonly cpuMs: number;
  /** The most that the process ever had. */
  readonly maxRssMiB: number;
  readonly loopP99Ms: number;
}

const loopResolutionMs = 5;

const options = JSON.parse(process.argv[2] ?? '{}') as ChildOptions;
let fetchedAt = 0;
const rig = await startRig({
  connections: options.connections,
  parallel: 8,
  plain: options.plain,
  certificates: options.certificates,
  tuning: { pieceSize: guidedPieceSize, piecesAtOnce: 16, flush: usualFlushRule, timeouts: {}, tickMs: 1000 },
  checkpoint: (name) => {
    if (name === 'fetched') fetchedAt = performance.now();
  },
});

async function fetchAll({ urls }: Order): Promise<Took> {
  const loop = monitorEventLoopDelay({ resolution: loopResolutionMs });
  const cpuBefore = process.cpuUsage();
  const begun = performance.now();
  loop.enable();
  const ids: string[] = [];
  for (const url of urls) {
    ids.push((await rig.downloads.addUrl({ url, insecureHttp: true, allowPrivate: true })).id);
  }
  const done = await Promise.all(ids.map((id) => settled(id)));
  const completeMs = performance.now() - begun;
  loop.disable();
  const cpu = process.cpuUsage(cpuBefore);
  for (const one of done) if (one.path !== null) rmSync(one.path);
  const failed = done.find((one) => one.state !== 'complete');
  if (failed) throw new Error(`A download ended as ${failed.state}: ${JSON.stringify(failed.reason)}`);
  return {
    fetchedMs: fetchedAt - begun,
    completeMs,
    cpuMs: (cpu.user + cpu.system) / 1000,
    maxRssMiB: process.resourceUsage().maxRSS / 1024,
    loopP99Ms: Math.max(0, loop.percentile(99) / 1e6 - loopResolutionMs),
  };
}

/** Asked rarely, so that the asking does not show. */
async function settled(id: string) {
  for (let tries = 0; tries < 60_000; tries++) {
    const one = rig.downloads.get({ id });
    if (one.state === 'complete' || one.state === 'failed') return one;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('A download did not end.');
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await fetchAll(JSON.parse(line) as Order))}\n`);
}
await rig.close();
