import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LONGEST_WAIT_MS = 15 * 60_000;
const POLL_MS = 300;
const NAMELESS_MS = 5_000; // a holder writes its id right after making the lock

const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** Whether nobody holds the lock any more: its holder was killed, or it is far too old. */
function isStale(lock) {
  try {
    const age = Date.now() - statSync(lock).mtimeMs;
    if (age > LONGEST_WAIT_MS) return true;
    let pid = NaN;
    try {
      pid = Number(readFileSync(join(lock, 'pid'), 'utf8'));
    } catch {
      return age > NAMELESS_MS;
    }
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function acquire(lock, isDone) {
  for (const end = Date.now() + LONGEST_WAIT_MS; Date.now() < end; sleep(POLL_MS)) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, 'pid'), String(process.pid));
      return true;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isDone()) return false;
    if (isStale(lock)) rmSync(lock, { recursive: true, force: true });
  }
  throw new Error(`another process holds ${lock}`);
}

/** Does some work once, however many processes want it done at the same time; the others wait until it is. */
export function onceAmongProcesses({ lock, isDone, work }) {
  if (isDone() || !acquire(lock, isDone)) return;
  try {
    if (!isDone()) work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}
