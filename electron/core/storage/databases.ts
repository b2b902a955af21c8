import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Clock, Log } from '../ports.ts';
import { catalogue0001 } from './migrations/catalogue-0001.ts';
import { catalogue0002 } from './migrations/catalogue-0002.ts';
import { catalogue0003 } from './migrations/catalogue-0003.ts';
import { user0001 } from './migrations/user-0001.ts';
import { user0002 } from './migrations/user-0002.ts';
import { user0003 } from './migrations/user-0003.ts';
import { user0004 } from './migrations/user-0004.ts';
import { user0005 } from './migrations/user-0005.ts';
import { user0006 } from './migrations/user-0006.ts';
import { user0007 } from './migrations/user-0007.ts';
import { openDatabase, type Connection } from './open-database.ts';

/** The steps of user.db, in order. */
export const userMigrations = [user0001, user0002, user0003, user0004, user0005, user0006, user0007];
/** The steps of catalogue.db, in order. */
export const catalogueMigrations = [catalogue0001, catalogue0002, catalogue0003];

/** The two files of a home: what a person made, and what a source can give again. */
export interface Databases {
  readonly user: Connection;
  readonly catalogue: Connection;
  close(): void;
}

/**
 * Opens both databases of a home folder.
 *
 * A damaged catalogue is moved aside and begun anew, for a sync brings it back. A damaged user.db is never touched:
 * that is the user's to decide.
 *
 * @throws RushesError DATABASE_NEWER, DATABASE_DAMAGED (user.db only).
 */
export function openDatabases(deps: {
  home: string;
  clock: Clock;
  log: Log;
  uncleanExit: boolean;
}): Databases {
  const now = (): number => deps.clock.now();
  const file = join(deps.home, 'user.db');
  assertNotEmptied(file, join(deps.home, 'catalogue.db'));
  const user = openDatabase({
    file,
    synchronous: 'FULL',
    migrations: userMigrations,
    checkFirst: deps.uncleanExit,
    now,
  });
  try {
    const catalogue = openCatalogue(deps, now);
    return {
      user,
      catalogue,
      close: () => {
        catalogue.close();
        user.close();
      },
    };
  } catch (error) {
    user.close();
    throw error;
  }
}

/**
 * An empty file is a database to SQLite, and a library of nothing to the user. The catalogue is only made once user.db
 * holds its tables, so beside a catalogue an empty user.db is one that has lost what it held.
 */
function assertNotEmptied(userFile: string, catalogueFile: string): void {
  if (sizeOf(userFile) !== 0 || (sizeOf(catalogueFile) ?? 0) === 0) return;
  throw new RushesError('DATABASE_DAMAGED', `${userFile} is damaged: it is empty.`);
}

function sizeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.size ?? null;
}

function openCatalogue(
  deps: { home: string; log: Log; uncleanExit: boolean },
  now: () => number,
): Connection {
  const file = join(deps.home, 'catalogue.db');
  const open = (): Connection =>
    openDatabase({
      file,
      synchronous: 'NORMAL',
      migrations: catalogueMigrations,
      checkFirst: deps.uncleanExit,
      now,
    });
  try {
    return open();
  } catch (error) {
    if (!(error instanceof RushesError) || error.code !== 'DATABASE_DAMAGED') throw error;
    const aside = `${file}.damaged-${now()}`;
    renameSync(file, aside);
    for (const suffix of ['-wal', '-shm']) if (existsSync(file + suffix)) rmSync(file + suffix);
    deps.log.warn('The catalogue was damaged and is begun anew; a sync brings it back.', { aside });
    return open();
  }
}
