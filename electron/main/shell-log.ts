import type { createFileLog } from '../hosts/file-log.ts';

/** Where the shell writes what it did. */
export type ShellLog = ReturnType<typeof createFileLog>;
