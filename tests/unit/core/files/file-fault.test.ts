import { expect, it } from 'vitest';
import { classifyFileError, isFileError, toFileFault } from '../../../../electron/core/files/file-fault.ts';

it.each([
  ['ENOSPC', 'NO_SPACE'],
  ['EDQUOT', 'NO_SPACE'],
  ['EFBIG', 'NO_SPACE'],
  ['SQLITE_FULL', 'NO_SPACE'],
  ['EACCES', 'FILE_ACCESS'],
  ['EROFS', 'FILE_ACCESS'],
  ['ENOENT', 'FILE_VANISHED'],
  ['ENODEV', 'FILE_VANISHED'],
  ['EIO', 'FILE_FAILED'],
  ['EWHATEVER', 'FILE_FAILED'],
])('%s is %s', (code, reason) => {
  expect(classifyFileError(Object.assign(new Error('x'), { code }))).toBe(reason);
});

it('knows a stale network handle by its number, for Node has no name for it', () => {
  const stale = Object.assign(new Error('x'), { code: 'UNKNOWN', errno: -116, syscall: 'write' });
  expect(classifyFileError(stale)).toBe('FILE_VANISHED');
});

it('keeps the path out of the message', () => {
  const error = Object.assign(new Error("EACCES: open '/home/someone/secret'"), { code: 'EACCES' });
  expect(toFileFault(error, 'Opening failed').message).toBe('Opening failed: EACCES');
});

it('tells errors of the system from bugs', () => {
  expect(isFileError(Object.assign(new Error('x'), { syscall: 'open' }))).toBe(true);
  expect(isFileError(Object.assign(new Error('x'), { code: 'SQLITE_IOERR' }))).toBe(true);
  expect(isFileError(new TypeError('x'))).toBe(false);
});
