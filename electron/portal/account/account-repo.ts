import type { PortalDb } from '../storage/open-portal-db.ts';

/** One account as stored. */
export interface AccountRow {
  readonly id: number;
  readonly email: string;
  readonly password_hash: string;
  readonly verified: 0 | 1;
  readonly newsletter: 0 | 1;
}

/** What a registration brings. */
export interface NewAccount {
  readonly email: string;
  readonly passwordHash: string;
  readonly newsletter: boolean;
  readonly nowMs: number;
}

/** The accounts of a portal. */
export interface AccountRepo {
  find(email: string): AccountRow | undefined;
  /** Makes an account, or replaces what an unverified one holds; a verified account stays as it is. */
  register(account: NewAccount): void;
  markVerified(email: string): void;
  setPassword(accountId: number, passwordHash: string): void;
  setNewsletter(accountId: number, subscribed: boolean): void;
}

/** Reads and writes the `accounts` table. */
export function createAccountRepo(db: PortalDb): AccountRepo {
  const find = db.prepare<[string], AccountRow>('SELECT * FROM accounts WHERE email = ?');
  const register = db.prepare<[string, string, number, number]>(
    `INSERT INTO accounts (email, password_hash, newsletter, created_at_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (email) DO UPDATE SET password_hash = excluded.password_hash, newsletter = excluded.newsletter
     WHERE accounts.verified = 0`,
  );
  const markVerified = db.prepare<[string]>('UPDATE accounts SET verified = 1 WHERE email = ?');
  const setPassword = db.prepare<[string, number]>('UPDATE accounts SET password_hash = ? WHERE id = ?');
  const setNewsletter = db.prepare<[number, number]>('UPDATE accounts SET newsletter = ? WHERE id = ?');
  return {
    find: (email) => find.get(email),
    register(account) {
      register.run(account.email, account.passwordHash, account.newsletter ? 1 : 0, account.nowMs);
    },
    markVerified(email) {
      markVerified.run(email);
    },
    setPassword(accountId, passwordHash) {
      setPassword.run(passwordHash, accountId);
    },
    setNewsletter(accountId, subscribed) {
      setNewsletter.run(subscribed ? 1 : 0, accountId);
    },
  };
}
