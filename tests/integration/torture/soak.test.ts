import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { seededBody } from '../../support/fault-body.ts';
import { startFaultServer } from '../../support/fault-server.ts';
import { isLong } from '../../support/torture/seeds.ts';
import { startChild, type Child } from '../../support/torture/start-child.ts';

const wholeRun = isLong ? 10_000 : 1000;
const batch = wholeRun / 20;

/** What a process holds. */
interface Sample {
  readonly done: number;
  readonly rss: number;
  readonly heapUsed: number;
  readonly files: number;
  readonly resources: readonly string[];
}

async function sampleOf(child: Child, done: number): Promise<Sample> {
  const memory = (await child.call({ verb: 'memory' })) as Omit<Sample, 'done' | 'files'> | null;
  if (!memory) throw new Error('The process has ended.');
  const folder = `/proc/${child.pid}/fd`;
  return { ...memory, done, files: process.platform === 'linux' ? readdirSync(folder).length : 0 };
}

/** Waits until so many are complete, and says so when a batch takes more than five minutes. */
async function allDone(child: Child, wanted: number): Promise<void> {
  const deadline = Date.now() + 300_000;
  for (;;) {
    const counts = (await child.call({ verb: 'counts' })) as { done: number; failed: number } | null;
    if (counts?.done === wanted) return;
    if (counts === null || counts.failed > 0 || Date.now() > deadline) {
      throw new Error(`${JSON.stringify(counts)} instead of ${wanted}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function medianOf(samples: readonly Sample[], of: (sample: Sample) => number): number {
  const sorted = samples.map(of).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

it('holds no more after a thousand downloads than after some hundred', async () => {
  const home = mkdtempSync(join(tmpdir(), 'rushes-soak-'));
  const body = seededBody(20_000, 9);
  // Some are cut, so that what a second try leaves behind is seen, too.
  const server = await startFaultServer(({ number }) => ({
    body,
    etag: '"v1"',
    ...(number % 7 === 0 ? { cutAfter: 5000, cutBy: 'rst' } : {}),
  }));
  // As small a heap as the scripts give it, so that what is seen to grow is not room that was set aside.
  const child = startChild([], ['--expose-gc', '--max-semi-space-size=4']);
  try {
    await child.ready({ home, connections: 2, parallel: 4, pieceBytes: 16_384 });
    const samples: Sample[] = [];
    for (let done = 0; done < wholeRun; done += batch) {
      for (let index = 0; index < batch; index++) {
        const url = `${server.url}/clip-${done + index}.mp4`;
        await child.call({ verb: 'addUrl', input: { url, insecureHttp: true, allowPrivate: true } });
      }
      await allDone(child, done + batch);
      samples.push(await sampleOf(child, done + batch));
    }
    const third = Math.floor(samples.length / 3);
    const [middle, last] = [samples.slice(third, 2 * third), samples.slice(2 * third)];
    for (const of of [(one: Sample) => one.rss, (one: Sample) => one.heapUsed]) {
      const [before, after] = [medianOf(middle, of), medianOf(last, of)];
      const slope = (after - before) / (wholeRun / 3 / 100) / 1024;
      console.info(
        `${Math.round(after / 1024)} kB at the end, ${slope.toFixed(0)} kB more each hundred downloads`,
      );
      expect(after / before).toBeLessThanOrEqual(1.25);
    }
    console.info(
      samples
        .map(
          ({ done, rss, heapUsed, files }) =>
            `${done}: ${[rss, heapUsed].map((one) => Math.round(one / 1e6)).join('/')} MB, ${files} files`,
        )
        .join('; '),
    );
    expect(medianOf(last, (one) => one.files)).toBeLessThanOrEqual(medianOf(middle, (one) => one.files) + 2);
    expect(medianOf(last, (one) => one.resources.length)).toBeLessThanOrEqual(
      medianOf(middle, (one) => one.resources.length) + 2,
    );
    await child.call({ verb: 'quit' });
    expect(await child.ended).toMatchObject({ code: 0, stderr: '' });
  } finally {
    child.kill('SIGKILL');
    await child.ended;
    await server.close();
    rmSync(home, { recursive: true, force: true });
  }
}, 900_000);
