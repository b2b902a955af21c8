// `npm run bench [-- --mib 512 --rounds 5]`: how fast the engine is beside curl, wget and aria2, on this machine, in
// this very run. Prints a table in Markdown.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeAuthority } from '../support/tls.ts';
import { ours, peers, type Contender, type Measured } from './contenders.ts';
import { settleDisk, startRushes, startServer } from './processes.ts';
import { tableOf } from './table.ts';

const { values } = parseArgs({
  options: { mib: { type: 'string', default: '512' }, rounds: { type: 'string', default: '5' } },
});
const mebibytes = Number(values.mib);
const rounds = Number(values.rounds);

const dir = mkdtempSync(join(tmpdir(), 'rushes-bench-'));
const closers: (() => Promise<void> | void)[] = [() => rmSync(dir, { recursive: true, force: true })];
try {
  const authority = makeAuthority();
  const { key, cert } = authority.issue({ names: ['127.0.0.1'] });
  const files = { ca: authority.cert, key, cert };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, `${name}.pem`), text);
  const server = await startServer(mebibytes);
  closers.push(server.close);
  const tlsServer = await startServer(mebibytes, [join(dir, 'key.pem'), join(dir, 'cert.pem')]);
  closers.push(tlsServer.close);
  const engine = (connections: number, plain: boolean) => {
    const rushes = startRushes({ connections, plain, certificates: [authority.cert] });
    closers.push(rushes.close);
    return rushes;
  };
  const field = {
    dir,
    url: `http://127.0.0.1:${server.port}/clip.mp4`,
    tlsUrl: `https://127.0.0.1:${tlsServer.port}/clip.mp4`,
    caFile: join(dir, 'ca.pem'),
  };
  const { contenders, missing } = peers(field);
  const all = [
    ...contenders,
    ...ours(field, {
      plain4: engine(4, true),
      fast1: engine(1, false),
      fast4: engine(4, false),
      eight: engine(4, false),
    }),
  ];
  const measured = await measure(all);
  process.stdout.write(
    [
      `${mebibytes} MiB over loopback, medians of ${rounds} rounds in turn, ${availableParallelism()} cores, `,
      `load before ${loadavg()[0]?.toFixed(1)}, Node ${process.versions.node}.\n\n`,
      tableOf(all, measured),
      missing.length > 0 ? `\nNot here, so not measured: ${missing.join(', ')}.\n` : '',
    ].join(''),
  );
} finally {
  for (const close of closers.reverse()) await close();
}

/** Everyone once in each round, so that whatever slows the machine slows all; the first round warms up. */
async function measure(all: readonly Contender[]): Promise<Map<string, Measured[]>> {
  const measured = new Map<string, Measured[]>(all.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const { name, measure: once } of all) {
      // What the one before left to be written some time would be written at the expense of the next.
      await settleDisk();
      const result = await once();
      if (round > 0) measured.get(name)?.push(result);
    }
    process.stderr.write(`${round} of ${rounds} rounds\r`);
  }
  process.stderr.write('\n');
  return measured;
}
