import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { seededBody } from '../../support/fault-body.ts';
import { startFaultServer } from '../../support/fault-server.ts';
import { startChild } from '../../support/torture/start-child.ts';
import { mustRun, run } from '../../support/torture/tools.ts';

const prlimit = 'prlimit';

it('waits when too many files are open, and goes on when there are fewer', async (context) => {
  context.skip(!run(prlimit, '--version').ok, 'there is no prlimit here to limit the number of open files');
  context.skip(process.platform !== 'linux', 'open files can be counted on Linux only');
  const body = seededBody(300_000, 2);
  const server = await startFaultServer(() => ({ body, etag: '"v1"', bytesPerSecond: 500_000 }));
  const home = mkdtempSync(join(tmpdir(), 'rushes-files-'));
  const child = startChild();
  // Only the soft limit is moved: anyone may raise that again.
  const limitTo = (files: number): void =>
    void mustRun(prlimit, '--pid', String(child.pid), `--nofile=${files}:`);
  try {
    await child.ready({ home, connections: 4, parallel: 4, pieceBytes: 32_768 });
    limitTo(readdirSync(`/proc/${child.pid}/fd`).length + 5);
    for (let index = 0; index < 4; index++) {
      const url = `${server.url}/clip-${index}.mp4`;
      await child.call({ verb: 'addUrl', input: { url, insecureHttp: true, allowPrivate: true } });
    }
    const short = await child.until((all) =>
      all.some(({ state }) => state === 'waiting' || state === 'failed'),
    );
    expect(short?.map((one) => one.state)).not.toContain('failed');
    limitTo(1024);
    expect(await child.until((all) => all.every((one) => one.state === 'complete'))).not.toBeNull();
  } finally {
    child.kill('SIGKILL');
    await child.ended;
    await server.close();
    rmSync(home, { recursive: true, force: true });
  }
});
