import { createHash, randomBytes } from 'node:crypto';
import type { PortalDb } from '../storage/open-portal-db.ts';
import type { AccountRow } from './account-repo.ts';

/** A session and whose it is. */
export interface OpenSession {
  readonly account: AccountRow;
  readonly expiresAtMs: number;
}

/** Bearer sessions: random tokens, stored as hashes, expiring, revocable. */
export interface SessionRepo {
  open(accountId: number): { token: string; expiresAtMs: number };
  /** Answers the session of a token that is known and not past its time. */
  find(token: string): OpenSession | undefined;
  end(token: string): void;
  endAll(accountId: number): void;
}

/** Keeps sessions in the `sessions` table. */
export function createSessionRepo(deps: {
  db: PortalDb;
  lifetimeMs: number;
  now: () => number;
}): SessionRepo {
  const { db, lifetimeMs, now } = deps;
  const insert = db.prepare<[Buffer, number, number]>(
    'INSERT INTO sessions (token_hash, account_id, expires_at_ms) VALUES (?, ?, ?)',
  );
  const prune = db.prepare<[number]>('DELETE FROM sessions WHERE expires_at_ms <= ?');
  const find = db.prepare<[Buffer, number], AccountRow & { expires_at_ms: number }>(
    `SELECT accounts.*, sessions.expires_at_ms FROM sessions JOIN accounts ON accounts.id = sessions.account_id
     WHERE sessions.token_hash = ? AND sessions.expires_at_ms > ?`,
  );
  const end = db.prepare<[Buffer]>('DELETE FROM sessions WHERE token_hash = ?');
  const endAll = db.prepare<[number]>('DELETE FROM sessions WHERE account_id = ?');
  return {
    open(accountId) {
      const nowMs = now();
      const token = randomBytes(32).toString('base64url');
      prune.run(nowMs);
      insert.run(hashToken(token), accountId, nowMs + lifetimeMs);
      return { token, expiresAtMs: nowMs + lifetimeMs };
    },
    find(token) {
      const row = find.get(hashToken(token), now());
      return row === undefined ? undefined : { account: row, expiresAtMs: row.expires_at_ms };
    },
    end(token) {
      end.run(hashToken(token));
    },
    endAll(accountId) {
      endAll.run(accountId);
    },
  };
}

// 256 random bits need no salt and no slow hash; the hash only keeps a copied database from opening sessions.
function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
