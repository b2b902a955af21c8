import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FileFault } from '../../../electron/core/files/file-fault.ts';
import { writeNewFile } from '../../../electron/core/files/write-new-file.ts';
import { tempDir } from '../../support/temp.ts';

const note = (dir: string) => ({
  dir,
  fileName: 'note.json',
  temporaryName: '.note.tmp',
  content: 'ours',
  mode: 0o644,
});

test('what stands there stays, and what a crash left of ours goes', async () => {
  const dir = tempDir();
  writeFileSync(join(dir, 'note.json'), 'mine');
  writeFileSync(join(dir, '.note.tmp'), 'half');
  expect(await writeNewFile(note(dir))).toBe(join(dir, 'note (1).json'));
  expect(readdirSync(dir).toSorted()).toEqual(['note (1).json', 'note.json']);
  expect(readFileSync(join(dir, 'note.json'), 'utf8')).toBe('mine');
});

test('what the disk refuses comes as a fault with its reason', async () => {
  const refused = await writeNewFile(note(join(tempDir(), 'none'))).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(FileFault);
  expect(refused).toMatchObject({ reason: 'FILE_VANISHED' });
});
