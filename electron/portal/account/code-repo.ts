import type { CodePurpose } from '../../../shared/portal-api/account.ts';
import type { PortalDb } from '../storage/open-portal-db.ts';

/** A code as stored: never in clear. */
export interface CodeRow {
  readonly code_hash: Buffer;
  readonly expires_at_ms: number;
  readonly wrong_tries: number;
}

/** A code to store. */
export interface NewCode {
  readonly addressKey: string;
  readonly purpose: CodePurpose;
  readonly codeHash: Buffer;
  readonly expiresAtMs: number;
}

/** The codes on their way and the record of what was sent. */
export interface CodeRepo {
  find(addressKey: string, purpose: CodePurpose): CodeRow | undefined;
  /** Stores a code and voids the older one of the same purpose. */
  put(code: NewCode): void;
  remove(addressKey: string, purpose: CodePurpose): void;
  countWrongTry(addressKey: string, purpose: CodePurpose): void;
  /** Times of the sends to an address after a moment, oldest first. */
  sendsSince(addressKey: string, sinceMs: number): number[];
  recordSend(addressKey: string, atMs: number): void;
  /** Forgets codes and sends that no rule asks about any more. */
  prune(codesBeforeMs: number, sendsBeforeMs: number): void;
}

/** Reads and writes the `codes` and `code_sends` tables. */
export function createCodeRepo(db: PortalDb): CodeRepo {
  const find = db.prepare<[string, string], CodeRow>(
    'SELECT code_hash, expires_at_ms, wrong_tries FROM codes WHERE address_key = ? AND purpose = ?',
  );
  const put = db.prepare<[string, string, Buffer, number]>(
    'INSERT OR REPLACE INTO codes (address_key, purpose, code_hash, expires_at_ms, wrong_tries) VALUES (?, ?, ?, ?, 0)',
  );
  const remove = db.prepare<[string, string]>('DELETE FROM codes WHERE address_key = ? AND purpose = ?');
  const countWrongTry = db.prepare<[string, string]>(
    'UPDATE codes SET wrong_tries = wrong_tries + 1 WHERE address_key = ? AND purpose = ?',
  );
  const sendsSince = db.prepare<[string, number], { at_ms: number }>(
    'SELECT at_ms FROM code_sends WHERE address_key = ? AND at_ms > ? ORDER BY at_ms',
  );
  const recordSend = db.prepare<[string, number]>(
    'INSERT INTO code_sends (address_key, at_ms) VALUES (?, ?)',
  );
  const pruneCodes = db.prepare<[number]>('DELETE FROM codes WHERE expires_at_ms < ?');
  const pruneSends = db.prepare<[number]>('DELETE FROM code_sends WHERE at_ms < ?');
  return {
    find: (addressKey, purpose) => find.get(addressKey, purpose),
    put(code) {
      put.run(code.addressKey, code.purpose, code.codeHash, code.expiresAtMs);
    },
    remove(addressKey, purpose) {
      remove.run(addressKey, purpose);
    },
    countWrongTry(addressKey, purpose) {
      countWrongTry.run(addressKey, purpose);
    },
    sendsSince: (addressKey, sinceMs) => sendsSince.all(addressKey, sinceMs).map((row) => row.at_ms),
    recordSend(addressKey, atMs) {
      recordSend.run(addressKey, atMs);
    },
    prune(codesBeforeMs, sendsBeforeMs) {
      pruneCodes.run(codesBeforeMs);
      pruneSends.run(sendsBeforeMs);
    },
  };
}
