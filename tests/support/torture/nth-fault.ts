import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Download } from '../../../shared/contract/downloads.ts';
import type { SeededBody } from '../fault-body.ts';
import { startRig } from '../fault-rig.ts';
import type { FaultServer } from '../fault-server.ts';
import { createChecker } from './invariants.ts';
import { readJournal } from './journal-reader.ts';
import { startChild } from './start-child.ts';
import { run } from './tools.ts';

/** Which system call fails, how, and on which files. */
export interface NthFault {
  /** As strace names them, for instance `fsync,fdatasync`. */
  readonly calls: string;
  /** Calls that are noted beside them. */
  readonly noted?: string;
  readonly error: string;
  /** Fails at the nth call, counted from 1; with `always` at every one from there on. */
  readonly nth: number;
  readonly always?: boolean;
  /** A file below the home; without it, calls on any file. */
  readonly on?: string;
}

/** What came of one run with a fault. */
export interface NthEnd {
  /** Whether the fault was met at all: a run without it ends the loop. */
  readonly met: boolean;
  readonly violations: readonly string[];
  /** How the download stood at the end of the run with the fault. */
  readonly ending: string;
}

const pieceBytes = 32 * 1024;
const name = 'clip.mp4';
const notStarted = 'did not start';

/** Downloads once with a fault in it, looks at what is left, and then again without: then it must end well. */
export async function nthFault(
  fault: NthFault,
  from: { server: FaultServer; body: SeededBody },
): Promise<NthEnd> {
  const home = mkdtempSync(join(tmpdir(), 'rushes-nth-'));
  const log = join(home, 'strace.log');
  const violations: string[] = [];
  try {
    // The database is made beforehand, so that the faults meet downloads and not migrations.
    await (await startRig({ home })).stop();
    const { ending, end } = await perform(fault, { home, log, url: `${from.server.url}/${name}` });
    const trace = readFileSync(log, 'utf8');
    const met = trace.includes('(INJECTED)');
    // A database that cannot be opened ends the start, and that is right. Nothing else ends the process.
    if (end.code !== null && end.code !== 0 && !end.stderr.includes('SqliteError: disk I/O error')) {
      violations.push(`The process ended with ${end.code}: ${end.stderr}`);
    }
    violations.push(...(await look(home, from.body, false)));
    violations.push(...trustedAfterFailedSync(trace, home));
    violations.push(...(await goOn(home, from)));
    violations.push(...(await look(home, from.body, true)));
    return {
      met,
      ending,
      violations: violations.map((one) => `${one} (${JSON.stringify(fault)}, ${ending})`),
    };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function perform(fault: NthFault, { home, log, url }: { home: string; log: string; url: string }) {
  const when = `${fault.nth}${fault.always ? '+' : ''}`;
  // One thread for the file calls: strace counts the calls of each thread for itself.
  const strace = ['env', 'UV_THREADPOOL_SIZE=1', 'strace', '-f', '--seccomp-bpf', '-y', '-s', '0', '-o', log];
  const traced = fault.noted === undefined ? fault.calls : `${fault.calls},${fault.noted}`;
  const injected = `inject=${fault.calls}:error=${fault.error}:when=${when}`;
  const onPath = fault.on === undefined ? [] : ['-P', join(home, fault.on)];
  const child = startChild([...strace, '-e', `trace=${traced}`, '-e', injected, ...onPath]);
  const flush = { everyBytes: 16 * 1024, everyMs: 60_000 };
  let ending = notStarted;
  try {
    if (await child.ready({ home, connections: 1, pieceBytes, flush })) {
      await child.call({ verb: 'addUrl', input: { url, insecureHttp: true, allowPrivate: true } });
      // A reason is an ending here: what waits for room or for a disk does so for longer than a test.
      const last = await child.until((all) => all.every(isAtRest));
      ending = last?.map(standing).join() ?? 'died';
    }
  } catch (error) {
    ending = String(error);
  }
  if (ending === notStarted) return { ending, end: await child.ended };
  // The child of strace gets the signal; strace itself ends with it.
  run('pkill', '-KILL', '-P', String(child.pid));
  return { ending, end: await child.ended };
}

const isAtRest = (one: Download): boolean =>
  ['complete', 'failed'].includes(one.state) || (one.reason !== null && one.reason.code !== 'QUIT');
const standing = (one: Download): string =>
  `${one.state} ${one.reason?.code ?? ''} ${one.reason?.detail ?? ''}`.trim();

async function look(home: string, body: SeededBody, isStill: boolean): Promise<string[]> {
  const checker = await createChecker();
  return checker.violations({
    home,
    dirs: [join(home, 'media')],
    isRight: (_, sha256) => sha256 === body.sha256(),
    own: new Map(),
    acks: [],
    isStill,
  });
}

/** The next start, on a sound disk: what is there is used, and it ends well. */
async function goOn(home: string, from: { server: FaultServer; body: SeededBody }): Promise<string[]> {
  const before = readJournal(home);
  const asked = from.server.requests.length;
  const rig = await startRig({ home, connections: 2, pieceBytes });
  try {
    const { id } = await rig.downloads.addUrl({
      url: `${from.server.url}/${name}`,
      insecureHttp: true,
      allowPrivate: true,
    });
    await rig.downloads.retry();
    const done = await rig.settled(id);
    const wrong = done.state === 'complete' ? [] : [`The next start ends as ${standing(done)}.`];
    const again = from.server.requests.slice(asked).flatMap(({ range }) => {
      const pieces = before.flatMap((one) => one.pieces);
      const there = pieces.find(({ start, end }) => range && start <= range.last && end > range.first);
      return there ? [`I10: ${there.start}–${there.end} was there and was asked for again.`] : [];
    });
    return [...wrong, ...again];
  } finally {
    await rig.stop();
  }
}

/**
 * After a sync that failed the system may have dropped what was to be written, and the next sync succeeds all the same.
 * So nothing written between the last good sync and a failed one may be journalled unless it was written once more.
 */
function trustedAfterFailedSync(trace: string, home: string): string[] {
  let unsynced: Array<{ start: number; end: number }> = [];
  let doubtful: Array<{ start: number; end: number }> = [];
  for (const line of trace.split('\n')) {
    const write = /pwrite64\(\d+<[^>]*\.part>, .*, (\d+), (\d+)\)\s+= (\d+)/.exec(line);
    if (write) {
      const start = Number(write[2]);
      const end = start + Number(write[3]);
      unsynced.push({ start, end });
      doubtful = doubtful.flatMap((one) => [
        ...(one.start < start ? [{ start: one.start, end: Math.min(one.end, start) }] : []),
        ...(one.end > end ? [{ start: Math.max(one.start, end), end: one.end }] : []),
      ]);
    } else if (/(fsync|fdatasync)\(\d+<[^>]*\.part>/.test(line)) {
      if (line.includes('(INJECTED)')) doubtful = [...doubtful, ...unsynced];
      unsynced = [];
    }
  }
  const rows = readJournal(home);
  const pieces = rows.flatMap((one) => one.pieces);
  // A finished file has no journal any more; all of it is trusted.
  const isWhole = rows.some((one) => one.state === 'complete');
  return doubtful
    .filter((one) => isWhole || pieces.some(({ start, end }) => start < one.end && end > one.start))
    .map((one) => `I2: ${one.start}–${one.end} was journalled although its sync had failed.`);
}
