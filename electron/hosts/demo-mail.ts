import { watch } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drop } from '../core/drop.ts';

/** A watch that can be ended. */
export interface MailWatch {
  close(): void;
}

/** Tells of each mail that comes into a demo mailbox from now on, with its code. */
export async function watchDemoMail(dir: string, tell: (line: string) => void): Promise<MailWatch> {
  const known = new Set(await readdir(dir));
  let looking = Promise.resolve();
  const look = async (): Promise<void> => {
    const fresh = (await readdir(dir)).filter((name) => name.endsWith('.eml') && !known.has(name)).sort();
    for (const name of fresh) {
      known.add(name);
      tell(mailLine(await readFile(join(dir, name), 'latin1')));
    }
  };
  const watcher = watch(dir, () => {
    // One look after another: two at once would tell of the same mail twice.
    looking = looking.then(look);
    drop(looking, () => {
      looking = Promise.resolve();
    });
  });
  watcher.on('error', () => undefined);
  return { close: () => watcher.close() };
}

/** A mail in one line: whom it is to, and its code or else its subject. */
export function mailLine(raw: string): string {
  const header = (name: string): string =>
    new RegExp(`^${name}: (.*(?:\\r?\\n[ \\t].*)*)$`, 'im').exec(raw)?.[1]?.replace(/\s+/g, ' ') ?? '';
  const code = /^\s*(\d{6})\s*$/m.exec(raw)?.[1];
  return `Mail to ${header('To')}: ${code === undefined ? header('Subject') : `code ${code}`}`;
}
