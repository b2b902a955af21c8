import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** What `integrity_check` says of a file: `ok`, or the first thing that is wrong. */
function check(file: string): string {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return String(db.pragma('integrity_check(1)', { simple: true }));
  } finally {
    db.close();
  }
}

if (parentPort) {
  const port = parentPort;
  const tell = (result: string): void => port.postMessage(result);
  try {
    tell(check(String(workerData)));
  } catch (error) {
    // SQLite gives up on a file that is damaged enough: that is an answer too.
    tell(error instanceof Error ? error.message : String(error));
  }
}
