import { existsSync } from 'node:fs';
import { mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../../electron/core/files/make-folder.ts';
import { tempDir } from '../../support/temp.ts';

test('what is missing is made with the mode that was asked for, what is there stays', async () => {
  const dir = tempDir();
  const { mode } = await stat(dir);
  await makeFolder(join(dir, 'a', 'b'), 0o700);
  await makeFolder(join(dir, 'a', 'b'), 0o777);
  expect((await stat(join(dir, 'a'))).mode & 0o777).toBe(0o700);
  expect((await stat(join(dir, 'a', 'b'))).mode & 0o777).toBe(0o700);
  expect((await stat(dir)).mode).toBe(mode);
});

test('a folder that many make at once is made', async () => {
  const wanted = join(tempDir(), 'a', 'b', 'c');
  await Promise.all(Array.from({ length: 8 }, () => makeFolder(wanted)));
  expect((await stat(wanted)).isDirectory()).toBe(true);
});

test('a file or a link to nowhere in its place is an error', async () => {
  const dir = tempDir();
  await writeFile(join(dir, 'file'), '');
  await symlink(join(dir, 'nowhere', 'x'), join(dir, 'link'));
  await expect(makeFolder(join(dir, 'file'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  await expect(makeFolder(join(dir, 'file', 'sub'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  await expect(makeFolder(join(dir, 'link'))).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(makeFolder(join(dir, 'link', 'sub'))).rejects.toMatchObject({ code: 'ENOENT' });
  await mkdir(join(dir, 'nowhere', 'x'), { recursive: true });
  await makeFolder(join(dir, 'link', 'sub'));
});

const proc = existsSync('/proc/self');
if (!proc) console.warn('SKIPPED: a file system that denies with ENOENT, because this machine has no /proc');

test.skipIf(!proc)('a file system that denies a folder with ENOENT is told, not asked for ever', async () => {
  await expect(makeFolder('/proc/rushes/home')).rejects.toMatchObject({ code: 'ENOENT' });
});
