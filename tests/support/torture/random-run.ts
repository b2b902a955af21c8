import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { ResolveLink } from '../../../electron/core/downloads/engine-deps.ts';
import type { Download } from '../../../shared/contract/downloads.ts';
import { aLink, startRig, type Rig } from '../fault-rig.ts';
import { startFaultServer, type Behaviour, type FaultServer, type SeenRequest } from '../fault-server.ts';
import { createChecker } from './invariants.ts';
import { moodyFile, type MoodyFile } from './moody-file.ts';
import { diceOf, type Dice } from './seeds.ts';

/** How one seed ended. */
export interface RandomRun {
  readonly seed: number;
  /** What was broken, a sentence each; empty when all promises were kept. */
  readonly violations: readonly string[];
  /** Downloads by how they first ended: `complete`, or the code of the reason. */
  readonly endings: readonly string[];
  readonly requests: number;
}

/** How the seeds of one test differ from those of another. */
export interface RandomOptions {
  /** Addresses as they are, or assets whose links run out and are renewed. */
  readonly links: 'plain' | 'renewed';
}

/** However unlucky: so long may a download take until it is complete or has a reason. */
const patienceMs = 90_000;
const mostBytes = 160 * 1024;
const ended: ReadonlySet<string> = new Set(['complete', 'failed', 'cancelled']);

/**
 * Several downloads from a server whose moods come from the seed, with pauses, quits and new connections in between.
 * When the server has come to its senses and whatever had failed was tried again, everything must be there.
 */
export async function randomRun(seed: number, options: RandomOptions): Promise<RandomRun> {
  const dice = diceOf(seed);
  const home = mkdtempSync(join(tmpdir(), `rushes-seed-${seed}-`));
  const files = Array.from({ length: dice.between(1, 3) }, (_, index) =>
    moodyFile({
      name: `file-${index}.mp4`,
      dice: diceOf(seed * 31 + index),
      moods: dice.between(5, 40),
      mayBeReplaced: true,
      mostBytes,
    }),
  );
  const gate = createGate(options, diceOf(seed * 37));
  const server = await startFaultServer((request) => gate.behave(request, files));
  const resolve = gate.resolverOf(() => server);
  const run = new Run({ seed, dice, home, files, server, resolve, healGate: gate.heal });
  try {
    return await run.perform(options);
  } finally {
    await run.close();
    await server.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Finds the file for a request; with renewed links, lets nobody in whose key has run out. */
function createGate(options: RandomOptions, dice: Dice) {
  let key = 1;
  let healed = false;
  return {
    /** From now on links hold and the source is there. */
    heal: (): void => {
      healed = true;
    },
    behave: (request: SeenRequest, files: readonly MoodyFile[]): Behaviour => {
      const [, given, name] = request.path.split('/');
      const file = files.find((one) => one.name === name);
      if (!file) return { status: 404, text: 'no such file' };
      if (options.links === 'renewed') {
        if (Number(given) < key) {
          return { status: dice.pick([401, 403, 410]), text: 'expired' };
        }
        if (!healed && dice.chance(0.05)) key++;
      }
      return file.behave(request);
    },
    resolverOf:
      (server: () => FaultServer): ResolveLink =>
      async (row) => {
        if (!healed && dice.chance(0.1)) {
          throw new RushesError('SOURCE_UNAVAILABLE', 'The source is away.', { retryAfterMs: 0 });
        }
        return aLink(`${server().url}/${key}/${row.fileName}`, { expiresAtMs: Date.now() + 60_000 });
      },
  };
}

interface RunDeps {
  readonly seed: number;
  readonly dice: Dice;
  readonly home: string;
  readonly files: readonly MoodyFile[];
  readonly server: FaultServer;
  readonly resolve: ResolveLink;
  readonly healGate: () => void;
}

class Run {
  readonly #deps: RunDeps;
  #rig: Rig | null = null;

  constructor(deps: RunDeps) {
    this.#deps = deps;
  }

  async perform(options: RandomOptions): Promise<RandomRun> {
    const { seed, dice, files, server } = this.#deps;
    const violations: string[] = [];
    await this.#start();
    const ids = await this.#add(options);
    for (let turns = dice.between(0, 3); turns > 0; turns--) await this.#disturb();
    violations.push(...(await this.#wait(ids, 'is')));
    const endings = ids.map((id) => endingOf(this.#of(id)));
    for (const file of files) file.heal();
    this.#deps.healGate();
    await this.#open().downloads.retry({ ids: ids.filter((id) => this.#of(id).state !== 'complete') });
    violations.push(...(await this.#wait(ids, 'after a retry is')));
    for (const id of ids) {
      const last = this.#of(id);
      if (last.state !== 'complete') {
        violations.push(
          `${last.fileName} ends as ${endingOf(last)} with an honest server: ${last.reason?.detail}`,
        );
      }
    }
    await this.close();
    violations.push(...(await this.#check()));
    if (violations.length > 0) violations.push(...this.#story());
    return { seed, violations, endings, requests: server.requests.length };
  }

  async close(): Promise<void> {
    await this.#rig?.stop();
    this.#rig = null;
  }

  #open(): Rig {
    if (!this.#rig) throw new Error('The rig is not running.');
    return this.#rig;
  }

  #of(id: string): Download {
    return this.#open().downloads.get({ id });
  }

  async #start(): Promise<void> {
    const { dice, home, resolve, files } = this.#deps;
    this.#rig = await startRig({
      home,
      // By the plain client or by the one with threads of its own, which the product prefers.
      plain: dice.chance(0.5),
      connections: dice.between(1, 8),
      parallel: dice.between(1, 3),
      pieceBytes: dice.pick([7919, 16_384, 65_536]),
      resolve,
      describe: (assetId) => ({ fileName: assetId, ...promiseOf(files.find((one) => one.name === assetId)) }),
      tuning: {
        timeouts: { headMs: 600, idleMs: 300 },
        pauseMs: 4,
        delayFactor: 0.002,
        flush: { everyBytes: dice.pick([4096, 32_768, 1_000_000]), everyMs: dice.pick([5, 2000]) },
      },
    });
  }

  async #add(options: RandomOptions): Promise<string[]> {
    const { files, server, dice } = this.#deps;
    const { downloads } = this.#open();
    if (options.links === 'renewed') {
      const added = await downloads.add({
        assetIds: files.map((file) => file.name),
        rendition: 'best',
        again: false,
      });
      return added.downloads.map(({ id }) => id);
    }
    const ids: string[] = [];
    for (const file of files) {
      const { id } = await downloads.addUrl({
        url: `${server.url}/0/${file.name}`,
        insecureHttp: true,
        allowPrivate: true,
        connections: dice.between(1, 8),
        ...(file.promised ? { sha256: file.sha256 } : {}),
      });
      ids.push(id);
    }
    return ids;
  }

  /** Something that people do while it downloads. */
  async #disturb(): Promise<void> {
    const { dice } = this.#deps;
    await new Promise((resolve) => setTimeout(resolve, dice.between(0, 60)));
    const what = dice.pick(['pause', 'quit', 'none'] as const);
    if (what === 'pause') {
      await this.#open().downloads.pause();
      await this.#open().downloads.resume();
    } else if (what === 'quit') {
      await this.close();
      await this.#start();
    }
  }

  /** Waits until each download is complete or has said why not; says so of those that never do. */
  async #wait(ids: readonly string[], when: string): Promise<string[]> {
    const until = Date.now() + patienceMs;
    while (ids.some((id) => !ended.has(this.#of(id).state)) && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return ids
      .map((id) => this.#of(id))
      .filter((one) => !ended.has(one.state) || (one.state === 'failed' && badReason(one)))
      .map((one) => `${one.fileName} ${when} ${one.state} (${endingOf(one)}: ${one.reason?.detail}).`);
  }

  async #check(): Promise<string[]> {
    const { home, files } = this.#deps;
    const checker = await createChecker();
    return checker.violations({
      home,
      dirs: [join(home, 'media')],
      isRight: (name, sha256) => files.some((file) => file.name === name && file.right.has(sha256)),
      own: new Map(),
      acks: [],
      isStill: true,
    });
  }

  #story(): string[] {
    const { seed, files } = this.#deps;
    return [
      `Again with RUSHES_SEED=${seed}.`,
      ...files.map(
        ({ name, body, promised, validators, story }) =>
          `${name}: ${body.sizeBytes} bytes, ${promised ? 'hash' : 'no hash'}, ${validators}; ${story.slice(0, 60).join('; ')}`,
      ),
    ];
  }
}

function promiseOf(file: MoodyFile | undefined): object {
  return file?.promised
    ? { hash: { kind: 'sha256', value: file.sha256 }, sizeBytes: file.body.sizeBytes }
    : {};
}

function endingOf(download: Download): string {
  return download.state === 'complete' ? 'complete' : (download.reason?.code ?? download.state);
}

/** A bug, not a reason. */
function badReason(download: Download): boolean {
  const code = download.reason?.code;
  return code === undefined || code === 'INTERNAL' || code.startsWith('FILE_');
}

/** How often each ending was met, in one line. */
export function tally(runs: readonly RandomRun[]): string {
  const counts = new Map<string, number>();
  for (const ending of runs.flatMap((run) => run.endings)) counts.set(ending, (counts.get(ending) ?? 0) + 1);
  return [...counts].map(([ending, count]) => `${count} ${ending}`).join(', ');
}
