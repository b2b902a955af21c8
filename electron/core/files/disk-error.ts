import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { classifyFileError } from './file-fault.ts';

/** What a disk can do to a file call or to SQLite. Whatever else fails there is a bug of ours and stays one. */
const ofDisk =
  /^(ENOSPC|EDQUOT|EFBIG|EACCES|EPERM|EROFS|EIO|ENODEV|ENXIO|ESTALE|ENAMETOOLONG|ELOOP|EMFILE|ENFILE|SQLITE_(FULL|IOERR|CANTOPEN|READONLY|PERM)(_\w+)?)$/;

/** The same, and what only a path can be guilty of: missing, or not a folder, or not a file. */
const ofPath = /^(ENOENT|ENOTDIR|EISDIR|EEXIST|EINVAL)$/;

/** The error of the closed list for a failure of the disk, or null when it is none. */
export function diskError(error: unknown, message: string): RushesError | null {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && ofDisk.test(code) ? told(error, message) : null;
}

/** The same for a path that the user chose: there a missing folder is no bug either. */
export function pathError(error: unknown, message: string): RushesError | null {
  const { code } = (error ?? {}) as { code?: unknown };
  if (typeof code !== 'string' || !(ofDisk.test(code) || ofPath.test(code))) return null;
  return told(error, message);
}

function told(error: unknown, message: string): RushesError {
  const full = classifyFileError(error) === 'NO_SPACE';
  const detail = error instanceof Error ? error.message : String(error);
  return full
    ? new RushesError('DISK_FULL', message.replace(/\.$/, ': the disk is full.'), { detail })
    : new RushesError('DISK_ERROR', message, { detail });
}
