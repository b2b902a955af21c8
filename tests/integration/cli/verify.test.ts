import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { checkResult, checkRun } from '../../../shared/contract/verify.ts';
import { seededBody } from '../../support/fault-body.ts';
import { startFaultServer } from '../../support/fault-server.ts';
import { rushesJson, runRushes, toldError } from '../../support/run-rushes.ts';
import { tempDir } from '../../support/temp.ts';
import { put } from '../core/a-library.ts';
import { decay, MiB, sha256Of } from '../verify/a-checked-file.ts';
import { aHome, downloadsDocument } from './cli-fixture.ts';

const document = checkRun.extend({ problems: z.array(checkResult), mended: z.number() });

test('verify tells of damage by its exit code, and mends it when asked to', async () => {
  const body = seededBody(20 * MiB, 3);
  const server = await startFaultServer(() => ({ body, etag: '"v1"' }));
  onTestFinished(() => server.close());
  const at = aHome();
  const get = [
    'get',
    `${server.url}/clip.mp4`,
    '--insecure-http',
    '--allow-private',
    '--sha256',
    body.sha256(),
  ];
  const path = (await rushesJson(get, downloadsDocument, at)).downloads[0]?.path ?? '';
  expect(await rushesJson(['verify', '--all'], document, at)).toMatchObject({
    state: 'done',
    counts: { ok: 1 },
  });
  decay(path, 11 * MiB);
  const found = await runRushes(['verify', path, '--json'], at);
  expect(found.code).toBe(6);
  expect(toldError(found)).toMatchObject({ code: 'INTEGRITY', message: '1 file is no longer what it was.' });
  expect(document.parse(found.json).problems).toMatchObject([{ path, state: 'damaged', remedy: 'pieces' }]);
  const sent = server.sentBytes();
  expect(await rushesJson(['verify', path, '--repair'], document, at)).toMatchObject({
    counts: { ok: 1, damaged: 0 },
    problems: [],
    mended: 1,
  });
  expect(server.sentBytes() - sent).toBeLessThan(body.sizeBytes);
  expect(sha256Of(path)).toBe(body.sha256());
});

test('verify writes a media hash list for people to read about', async () => {
  const folder = join(tempDir(), 'reel');
  put(folder, 'a.mov');
  const at = aHome();
  const first = await runRushes(['verify', folder, '--manifest'], at);
  expect(first).toMatchObject({ code: 0 });
  expect(first.stdout).toMatch(
    /0 generations before, 1 file that they do not have\n.*0001_reel_.*\.mhl\n1 file checked: 1 recorded/,
  );
  expect(readFileSync(join(folder, 'ascmhl', 'ascmhl_chain.xml'), 'utf8')).toContain('0001_reel_');
  decay(join(folder, 'a.mov'), 0);
  const second = await runRushes(['verify', folder], at);
  expect(second.code).toBe(6);
  expect(second.stdout).toMatch(/^damaged {2}.*a\.mov {2}It is not what the media hash list says\./);
});

test('verify wants to be told what, and says when there is nothing', async () => {
  const at = aHome();
  expect((await runRushes(['verify'], at)).code).toBe(2);
  expect((await runRushes(['verify', '/tmp', '--all'], at)).code).toBe(2);
  const none = await runRushes(['verify', '--all', '--json'], at);
  expect([none.code, toldError(none).code]).toEqual([1, 'NOT_FOUND']);
});
