import {
  chmodSync,
  copyFileSync,
  constants,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyBeside } from '../../../electron/core/files/copy-beside.ts';
import { tempDir } from '../../support/temp.ts';

const never = new AbortController().signal;

test('a copy is whole, and nobody else reads it before it is finished', async () => {
  const path = join(tempDir(), 'clip.mp4');
  writeFileSync(path, 'x'.repeat(9_000_001));
  chmodSync(path, 0o444);
  await copyBeside(path, `${path}.copy`, never);
  expect(readFileSync(`${path}.copy`).equals(readFileSync(path))).toBe(true);
  expect(statSync(`${path}.copy`).mode & 0o777).toBe(0o600);
});

test('nothing that stands there is written over', async () => {
  const path = join(tempDir(), 'clip.mp4');
  writeFileSync(path, 'new');
  writeFileSync(`${path}.copy`, 'mine');
  await expect(copyBeside(path, `${path}.copy`, never)).rejects.toMatchObject({ code: 'EEXIST' });
  expect(readFileSync(`${path}.copy`, 'utf8')).toBe('mine');
});

test('without room for it none is begun', async () => {
  const path = join(tempDir(), 'huge.mxf');
  writeFileSync(path, '');
  truncateSync(path, 8 * 2 ** 40);
  await expect(copyBeside(path, `${path}.copy`, never)).rejects.toMatchObject({ reason: 'NO_SPACE' });
  expect(() => statSync(`${path}.copy`)).toThrow(/ENOENT/);
});

function clones(path: string): boolean {
  try {
    copyFileSync(path, `${path}.clone`, constants.COPYFILE_FICLONE_FORCE);
    return true;
  } catch {
    return false;
  }
}

test('the copying of a large file ends when it is called off', async (context) => {
  const path = join(tempDir(), 'large.mxf');
  writeFileSync(path, '');
  truncateSync(path, 2 ** 30);
  context.skip(clones(path), 'this file system clones files, so there is nothing to call off');
  const abort = new AbortController();
  const copying = copyBeside(path, `${path}.copy`, abort.signal);
  const watch = setInterval(() => {
    if ((statSync(`${path}.copy`, { throwIfNoEntry: false })?.size ?? 0) > 0)
      abort.abort(new Error('called off'));
  }, 1);
  await expect(copying).rejects.toThrow('called off');
  clearInterval(watch);
  expect(statSync(`${path}.copy`).size).toBeLessThan(2 ** 30);
});
