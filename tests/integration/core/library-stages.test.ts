import { copyFileSync, readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { makeClip } from '../../support/clips.ts';
import { tempDir } from '../../support/temp.ts';
import { aLibrary, byName, clipsOf, put, rest } from './a-library.ts';
import { runChild } from './run-child.ts';
import { codeOf, startCore, until } from './test-core.ts';

test('a clip goes through its stages, and one that is no video says why', async () => {
  const video = await makeClip('h264');
  const { core } = await aLibrary((at) => {
    copyFileSync(video, join(at, 'good.mp4'));
    put(at, 'junk.mp4', 'no video at all');
    copyFileSync(video, join(at, 'cut.mp4'));
    truncateSync(join(at, 'cut.mp4'), 3000);
    for (const name of readdirSync(at)) rest(join(at, name));
  });
  const states = async (name: string): Promise<Record<string, string>> =>
    Object.fromEntries((await byName(core, name)).steps.map(({ step, state }) => [step, state]));
  await until(
    async () => (await clipsOf(core)).flatMap(({ steps }) => steps.map(({ state }) => state)),
    (all) => !all.includes('todo') && !all.includes('running'),
  );
  expect(await states('good.mp4')).toEqual({
    bytes: 'done',
    hash: 'done',
    probe: 'done',
    picture: 'done',
    tags: 'none',
  });
  expect(await byName(core, 'good.mp4')).toMatchObject({ width: 320, height: 180, hasPoster: true });
  for (const name of ['junk.mp4', 'cut.mp4']) {
    expect(await states(name)).toMatchObject({ bytes: 'done', hash: 'done', probe: 'failed' });
    const probe = (await byName(core, name)).steps.find(({ step }) => step === 'probe');
    expect(probe?.reason?.length).toBeGreaterThan(10);
  }
  expect((await core.client.library.get({ id: (await byName(core, 'junk.mp4')).id })).sha256).toMatch(
    /^[0-9a-f]{64}$/,
  );
});

test('a scan that was killed leaves no clip that is never read', async () => {
  const [home, dir] = [join(tempDir(), 'home'), tempDir()];
  for (let n = 0; n < 400; n++) put(dir, `${n}.mp4`);
  const child = runChild('scan-folder', [home, dir]);
  await child.line('scanning');
  const count = (sql: string): number => {
    const db = new Database(join(home, 'user.db'), { readonly: true });
    try {
      return db.prepare(sql).pluck().get() as number;
    } finally {
      db.close();
    }
  };
  await until(
    () => count('SELECT count(*) FROM clip'),
    (clips) => clips > 20,
  );
  await child.kill();
  expect(child.lines).not.toContain('scanned');
  const forgotten = `SELECT count(*) FROM clip_step s WHERE step = 'probe' AND state IN ('todo', 'running')
    AND NOT EXISTS (SELECT 1 FROM job j WHERE j.kind = 'probe' AND j.key = s.clip_id)`;
  expect(count(forgotten)).toBe(0);
});

test('closing the core ends a scan under way', async () => {
  const dir = tempDir();
  for (let n = 0; n < 400; n++) put(dir, `${n}.mp4`);
  const core = await startCore();
  const scanning = codeOf(core.client.library.addRoot({ path: dir }));
  await new Promise((resolve) => setTimeout(resolve, 10));
  await core.close();
  expect(await scanning).toBe('CORE_UNAVAILABLE');
});
