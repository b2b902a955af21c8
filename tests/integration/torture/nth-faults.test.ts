import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededBody } from '../../support/fault-body.ts';
import { startFaultServer, type FaultServer } from '../../support/fault-server.ts';
import { nthFault, type NthFault } from '../../support/torture/nth-fault.ts';
import { isLong } from '../../support/torture/seeds.ts';
import { whyNoStrace } from '../../support/torture/tools.ts';

const body = seededBody(150_000, 3);
let server: FaultServer | null = null;
beforeAll(async () => {
  server = await startFaultServer(() => ({ body, etag: '"v1"', bytesPerSecond: 5_000_000 }));
});
afterAll(async () => {
  await server?.close();
});

/** At most so many calls are made to fail one by one; a run that meets no fault ends the loop before. */
const mostCalls = isLong ? 200 : 40;
/** The many calls of the database are sampled in the ordinary run. */
const sampled = [1, 7, 21, 25, 29, 33, 37, 41, 45, 50, 60, 80];

const part = 'media/clip.mp4.part';
const cases: ReadonlyArray<Omit<NthFault, 'nth'> & { what: string; sample?: boolean }> = [
  { what: 'writing the file, EIO', calls: 'pwrite64', error: 'EIO', on: part },
  { what: 'writing the file, ENOSPC', calls: 'pwrite64', error: 'ENOSPC', on: part },
  { what: 'writing the file, ESTALE', calls: 'pwrite64', error: 'ESTALE', on: part },
  { what: 'syncing the file, EIO', calls: 'fsync,fdatasync', noted: 'pwrite64', error: 'EIO', on: part },
  { what: 'opening the file, EMFILE', calls: 'openat', error: 'EMFILE', on: part },
  { what: 'opening and syncing the folder, EIO', calls: 'openat,fsync', error: 'EIO', on: 'media' },
  { what: 'giving names, EIO', calls: 'link,linkat,rename,renameat,renameat2', error: 'EIO' },
  { what: 'taking names away, EIO', calls: 'unlink,unlinkat', error: 'EIO' },
  {
    what: 'writing the log of the database, EIO',
    calls: 'pwrite64',
    error: 'EIO',
    on: 'user.db-wal',
    sample: true,
  },
  {
    what: 'writing the log of the database, ENOSPC',
    calls: 'pwrite64',
    error: 'ENOSPC',
    on: 'user.db-wal',
    sample: true,
  },
  {
    what: 'syncing the log of the database, EIO',
    calls: 'fdatasync,fsync',
    error: 'EIO',
    on: 'user.db-wal',
    sample: true,
  },
  { what: 'any write at all, EIO', calls: 'pwrite64', error: 'EIO', sample: true },
];

function tally(endings: readonly string[]): string {
  const counts = Object.entries(Object.groupBy(endings, (one) => one));
  return counts.map(([ending, all]) => `${all?.length} × ${ending}`).join(', ');
}

describe('a system call fails once', () => {
  const why = whyNoStrace();
  it.for(cases)('$what', async ({ what, sample, ...fault }, context) => {
    context.skip(why !== null, why ?? '');
    if (!server) throw new Error('There is no server.');
    const violations: string[] = [];
    const endings: string[] = [];
    const numbers = sample && !isLong ? sampled : Array.from({ length: mostCalls }, (_, index) => index + 1);
    for (const nth of numbers) {
      const end = await nthFault({ ...fault, nth }, { server, body });
      violations.push(...end.violations);
      if (!end.met) break;
      endings.push(end.ending);
    }
    console.info(`${what}: ${tally(endings)}`);
    expect(endings.length).toBeGreaterThan(0);
    expect(violations).toEqual([]);
  });
});
