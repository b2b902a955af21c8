import type { Connection } from '../storage/open-database.ts';

/** What is known of the user's account with a source. Times are by the server's clock. */
export interface AccountRecord {
  readonly sourceId: string;
  readonly email: string | null;
  readonly state: 'signed-out' | 'unverified' | 'signed-in';
  readonly newsletter: boolean | null;
  readonly sessionExpiresAtMs: number | null;
  readonly codePurpose: 'register' | 'reset' | null;
  readonly codeExpiresAtMs: number | null;
  readonly codeResendAtMs: number | null;
  /** The server's clock minus ours, in milliseconds, when last heard. */
  readonly clockOffsetMs: number;
  readonly reason: string | null;
}

interface Row {
  source_id: string;
  email: string | null;
  state: AccountRecord['state'];
  newsletter: number | null;
  session_expires_at_ms: number | null;
  code_purpose: AccountRecord['codePurpose'];
  code_expires_at_ms: number | null;
  code_resend_at_ms: number | null;
  clock_offset_ms: number;
  reason: string | null;
}

/** The account table. */
export function createAccountRepo(db: Connection) {
  const find = db.prepare('SELECT * FROM account WHERE source_id = ?');
  const put = db.prepare(`
    INSERT OR REPLACE INTO account (source_id, email, state, newsletter, session_expires_at_ms, code_purpose,
      code_expires_at_ms, code_resend_at_ms, clock_offset_ms, reason)
    VALUES (:sourceId, :email, :state, :newsletter, :sessionExpiresAtMs, :codePurpose,
      :codeExpiresAtMs, :codeResendAtMs, :clockOffsetMs, :reason)`);
  return {
    find: (sourceId: string): AccountRecord => {
      const row = find.get(sourceId) as Row | undefined;
      return row ? fromRow(row) : { ...signedOut, sourceId };
    },
    put: (record: AccountRecord): void => {
      put.run({ ...record, newsletter: record.newsletter === null ? null : record.newsletter ? 1 : 0 });
    },
  };
}

const signedOut: Omit<AccountRecord, 'sourceId'> = {
  email: null,
  state: 'signed-out',
  newsletter: null,
  sessionExpiresAtMs: null,
  codePurpose: null,
  codeExpiresAtMs: null,
  codeResendAtMs: null,
  clockOffsetMs: 0,
  reason: null,
};

function fromRow(row: Row): AccountRecord {
  return {
    sourceId: row.source_id,
    email: row.email,
    state: row.state,
    newsletter: row.newsletter === null ? null : row.newsletter === 1,
    sessionExpiresAtMs: row.session_expires_at_ms,
    codePurpose: row.code_purpose,
    codeExpiresAtMs: row.code_expires_at_ms,
    codeResendAtMs: row.code_resend_at_ms,
    clockOffsetMs: row.clock_offset_ms,
    reason: row.reason,
  };
}
