import { access, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { MediaJob } from '../../../electron/core/media/media-job.ts';
import { makeClip } from '../../support/clips.ts';
import { openMediaFixture, type MediaFixture } from './media-fixture.ts';

let fixture: MediaFixture;
beforeAll(async () => {
  fixture = await openMediaFixture();
});
afterAll(() => fixture.close());

const job: MediaJob = {
  inputs: [{ options: ['-nostdin', '-vf', 'a b'], source: { kind: 'file', path: '/m/-i it.mp4' } }],
  outputOptions: ['-vf', 'two words', '-f', 'mjpeg'],
};
/** A process that was ended but not yet collected by the system's first one counts as gone. */
const alive = async (pid: number): Promise<boolean> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat !== null && !/\) Z /.test(stat);
};
const pidIn = async (path: string): Promise<number> => {
  const text = await vi.waitFor(async () => {
    const read = await readFile(path, 'utf8');
    if (!read.endsWith('\n')) throw new Error('not written yet');
    return read;
  });
  return Number(text);
};

describe('what ffmpeg is started with', () => {
  test('exactly the arguments of the job, a bare environment, an empty private folder and no input', async () => {
    const seen = join(fixture.dir, 'seen.txt');
    const recorder = await fixture.script(
      'recorder',
      `{ for a in "$@"; do echo "[$a]"; done; echo "cwd $(/bin/pwd)"; /usr/bin/env | /usr/bin/sort; /bin/ls -l /proc/self/fd/0; } > '${seen}'`,
    );
    await fixture.runnerWith({ ffmpegPath: recorder }).run(job);
    const lines = (await readFile(seen, 'utf8')).trim().split('\n');
    const args = lines.filter((line) => line.startsWith('['));
    expect(args).toEqual(
      [
        '-nostdin',
        '-vf',
        'a b',
        '-nostats',
        '-i',
        'file:/m/-i it.mp4',
        '-vf',
        'two words',
        '-f',
        'mjpeg',
        'pipe:1',
      ].map((arg) => `[${arg}]`),
    );
    expect(lines.find((line) => line.startsWith('cwd '))).toContain(join(tmpdir(), 'rushes-media-'));
    const names = lines.filter((line) => /^[A-Z_]+=/.test(line)).map((line) => line.split('=')[0]);
    // The shell itself adds PWD and the like.
    expect(names.filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name ?? ''))).toEqual([
      'GCONV_PATH',
      'LC_ALL',
    ]);
    expect(lines.at(-1)).toContain('/dev/null');
  });

  test('one process a job: fluent-ffmpeg asks nothing first', async () => {
    const counted = join(fixture.dir, 'counted.txt');
    const counter = await fixture.script('counter', `echo once >> '${counted}'`);
    await fixture.runnerWith({ ffmpegPath: counter }).run(job);
    expect(await readFile(counted, 'utf8')).toBe('once\n');
  });

  test('a list is written where only we can read it, and is gone after the run', async () => {
    const seen = join(fixture.dir, 'list.txt');
    const copier = await fixture.script(
      'copier',
      `for f in "$@"; do case "$f" in file:*) f="\${f#file:}"; { /bin/cat "$f"; /bin/ls -ld "$f" "\${f%/*}"; echo "$f"; } > '${seen}';; esac; done`,
    );
    const runner = fixture.runnerWith({ ffmpegPath: copier });
    const inputs = [{ options: ['-f', 'concat'], source: { kind: 'list', text: 'a list\n' } }] as const;
    await runner.run({ inputs, outputOptions: ['-f', 'mjpeg'] });
    const [content, ...rest] = (await readFile(seen, 'utf8')).trim().split('\n');
    expect(content).toBe('a list');
    expect(rest.filter((line) => /^(-rw-------|drwx------)/.test(line))).toHaveLength(2);
    await expect(access(rest.at(-1) ?? '')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('limits', () => {
  test('a tool that hangs is ended with everything it started', async () => {
    const pidFile = join(fixture.dir, 'sleeper.pid');
    const hanging = await fixture.script('hanging', `/bin/sleep 60 & echo $! > '${pidFile}'; wait`);
    const runner = fixture.runnerWith({ ffmpegPath: hanging });
    const started = performance.now();
    await expect(runner.run(job, { timeoutMs: 300 })).rejects.toMatchObject({
      name: 'MediaFault',
      kind: 'timeout',
    });
    // The tool itself would take a minute; how far below is the machine's affair.
    expect(performance.now() - started).toBeLessThan(20_000);
    const pid = await pidIn(pidFile);
    await vi.waitFor(async () => expect(await alive(pid)).toBe(false));
    expect(runner.running()).toBe(0);
  });

  test('cancelling ends a running job and one that waits', async () => {
    const hanging = await fixture.script('hanging-too', 'exec /bin/sleep 60');
    const runner = fixture.runnerWith({ ffmpegPath: hanging }, 1);
    const abort = new AbortController();
    const jobs = [1, 2, 3].map(() =>
      runner.run(job, { signal: abort.signal }).catch((error: unknown) => error),
    );
    await vi.waitFor(() => expect(runner.running()).toBe(1));
    abort.abort();
    for (const fault of await Promise.all(jobs)) expect(fault).toMatchObject({ kind: 'cancelled' });
    expect(runner.running()).toBe(0);
  });

  test('closing ends what runs and refuses what comes', async () => {
    const hanging = await fixture.script('hanging-still', 'exec /bin/sleep 60');
    const runner = fixture.runnerWith({ ffmpegPath: hanging });
    const running = runner.run(job).catch((error: unknown) => error);
    await vi.waitFor(() => expect(runner.running()).toBe(1));
    await runner.close();
    expect(await running).toMatchObject({ kind: 'cancelled' });
    await expect(runner.run(job)).rejects.toMatchObject({ kind: 'cancelled' });
  });

  test.each([
    ['output', 'exec /bin/cat /dev/zero'],
    ['complaints', 'exec /bin/cat /dev/zero 1>&2'],
  ])('a flood of %s is ended', async (name, body) => {
    const flooding = await fixture.script(`flooding-${name}`, body);
    const runner = fixture.runnerWith({ ffmpegPath: flooding });
    await expect(runner.run(job)).rejects.toMatchObject({ kind: 'refused' });
  });
});

describe('failures', () => {
  test('no tool at all', async () => {
    const runner = fixture.runnerWith({ ffmpegPath: null, ffprobePath: null });
    await expect(runner.run(job)).rejects.toMatchObject({ kind: 'missing-tool' });
    await expect(runner.runProbe([])).rejects.toMatchObject({ kind: 'missing-tool' });
  });

  test('a tool that is gone or cannot be run', async () => {
    const gone = fixture.runnerWith({ ffmpegPath: '/nowhere/ffmpeg', ffprobePath: '/nowhere/ffprobe' });
    await expect(gone.run(job)).rejects.toMatchObject({ kind: 'missing-tool' });
    await expect(gone.runProbe([])).rejects.toMatchObject({ kind: 'missing-tool' });
    expect(gone.running()).toBe(0);
  });

  test('the last line of the complaint is the reason', async () => {
    const failing = await fixture.script('failing', 'echo first >&2; echo the real one >&2; exit 3');
    await expect(fixture.runnerWith({ ffmpegPath: failing }).run(job)).rejects.toMatchObject({
      kind: 'failed',
      reason: 'exit code 3: the real one',
    });
  });

  test('a path with a NUL is refused before anything starts', async () => {
    const odd: MediaJob = {
      inputs: [{ options: [], source: { kind: 'file', path: '/m/a\0b' } }],
      outputOptions: [],
    };
    await expect(fixture.runner.run(odd)).rejects.toMatchObject({ kind: 'refused' });
  });
});

test('at most so many run at once, each below normal priority', async () => {
  const counting = await fixture.script('counting', `/bin/sleep 0.1; /usr/bin/nice 2>/dev/null || echo none`);
  const runner = fixture.runnerWith({ ffmpegPath: counting }, 2);
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, runner.running());
  }, 5);
  const results = await Promise.all([1, 2, 3, 4, 5].map(() => runner.run(job)));
  clearInterval(watch);
  expect(most).toBeLessThanOrEqual(2);
  for (const { stdout } of results) expect(Number(stdout.toString())).toBeGreaterThan(0);
});

test('a private folder goes with its runner', async () => {
  const before = new Set(await readdir(tmpdir()));
  const runner = fixture.runnerWith({});
  const path = await makeClip('oneFrame');
  await runner.runProbe(['-v', 'error', '-i', `file:${path}`]);
  await runner.close();
  const left = (await readdir(tmpdir())).filter(
    (name) => name.startsWith('rushes-media-') && !before.has(name),
  );
  expect(left).toEqual([]);
});
