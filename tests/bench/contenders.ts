import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { isThere, timeCommands, type Rushes } from './processes.ts';
import type { Took } from './rushes-child.ts';

/** What one measurement gave; where nothing is said, it does not apply. */
export type Measured = { readonly ms: number } & Partial<Pick<Took, 'cpuMs' | 'maxRssMiB' | 'loopP99Ms'>>;

/** One line of the table. */
export interface Contender {
  readonly name: string;
  /** Compared with the contender of this name. */
  readonly against: string;
  measure(): Promise<Measured>;
}

/** Where the peers write, and what they fetch. */
export interface Field {
  readonly dir: string;
  readonly url: string;
  readonly tlsUrl: string;
  readonly caFile: string;
}

interface Peers {
  /** Of which the program is here. */
  readonly contenders: readonly Contender[];
  readonly missing: readonly string[];
}

interface Command {
  readonly program: string;
  /** The file it writes, in the folder of the field. */
  readonly out?: string;
  readonly args: readonly string[];
}

/** A peer: its commands one after the other, each of which may be several at once. */
interface Peer {
  readonly name: string;
  readonly against: string;
  readonly steps: ReadonlyArray<readonly Command[]>;
}

function curl(url: string, { out = 'curl', caFile }: { out?: string; caFile?: string } = {}): Command {
  const trust = caFile === undefined ? [] : ['--cacert', caFile];
  return { program: 'curl', out, args: ['-s', ...trust, url, '-o'] };
}

function aria2(url: string, connections: number): Command {
  const args = ['-q', `-x${connections}`, `-s${connections}`, '-k1M', '--file-allocation=none', url, '-o'];
  return { program: 'aria2c', out: 'aria2', args };
}

const openssl: Command = { program: 'openssl', args: ['dgst', '-sha256', 'curl'] };
const eight = Array.from({ length: 8 }, (_, index) => `curl${index}`);

/** All that the engine is measured against over loopback. */
export function peers({ dir, url, tlsUrl, caFile }: Field): Peers {
  return amongThose(dir, [
    { name: 'curl', against: 'curl', steps: [[curl(url)]] },
    {
      name: 'wget',
      against: 'curl',
      steps: [[{ program: 'wget', out: 'wget', args: ['-q', url, '-O'] }]],
    },
    { name: 'aria2 -x4', against: 'curl', steps: [[aria2(url, 4)]] },
    { name: 'curl, TLS', against: 'curl, TLS', steps: [[curl(tlsUrl, { caFile })]] },
    {
      name: 'curl, then sync',
      against: 'curl, then sync',
      steps: [[curl(url)], [{ program: 'sync', args: ['curl'] }]],
    },
    {
      name: 'curl, then openssl dgst',
      against: 'curl, then openssl dgst',
      steps: [[curl(url)], [openssl]],
    },
    {
      name: 'eight curls at once',
      against: 'eight curls at once',
      steps: [eight.map((out) => curl(url, { out }))],
    },
  ]);
}

/** The peers of which every program is here. */
function amongThose(dir: string, all: readonly Peer[]): Peers {
  const programs = new Set(all.flatMap(({ steps }) => steps.flat().map(({ program }) => program)));
  const missing = [...programs].filter((program) => !isThere(program));
  const contenders = all
    .filter(({ steps }) => steps.flat().every(({ program }) => !missing.includes(program)))
    .map(({ name, against, steps }) => ({ name, against, measure: () => timed(dir, steps) }));
  return { contenders, missing };
}

async function timed(dir: string, steps: Peer['steps']): Promise<Measured> {
  const files = steps.flat().flatMap(({ out }) => out ?? []);
  let ms = 0;
  try {
    for (const step of steps) {
      const commands = step.map(({ program, args, out }) => [program, ...args, ...(out ? [out] : [])]);
      ms += await timeCommands(commands, dir);
    }
    return { ms };
  } finally {
    // At once: what lies in the system's memory must not take it from the next.
    for (const name of files) rmSync(join(dir, name), { force: true });
  }
}

/** Fetches with the engine; each run asks for another address, as the same one would be known already. */
function createFetch() {
  let runs = 0;
  const fetch = async (rushes: Rushes, url: string, count = 1): Promise<Took> =>
    rushes.fetch({ urls: Array.from({ length: count }, () => `${url}?${++runs}`) });
  return {
    fetched: async (rushes: Rushes, url: string): Promise<Measured> => {
      const { fetchedMs, ...rest } = await fetch(rushes, url);
      return { ms: fetchedMs, ...rest };
    },
    complete: async (rushes: Rushes, url: string, count = 1): Promise<Measured> => {
      const { completeMs, ...rest } = await fetch(rushes, url, count);
      return { ms: completeMs, ...rest };
    },
  };
}

function line(name: string, against: string, measure: Contender['measure']): Contender {
  return { name, against, measure };
}

/** The engine in its ways. */
export function ours(
  { url, tlsUrl }: Field,
  engines: Readonly<Record<'plain4' | 'fast1' | 'fast4' | 'eight', Rushes>>,
): Contender[] {
  const { fetched, complete } = createFetch();
  const { plain4, fast1, fast4 } = engines;
  return [
    line('Rushes plain ×4, fetched', 'curl', () => fetched(plain4, url)),
    line('Rushes ×1, fetched', 'curl', () => fetched(fast1, url)),
    line('Rushes ×4, fetched', 'curl', () => fetched(fast4, url)),
    line('… beside aria2', 'aria2 -x4', () => fetched(fast4, url)),
    line('… beside what waits for the disk, too', 'curl, then sync', () => fetched(fast4, url)),
    line('Rushes ×4, TLS, fetched', 'curl, TLS', () => fetched(fast4, tlsUrl)),
    line('Rushes ×4, verified and published', 'curl, then openssl dgst', () => complete(fast4, url)),
    line('Rushes, eight files at once, verified', 'eight curls at once', () =>
      complete(engines.eight, url, 8),
    ),
  ];
}

/** What there is to measure over a line that is slow by itself. */
export function lineContenders(
  { dir, url }: Pick<Field, 'dir' | 'url'>,
  engines: Readonly<Record<'one' | 'eight', Rushes>>,
): Peers {
  const { complete } = createFetch();
  const { contenders, missing } = amongThose(dir, [
    { name: 'curl', against: 'curl', steps: [[curl(url)]] },
    { name: 'aria2 -x8', against: 'aria2 -x8', steps: [[aria2(url, 8)]] },
  ]);
  return {
    contenders: [
      ...contenders,
      line('Rushes ×1, verified', 'curl', () => complete(engines.one, url)),
      line('Rushes ×8, verified', 'aria2 -x8', () => complete(engines.eight, url)),
    ],
    missing,
  };
}
