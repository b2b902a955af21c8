import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Checkpoint } from '../../../electron/core/downloads/engine-deps.ts';
import type { Download } from '../../../shared/contract/downloads.ts';
import { seededBody, type SeededBody } from '../fault-body.ts';
import { startFaultServer, type FaultServer } from '../fault-server.ts';
import type { ChildSetup } from './child-protocol.ts';
import { createChecker, type Ack, type Checker } from './invariants.ts';
import { readJournal, unjournalledBytes, type Journalled } from './journal-reader.ts';
import { diceOf, type Dice } from './seeds.ts';
import { startChild, type Child } from './start-child.ts';

/** What became of a home whose processes were killed again and again. */
export interface LaneReport {
  readonly violations: readonly string[];
  readonly kills: number;
  readonly quits: number;
  readonly complete: number;
  /** The most bytes that one kill made one download fetch again, by connection, in pieces. */
  readonly worstLossInPieces: number;
}

const pieceBytes = 32 * 1024;
const points: readonly Checkpoint[] = [
  'identity-fixed',
  'part-created',
  'fetched',
  'verified',
  'before-publish',
  'intended',
  'after-publish',
  'after-commit',
];

/**
 * One home, downloaded into by one process after the other. Each is killed at a moment that the seed decides: after a
 * time, after so many bytes, or at a point between two durable steps; some quit cleanly. The home is checked after each.
 */
export async function killLane(seed: number, cycles: number): Promise<LaneReport> {
  const home = mkdtempSync(join(tmpdir(), `rushes-kill-${seed}-`));
  const dice = diceOf(seed);
  const bodies = new Map<string, SeededBody>();
  const server = await startFaultServer(({ path }) => {
    const body = bodies.get(path);
    return body ? { body, etag: `"${path}"`, bytesPerSecond: 4_000_000 } : { status: 404, text: 'none' };
  });
  const lane = new Lane({ seed, home, dice, bodies, server, checker: await createChecker() });
  try {
    return await lane.run(cycles);
  } finally {
    await lane.close();
    await server.close();
    rmSync(home, { recursive: true, force: true });
  }
}

interface LaneDeps {
  readonly seed: number;
  readonly home: string;
  readonly dice: Dice;
  readonly bodies: Map<string, SeededBody>;
  readonly server: FaultServer;
  readonly checker: Checker;
}

class Lane {
  readonly #deps: LaneDeps;
  readonly #acks: Ack[] = [];
  readonly #own: ReadonlyMap<string, string>;
  readonly #violations: string[] = [];
  #standby: Child = startChild();
  #kills = 0;
  #quits = 0;
  #worst = 0;

  constructor(deps: LaneDeps) {
    this.#deps = deps;
    this.#own = placeOwnFiles(join(deps.home, 'media'));
  }

  async run(cycles: number): Promise<LaneReport> {
    for (let cycle = 1; cycle <= cycles && this.#violations.length === 0; cycle++) await this.#cycle(cycle);
    const complete = this.#violations.length === 0 ? await this.#finish() : 0;
    if (this.#violations.length > 0) this.#violations.push(`Again with RUSHES_SEED=${this.#deps.seed}.`);
    return {
      violations: this.#violations,
      kills: this.#kills,
      quits: this.#quits,
      complete,
      worstLossInPieces: this.#worst,
    };
  }

  async close(): Promise<void> {
    this.#standby.kill('SIGKILL');
    await this.#standby.ended;
  }

  /** The next process is loading while this one works: only what it does counts, not how long Node takes to start. */
  #take(): Child {
    const child = this.#standby;
    this.#standby = startChild();
    return child;
  }

  async #cycle(cycle: number): Promise<void> {
    const { dice, server, home } = this.#deps;
    const before = readJournal(home);
    const asked = server.requests.length;
    const child = this.#take();
    const setup = this.#setup();
    const cleanly = dice.chance(0.1);
    const found = await child.ready(setup);
    const acting = found ? this.#act(child, found, cycle) : Promise.resolve();
    await this.#end(child, cleanly, acting);
    const { code, signal, stderr } = await child.ended;
    if (signal !== 'SIGKILL' && code !== 0)
      this.#violations.push(`The process ended by itself (${code}): ${stderr}`);
    const wasKilled = signal === 'SIGKILL';
    if (wasKilled) this.#kills++;
    else this.#quits++;
    this.#check({ cycle, before, asked, wasKilled, setup });
  }

  #setup(): ChildSetup {
    const { dice, home } = this.#deps;
    const dieAt = dice.chance(0.3) ? { point: dice.pick(points), nth: dice.between(1, 2) } : null;
    return {
      home,
      connections: dice.between(1, 8),
      parallel: dice.between(1, 3),
      pieceBytes,
      flush: { everyBytes: dice.pick([8192, 65_536, 64 * 1024 * 1024]), everyMs: dice.pick([10, 60_000]) },
      ...(dieAt ? { dieAt } : {}),
    };
  }

  /** Adds what is missing and does what people do; what is answered is acknowledged. */
  async #act(child: Child, found: readonly Download[], cycle: number): Promise<void> {
    const { dice, bodies, server } = this.#deps;
    const open = found.filter((one) => !['complete', 'cancelled'].includes(one.state));
    for (let index = open.length; index < 3; index++) {
      const path = `/clip-${cycle}-${index}.mp4`;
      const body = seededBody(dice.between(1, 600_000), cycle * 10 + index);
      bodies.set(path, body);
      const added = (await child.call({
        verb: 'addUrl',
        input: {
          url: `${server.url}${path}`,
          insecureHttp: true,
          allowPrivate: true,
          ...(dice.chance(0.5) ? { sha256: body.sha256() } : {}),
        },
      })) as Download | null;
      if (!added) return;
      this.#acks.push({ kind: 'added', id: added.id });
    }
    const one = open.length > 0 && dice.chance(0.3) ? dice.pick(open) : null;
    if (one?.state === 'paused') {
      // From here on it may be anything that a wanted download can be.
      this.#acks.push({ kind: 'added', id: one.id });
      await child.call({ verb: 'resume', input: { ids: [one.id] } });
    } else if (one) {
      const verb = dice.chance(0.8) ? 'pause' : 'cancel';
      const done = (await child.call({ verb, input: { ids: [one.id] } })) as { downloads: Download[] } | null;
      const state = done?.downloads[0]?.state;
      if (state === 'paused' || state === 'cancelled') this.#acks.push({ kind: state, id: one.id });
    }
    this.#note(await child.list());
  }

  /** What was shown as complete is a promise; and no kill is a reason to fail. */
  #note(downloads: readonly Download[] | null): void {
    for (const { id, state, sha256, reason, fileName } of downloads ?? []) {
      if (state === 'complete') this.#acks.push({ kind: 'complete', id, sha256: sha256 ?? '' });
      if (state === 'failed')
        this.#violations.push(`${fileName} failed: ${reason?.code}, ${reason?.detail}.`);
    }
  }

  async #end(child: Child, cleanly: boolean, acting: Promise<void>): Promise<void> {
    const { dice, server } = this.#deps;
    if (cleanly) {
      await acting;
      await child.call({ verb: 'quit' });
      return;
    }
    const byBytes = dice.chance(0.5);
    const until = byBytes ? server.sentBytes() + dice.between(1, 900_000) : Number.MAX_SAFE_INTEGER;
    const deadline = Date.now() + (byBytes ? 2000 : dice.between(0, 300));
    let isOver = false;
    void child.ended.then(() => {
      isOver = true;
    });
    while (!isOver && Date.now() < deadline && server.sentBytes() < until) {
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    child.kill('SIGKILL');
    await acting;
  }

  #check(after: {
    cycle: number;
    before: readonly Journalled[];
    asked: number;
    wasKilled: boolean;
    setup: ChildSetup;
  }): void {
    const { cycle, before, asked, wasKilled, setup } = after;
    const broken = [
      ...this.#verdict(!wasKilled),
      ...this.#fetchedTwice(before, asked),
      ...this.#lost(before, wasKilled, setup.connections),
    ];
    const how = `cycle ${cycle}, ${wasKilled ? 'killed' : 'quit'}, ${JSON.stringify(setup)}`;
    this.#violations.push(...broken.map((one) => `${one} (${how})`));
  }

  #verdict(isStill: boolean): string[] {
    const { home, bodies, checker } = this.#deps;
    const hashes = new Map([...bodies].map(([path, body]) => [path.slice(1), body.sha256]));
    return checker.violations({
      home,
      dirs: [join(home, 'media')],
      isRight: (name, sha256) => hashes.get(name.replace(/ \(\d+\)(?=\.\w+$)/, ''))?.() === sha256,
      own: this.#own,
      acks: this.#acks,
      isStill,
    });
  }

  /** I10: nothing that was journalled when the process began was asked for again. */
  #fetchedTwice(before: readonly Journalled[], asked: number): string[] {
    const { server } = this.#deps;
    return server.requests.slice(asked).flatMap(({ path, range }) => {
      const one = before.find(({ url }) => url.endsWith(path));
      if (!one || !range) return [];
      const again = one.pieces.find(({ start, end }) => start <= range.last && end > range.first);
      return again
        ? [`I10: ${path} was asked for ${range.first}–${range.last}; ${again.start}–${again.end} was there.`]
        : [];
    });
  }

  /** G4: a kill costs at most a piece a connection, a clean end nothing. */
  #lost(before: readonly Journalled[], wasKilled: boolean, connections: number): string[] {
    const { home, bodies } = this.#deps;
    return readJournal(home).flatMap((one) => {
      if (one.state === 'complete' || one.state === 'cancelled') return [];
      const body = bodies.get(new URL(one.url).pathname);
      if (!body) return [];
      const earlier = before.find(({ id }) => id === one.id);
      const known = earlier && earlier.partPath === one.partPath ? (this.#left.get(one.id) ?? 0) : 0;
      const left = unjournalledBytes(one, body);
      this.#left.set(one.id, left);
      const lost = Math.max(0, left - known);
      this.#worst = Math.max(this.#worst, lost / connections / pieceBytes);
      const allowed = wasKilled ? connections * pieceBytes : 0;
      return lost > allowed ? [`G4: ${one.url} lost ${lost} bytes, ${allowed} are allowed.`] : [];
    });
  }
  readonly #left = new Map<string, number>();

  /** At last everything is let run to its end. Returns how many files there are. */
  async #finish(): Promise<number> {
    const { home } = this.#deps;
    const child = this.#take();
    await child.ready({ home, connections: 4, pieceBytes });
    await child.call({ verb: 'resume' });
    const done = await child.until((all) =>
      all.every((one) => ['complete', 'cancelled', 'failed'].includes(one.state)),
    );
    this.#note(done);
    await child.call({ verb: 'quit' });
    await child.ended;
    const acks = this.#acks.filter((ack) => ack.kind !== 'paused');
    this.#acks.splice(0, this.#acks.length, ...acks);
    this.#violations.push(...this.#verdict(true));
    return (done ?? []).filter((one) => one.state === 'complete').length;
  }
}

/** Files of the user's own under the very names that downloads will want. */
function placeOwnFiles(dir: string): ReadonlyMap<string, string> {
  mkdirSync(dir, { recursive: true });
  const own = ['clip-1-0.mp4', 'clip-2-0.mp4.part', 'clip-3-0.mp4', 'clip-3-0.mp4.part', 'notes.txt'];
  return new Map(
    own.map((name) => {
      const text = `my own ${name}`;
      writeFileSync(join(dir, name), text);
      return [join(dir, name), createHash('sha256').update(text).digest('hex')];
    }),
  );
}
