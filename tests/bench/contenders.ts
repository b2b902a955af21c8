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

/** The peers of which the program is here; `missing` names the others. */
export function peers(field: Field): { contenders: Contender[]; missing: string[] } {
  const { dir, url, tlsUrl, caFile } = field;
  const out = (name: string): string => join(dir, name);
  // Removed at once: what lies in the system's memory must not take it from the next.
  const alone = async (once: () => Promise<number>): Promise<Measured> => {
    try {
      return { ms: await once() };
    } finally {
      for (const name of names) rmSync(out(name), { force: true });
    }
  };
  const timed =
    (...commands: (readonly string[])[]): Contender['measure'] =>
    () =>
      alone(async () => {
        let ms = 0;
        for (const command of commands) ms += await timeCommands([command]);
        return ms;
      });
  const names = ['curl', 'wget', 'aria2', ...Array.from({ length: 8 }, (_, index) => `curl${index}`)];
  const curl = (address: string, name = 'curl'): string[] => [
    'curl',
    '-s',
    '--cacert',
    caFile,
    '-o',
    out(name),
    address,
  ];
  const aria2 = ['aria2c', '-q', '-x4', '-s4', '-k1M', '--file-allocation=none', '-d', dir, '-o', 'aria2'];
  const all: (Contender & { readonly program: string })[] = [
    { program: 'curl', name: 'curl', against: 'curl', measure: timed(curl(url)) },
    {
      program: 'wget',
      name: 'wget',
      against: 'curl',
      measure: timed(['wget', '-q', '-O', out('wget'), url]),
    },
    { program: 'aria2c', name: 'aria2 -x4', against: 'curl', measure: timed([...aria2, url]) },
    { program: 'curl', name: 'curl, TLS', against: 'curl, TLS', measure: timed(curl(tlsUrl)) },
    {
      program: 'openssl',
      name: 'curl, then openssl dgst',
      against: 'curl, then openssl dgst',
      measure: timed(curl(url), ['openssl', 'dgst', '-sha256', out('curl')]),
    },
    {
      program: 'sync',
      name: 'curl, then sync',
      against: 'curl, then sync',
      measure: timed(curl(url), ['sync', out('curl')]),
    },
    {
      program: 'curl',
      name: 'eight curls at once',
      against: 'eight curls at once',
      measure: () => {
        const eight = Array.from({ length: 8 }, (_, index) => curl(url, `curl${index}`));
        return alone(() => timeCommands(eight));
      },
    },
  ];
  const there = new Set(['curl', 'wget', 'aria2c', 'openssl', 'sync'].filter(isThere));
  return {
    contenders: all.filter(({ program }) => there.has(program)),
    missing: [...new Set(all.map(({ program }) => program))].filter((program) => !there.has(program)),
  };
}

/** The engine in its ways. Each run asks for another address, as the same one would be known already. */
export function ours(
  field: Field,
  engines: Readonly<Record<'plain4' | 'fast1' | 'fast4' | 'eight', Rushes>>,
): Contender[] {
  let runs = 0;
  const fetch = async (rushes: Rushes, url: string, count = 1): Promise<Took> =>
    rushes.fetch({ urls: Array.from({ length: count }, () => `${url}?${++runs}`) });
  const fetched = ({ fetchedMs, ...rest }: Took): Measured => ({ ms: fetchedMs, ...rest });
  const complete = ({ completeMs, ...rest }: Took): Measured => ({ ms: completeMs, ...rest });
  const line = (name: string, against: string, measure: Contender['measure']): Contender => ({
    name,
    against,
    measure,
  });
  const { plain4, fast1, fast4, eight } = engines;
  const { url, tlsUrl } = field;
  const verified = 'curl, then openssl dgst';
  return [
    line('Rushes plain ×4, fetched', 'curl', async () => fetched(await fetch(plain4, url))),
    line('Rushes ×1, fetched', 'curl', async () => fetched(await fetch(fast1, url))),
    line('Rushes ×4, fetched', 'curl', async () => fetched(await fetch(fast4, url))),
    line('Rushes ×4, TLS, fetched', 'curl, TLS', async () => fetched(await fetch(fast4, tlsUrl))),
    line('Rushes ×4, verified and published', verified, async () => complete(await fetch(fast4, url))),
    line('Rushes, eight files at once, verified', 'eight curls at once', async () =>
      complete(await fetch(eight, url, 8)),
    ),
  ];
}
