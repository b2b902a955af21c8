import { PortalFailure } from '../portal-failure.ts';
import type { PortalDb } from '../storage/open-portal-db.ts';

const freeTries = 2;
const firstWaitMs = 1_000;
const longestWaitMs = 15 * 60_000;

/** Wait after a number of failed logins in a row: none for two, then 1 s doubling up to 15 minutes. */
export function loginWaitMs(failures: number): number {
  if (failures <= freeTries) return 0;
  return Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - freeTries - 1));
}

/** Slows down guessing of passwords without ever locking an account for good. */
export interface LoginBackoff {
  /** Counts a try as failed before it is checked, so that tries at the same time cannot slip through together. */
  begin(addressKey: string): void;
  /** Forgets the failures, after a right password or a reset. */
  clear(addressKey: string): void;
}

/** Keeps failed logins in the `login_failures` table, for known and unknown addresses alike. */
export function createLoginBackoff(db: PortalDb, now: () => number): LoginBackoff {
  const find = db.prepare<[string], { failures: number; blocked_until_ms: number }>(
    'SELECT failures, blocked_until_ms FROM login_failures WHERE address_key = ?',
  );
  const put = db.prepare<[string, number, number]>(
    'INSERT OR REPLACE INTO login_failures (address_key, failures, blocked_until_ms) VALUES (?, ?, ?)',
  );
  const clear = db.prepare<[string]>('DELETE FROM login_failures WHERE address_key = ?');
  return {
    begin(addressKey) {
      const nowMs = now();
      const row = find.get(addressKey) ?? { failures: 0, blocked_until_ms: 0 };
      if (row.blocked_until_ms > nowMs) {
        throw new PortalFailure(
          'TOO_MANY_TRIES',
          'Too many failed logins for this address; wait before the next.',
          {
            retryAfterMs: row.blocked_until_ms - nowMs,
          },
        );
      }
      const failures = row.failures + 1;
      put.run(addressKey, failures, nowMs + loginWaitMs(failures));
    },
    clear(addressKey) {
      clear.run(addressKey);
    },
  };
}
