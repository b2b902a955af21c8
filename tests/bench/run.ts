// `npm run bench`: how fast the engine is beside curl, wget and aria2, on this machine, in this very run. Prints a table
// in Markdown. Options: docs/benchmarks.md.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeAuthority } from '../support/tls.ts';
import { lineContenders, ours, peers, type Contender, type Measured } from './contenders.ts';
import { settleDisk, startRushes, startServer, type Rushes } from './processes.ts';
import { tableOf } from './table.ts';

const { values } = parseArgs({
  options: {
    mib: { type: 'string', default: '512' },
    rounds: { type: 'string', default: '5' },
    serve: { type: 'string' },
    from: { type: 'string' },
  },
});
const mebibytes = Number(values.mib);
const rounds = Number(values.rounds);

const dir = mkdtempSync(join(tmpdir(), 'rushes-bench-'));
const closers: (() => Promise<void> | void)[] = [() => rmSync(dir, { recursive: true, force: true })];
try {
  if (values.serve !== undefined) await serve(values.serve);
  else if (values.from !== undefined) await overLine(values.from);
  else await overLoopback();
} finally {
  for (const close of closers.reverse()) await close();
}

/** Serves for a run of `--from` on another machine, or behind another line, until it is ended. */
async function serve(host: string): Promise<void> {
  const server = await startServer(mebibytes, { host });
  closers.push(server.close);
  process.stdout.write(`http://${host}:${server.port}/clip.mp4\n`);
  await Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)));
}

async function overLine(url: string): Promise<void> {
  const { contenders, missing } = lineContenders({ dir, url }, { one: engine(1), eight: engine(8) });
  tell(`From ${new URL(url).host}`, contenders, { measured: await measure(contenders), missing });
}

async function overLoopback(): Promise<void> {
  const authority = makeAuthority();
  const { key, cert } = authority.issue({ names: ['127.0.0.1'] });
  const files = { ca: authority.cert, key, cert };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, `${name}.pem`), text);
  const server = await startServer(mebibytes);
  closers.push(server.close);
  const tlsServer = await startServer(mebibytes, { tls: [join(dir, 'key.pem'), join(dir, 'cert.pem')] });
  closers.push(tlsServer.close);
  const field = {
    dir,
    url: `http://127.0.0.1:${server.port}/clip.mp4`,
    tlsUrl: `https://127.0.0.1:${tlsServer.port}/clip.mp4`,
    caFile: join(dir, 'ca.pem'),
  };
  const certificates = [authority.cert];
  const { contenders, missing } = peers(field);
  const all = [
    ...contenders,
    ...ours(field, {
      plain4: engine(4, { plain: true, certificates }),
      fast1: engine(1, { certificates }),
      fast4: engine(4, { certificates }),
      eight: engine(4, { certificates }),
    }),
  ];
  tell(`${mebibytes} MiB over loopback`, all, { measured: await measure(all), missing });
}

function engine(
  connections: number,
  more: { readonly plain?: boolean; readonly certificates?: readonly string[] } = {},
): Rushes {
  const rushes = startRushes({ connections, plain: false, certificates: [], ...more });
  closers.push(rushes.close);
  return rushes;
}

/** Everyone once in each round, so that whatever slows the machine slows all; the first round warms up. */
async function measure(all: readonly Contender[]): Promise<Map<string, Measured[]>> {
  const measured = new Map<string, Measured[]>(all.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const { name, measure: take } of all) {
      // What the one before left to be written some time would be written at the expense of the next.
      await settleDisk();
      const result = await take();
      if (round > 0) measured.get(name)?.push(result);
    }
    process.stderr.write(`${round} of ${rounds} rounds\r`);
  }
  process.stderr.write('\n');
  return measured;
}

function tell(
  what: string,
  all: readonly Contender[],
  { measured, missing }: { measured: ReadonlyMap<string, Measured[]>; missing: readonly string[] },
): void {
  process.stdout.write(
    [
      `${what}, medians of ${rounds} rounds in turn, ${availableParallelism()} cores, `,
      `load before ${loadavg()[0]?.toFixed(1)}, Node ${process.versions.node}.\n\n`,
      tableOf(all, measured),
      missing.length > 0 ? `\nNot here, so not measured: ${missing.join(', ')}.\n` : '',
    ].join(''),
  );
}
