import type { DownloadReason } from '../../../shared/domain/download-reason.ts';

/** Why a file operation failed. */
export type FileFaultReason = Extract<
  DownloadReason,
  'NO_SPACE' | 'FILE_ACCESS' | 'FILE_FAILED' | 'FILE_VANISHED'
>;

/** A failure of the disk, classified once, here at the edge. `message` names the operation and the errno. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
  readonly reason: FileFaultReason;

  constructor(reason: FileFaultReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

const byCode: Readonly<Record<string, FileFaultReason>> = {
  ENOSPC: 'NO_SPACE',
  EDQUOT: 'NO_SPACE',
  // A write beyond the limit of the file system or of the process: to the user the disk is full.
  EFBIG: 'NO_SPACE',
  SQLITE_FULL: 'NO_SPACE',
  EACCES: 'FILE_ACCESS',
  EPERM: 'FILE_ACCESS',
  EROFS: 'FILE_ACCESS',
  ENAMETOOLONG: 'FILE_ACCESS',
  ELOOP: 'FILE_ACCESS',
  ENOENT: 'FILE_VANISHED',
  ENOTDIR: 'FILE_VANISHED',
  ENODEV: 'FILE_VANISHED',
  ENXIO: 'FILE_VANISHED',
  ESTALE: 'FILE_VANISHED',
};

/** ESTALE, by number: Node knows no name for it and reports the code `UNKNOWN`. */
const staleErrno = -116;

/** The reason for an error of node:fs or SQLite. */
export function classifyFileError(error: unknown): FileFaultReason {
  if (error instanceof FileFault) return error.reason;
  const { code, errno } = (error ?? {}) as { code?: unknown; errno?: unknown };
  if (errno === staleErrno) return 'FILE_VANISHED';
  return (typeof code === 'string' ? byCode[code] : undefined) ?? 'FILE_FAILED';
}

/** Whether an error comes from the operating system's file calls or from SQLite, not from a bug. */
export function isFileError(error: unknown): boolean {
  if (error instanceof FileFault) return true;
  const { code, syscall } = (error ?? {}) as { code?: unknown; syscall?: unknown };
  return typeof syscall === 'string' || (typeof code === 'string' && code.startsWith('SQLITE_'));
}

/** The error with its reason; `what` is the operation in a few words. */
export function toFileFault(error: unknown, what: string): FileFault {
  if (error instanceof FileFault) return error;
  const { code } = (error ?? {}) as { code?: unknown };
  return new FileFault(
    classifyFileError(error),
    `${what}: ${typeof code === 'string' ? code : String(error)}`,
  );
}

/** Whether an error carries this code. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && codes.includes(code);
}
