import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createClipsReadRepo } from '../../../electron/core/library/clips-read-repo.ts';
import { userMigrations } from '../../../electron/core/storage/databases.ts';
import { check, decay, patiently } from '../verify/a-checked-file.ts';
import { aLibrary, byName, put } from './a-library.ts';
import { planOf, watchedDatabase } from './watched-database.ts';

test('a clip is damaged from the check that finds it until one that finds it whole again', async () => {
  const { dir, core } = await aLibrary((folder) => {
    put(folder, 'a.mp4');
    put(folder, 'b.mp4');
  });
  const damaged = async (): Promise<boolean[]> =>
    [await byName(core, 'a.mp4'), await byName(core, 'b.mp4')].map((clip) => clip.damaged);
  for (const name of ['a.mp4', 'b.mp4']) {
    const { id } = await byName(core, name);
    await patiently(
      () => core.client.library.get({ id }),
      ({ sha256 }) => sha256 !== null,
    );
  }
  decay(join(dir, 'a.mp4'), 0);
  expect(await damaged()).toEqual([false, false]);
  await check(core, {});
  expect(await damaged()).toEqual([true, false]);
  // A check that has only begun has found nothing yet.
  await core.client.verify.start({ paths: [join(dir, 'a.mp4')] });
  expect(await damaged()).toEqual([true, false]);
  await patiently(
    () => core.client.verify.status({}),
    ({ run }) => run?.state !== 'running',
  );
  decay(join(dir, 'a.mp4'), 0);
  await check(core, {});
  expect(await damaged()).toEqual([false, false]);
});

test('whether a clip is damaged is found by its own checks alone', () => {
  const { db, statements } = watchedDatabase(userMigrations);
  createClipsReadRepo(db);
  const sql = statements.find((one) => one.includes('check_item')) ?? '';
  expect(planOf(db, sql, ['c'])).not.toMatch(/\bSCAN (?!CONSTANT)/);
});
