import { expect, test } from 'vitest';
import { diskError, pathError } from '../../../../electron/core/files/disk-error.ts';

const failing = (code: string): Error => Object.assign(new Error(`${code}: it failed`), { code });

test.each([
  ['ENOSPC', 'DISK_FULL'],
  ['EDQUOT', 'DISK_FULL'],
  ['SQLITE_FULL', 'DISK_FULL'],
  ['SQLITE_IOERR_WRITE', 'DISK_ERROR'],
  ['SQLITE_CANTOPEN', 'DISK_ERROR'],
  ['SQLITE_READONLY_DBMOVED', 'DISK_ERROR'],
  ['EROFS', 'DISK_ERROR'],
  ['EACCES', 'DISK_ERROR'],
])('%s is the disk: %s', (from, to) => {
  expect(diskError(failing(from), 'It cannot be used.')).toMatchObject({ code: to });
});

test.each(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_ERROR', 'SQLITE_MISUSE', 'ECONNREFUSED', 'ERR_ASSERTION'])(
  '%s is no failure of the disk and stays a bug',
  (code) => {
    expect(diskError(failing(code), 'x')).toBeNull();
    expect(pathError(failing(code), 'x')).toBeNull();
  },
);

test('a missing file is a bug of ours, but not under a path that the user chose', () => {
  expect(diskError(failing('ENOENT'), 'x')).toBeNull();
  expect(pathError(failing('ENOENT'), 'x')).toMatchObject({ code: 'DISK_ERROR' });
});

test('a full disk says so and says where', () => {
  const error = diskError(failing('ENOSPC'), 'The home folder /h cannot be used.');
  expect(error?.message).toBe('The home folder /h cannot be used: the disk is full.');
  expect(error?.facts.detail).toBe('ENOSPC: it failed');
});
