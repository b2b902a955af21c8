import { chmodSync, closeSync, openSync } from 'node:fs';

/**
 * Makes sure that a file is there and is the user's alone.
 *
 * SQLite gives its write-ahead log the mode of the database, so the mode has to be right before SQLite opens it.
 */
export function ensurePrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}
