import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether a process lives. One that has ended but was not reaped (a zombie, in containers) does not. */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true; // no /proc on this system
  }
}

/**
 * The single-instance lock, for real: a lock file in the user's data folder, and beside it a letter box in which a
 * second instance leaves its arguments. Files because `requestSingleInstanceLock` must answer at once.
 */
export function createSingleInstance({ folder, onSecondInstance }) {
  let held = null;

  const places = () => ({ lock: join(folder(), 'double.lock'), letters: join(folder(), 'double.letters') });

  const readLetters = (letters) => {
    for (const file of readdirSync(letters).sort()) {
      if (!file.endsWith('.json')) continue;
      const { argv, workingDirectory, data } = JSON.parse(readFileSync(join(letters, file), 'utf8'));
      rmSync(join(letters, file));
      onSecondInstance(argv, workingDirectory, data);
    }
  };
  const writeLetter = (letters, data) => {
    mkdirSync(letters, { recursive: true });
    const draft = join(letters, `${Date.now()}-${process.pid}.draft`);
    writeFileSync(draft, JSON.stringify({ argv: process.argv, workingDirectory: process.cwd(), data }));
    renameSync(draft, draft.replace(/draft$/, 'json'));
  };
  const take = (lock) => {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return true;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      return false;
    }
  };

  return {
    has: () => held !== null,
    request(data) {
      if (held) return true;
      const { lock, letters } = places();
      mkdirSync(folder(), { recursive: true });
      if (!take(lock)) {
        if (isAlive(Number(readFileSync(lock, 'utf8')))) {
          writeLetter(letters, data);
          return false;
        }
        rmSync(lock, { force: true }); // left by an instance that was killed
        if (!take(lock)) return this.request(data);
      }
      rmSync(letters, { recursive: true, force: true });
      mkdirSync(letters);
      const watcher = watch(letters, { persistent: false }, () => held && readLetters(letters));
      held = { lock, letters, watcher };
      return true;
    },
    release() {
      if (!held) return;
      held.watcher.close();
      rmSync(held.letters, { recursive: true, force: true });
      rmSync(held.lock, { force: true });
      held = null;
    },
  };
}
