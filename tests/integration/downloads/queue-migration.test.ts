import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { userMigrations } from '../../../electron/core/storage/databases.ts';
import { openDatabase } from '../../../electron/core/storage/open-database.ts';
import { startRig } from '../../support/fault-rig.ts';
import { tempDir } from '../../support/temp.ts';

it('brings downloads of the first version along: their order, their rate, their promised hash', async () => {
  const home = tempDir();
  const old = openDatabase({
    file: join(home, 'user.db'),
    synchronous: 'FULL',
    migrations: userMigrations.slice(0, 1),
    checkFirst: false,
    now: () => 1,
  });
  const insert = old.prepare(`
    INSERT INTO download (id, position, url, options_json, title, dir, file_name, state, size_bytes, done_bytes,
      expected_hash_kind, expected_hash, part_path, created_at_ms)
    VALUES (:id, :position, 'https://files.example.org/a.mp4', :options, :id, :dir, 'a.mp4', 'paused', 1000, 500,
      'sha256', 'abc', :part, 1)`);
  const dir = join(home, 'media');
  const part = join(dir, 'a.mp4.part');
  insert.run({ id: 'second', position: 7, options: '{"maxRate":1000}', dir, part });
  insert.run({ id: 'first', position: 3, options: '{}', dir, part: null });
  old
    .prepare(
      `INSERT INTO download_piece (download_id, start_byte, length_bytes, sha256) VALUES ('second', 0, 500, 'x')`,
    )
    .run();
  old.close();

  const rig = await startRig({ home });
  onTestFinished(() => rig.stop());
  expect(rig.downloads.list({ show: 'active' }).downloads).toMatchObject([
    { id: 'first', state: 'paused', priority: 'normal', maxRate: null, neededByMs: null },
    { id: 'second', state: 'paused', priority: 'normal', maxRate: 1000, bytes: 0, sizeBytes: 1000 },
  ]);
  const hashes = rig.db.prepare('SELECT DISTINCT promised_hash_kind, promised_hash FROM download').all();
  expect(hashes).toEqual([{ promised_hash_kind: 'sha256', promised_hash: 'abc' }]);
});
