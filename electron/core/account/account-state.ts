import type { AccountStatus } from '../../../shared/contract/account.ts';
import type { SourceId } from '../../../shared/contract/values.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { emailSchema, type CodeSent } from '../../../shared/portal-api/account.ts';
import { checkPassword, passwordRule } from '../../../shared/portal-api/password-rule.ts';
import type { Clock, Notify } from '../ports.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { PortalClient } from '../sources/account-portal/portal-client.ts';
import type { Connection } from '../storage/open-database.ts';
import { createAccountRepo, type AccountRecord } from './account-repo.ts';

/** What the account area needs of a source. */
export interface AccountSource {
  readonly client: PortalClient;
  readonly mailbox: string | null;
}

/** What the account area is given. */
export interface AccountDeps {
  readonly db: Connection;
  readonly clock: Clock;
  readonly secrets: SecretStore;
  readonly notify: Notify;
  readonly source: (sourceId: string) => AccountSource;
  readonly onSignedIn: (sourceId: string) => void;
}

/** The state of no code being under way. */
export const noCode = { codePurpose: null, codeExpiresAtMs: null, codeResendAtMs: null } as const;

/** Reads and changes what is known of an account, for the verbs of this area. */
export function createAccountState(deps: AccountDeps) {
  const repo = createAccountRepo(deps.db);
  const status = (sourceId: string): AccountStatus =>
    toStatus(repo.find(sourceId), { mailbox: deps.source(sourceId).mailbox, now: deps.clock.now() });
  const save = (sourceId: string, change: Partial<AccountRecord>): AccountStatus => {
    repo.put({ ...repo.find(sourceId), ...change });
    deps.notify('account', sourceId);
    return status(sourceId);
  };
  return {
    status,
    save,
    find: (sourceId: string): AccountRecord => repo.find(sourceId),
    /** A code is on its way: when it ends, and when another may be asked for, by the server's clock. */
    codeSent: (
      sourceId: string,
      to: { email: string; purpose: 'register' | 'reset' },
      sent: CodeSent,
    ): AccountStatus =>
      save(sourceId, {
        email: to.email,
        // A code for another purpose, or while signed in, changes nothing about who is signed in.
        ...(to.purpose === 'register' && repo.find(sourceId).state === 'signed-out'
          ? { state: 'unverified' }
          : {}),
        codePurpose: to.purpose,
        codeExpiresAtMs: sent.codeExpiresAtMs,
        codeResendAtMs: sent.nowMs + sent.resendAfterMs,
        clockOffsetMs: sent.nowMs - deps.clock.now(),
        reason: null,
      }),
    /** The address given, or the one the last code went to. */
    emailOf: (sourceId: string, given: string | undefined): string => {
      const email = given ?? repo.find(sourceId).email;
      if (!email) throw new RushesError('USAGE', 'Say which e-mail address the code was sent to.');
      return checkEmail(email);
    },
  };
}
export type AccountState = ReturnType<typeof createAccountState>;

function toStatus(record: AccountRecord, at: { mailbox: string | null; now: number }): AccountStatus {
  const serverNow = at.now + record.clockOffsetMs;
  return {
    sourceId: record.sourceId as SourceId,
    state: record.state,
    email: record.email,
    code:
      record.codePurpose === null || record.codeExpiresAtMs === null
        ? null
        : {
            purpose: record.codePurpose,
            expiresAtMs: record.codeExpiresAtMs,
            remainingMs: Math.max(0, record.codeExpiresAtMs - serverNow),
            resendInMs: Math.max(0, (record.codeResendAtMs ?? serverNow) - serverNow),
          },
    newsletter: record.newsletter,
    sessionExpiresAtMs: record.sessionExpiresAtMs,
    reason: record.reason,
    mailbox: at.mailbox,
  };
}

/** @throws RushesError USAGE when the text cannot be an e-mail address. */
export function checkEmail(text: string): string {
  // The portal's own rule, so that no door sends what the portal would refuse in less helpful words.
  const email = emailSchema.safeParse(text);
  if (!email.success)
    throw new RushesError('USAGE', `"${text.trim()}" is not an e-mail address that can be used here.`);
  return email.data;
}

/** @throws RushesError PASSWORD_RULE naming every point that is not met. */
export function assertPassword(password: string, email: string): void {
  const failures = checkPassword(password, email);
  if (failures.length > 0)
    throw new RushesError('PASSWORD_RULE', passwordRule.text, { detail: failures.join(', ') });
}

/** People paste codes with spaces and dashes around and between the digits. */
export function plainCode(text: string): string {
  const code = text.replace(/[\s-]/g, '');
  if (!/^\d{6}$/.test(code)) throw new RushesError('CODE_WRONG', 'A verification code has six digits.');
  return code;
}
