import type {
  CodePurpose,
  CodeSent,
  LoginAnswer,
  PortalAccount,
  SessionAnswer,
} from '../../../shared/portal-api/account.ts';
import { checkPassword } from '../../../shared/portal-api/password-rule.ts';
import type { Mailer } from '../mail/mailer.ts';
import { PortalFailure } from '../portal-failure.ts';
import type { PortalKeys } from '../storage/portal-keys.ts';
import type { AccountRepo, AccountRow, NewAccount } from './account-repo.ts';
import type { Codes, IssuedCode } from './codes.ts';
import type { LoginBackoff } from './login-failure-repo.ts';
import { alreadyRegisteredMail, codeMail, passwordChangedMail } from './mail-texts.ts';
import { checkPasswordHash, hashPassword, unopenableHash } from './password-hash.ts';
import type { OpenSession, SessionRepo } from './session-repo.ts';

/** What the account rules stand on. */
export interface AccountDeps {
  readonly repo: AccountRepo;
  readonly codes: Codes;
  readonly sessions: SessionRepo;
  readonly backoff: LoginBackoff;
  readonly keys: PortalKeys;
  readonly mailer: Mailer;
  readonly portalName: string;
  readonly now: () => number;
}

/** The account contract; failures are thrown as PortalFailure. */
export interface Accounts {
  register(request: { email: string; password: string; newsletter: boolean }): Promise<CodeSent>;
  verify(email: string, code: string): void;
  resend(email: string, purpose: CodePurpose): CodeSent;
  login(email: string, password: string): Promise<LoginAnswer>;
  resetConfirm(request: { email: string; code: string; password: string }): Promise<void>;
  /** Answers the session of a token or refuses with SESSION_ENDED. */
  requireSession(token: string | undefined): OpenSession;
  describeSession(session: OpenSession): SessionAnswer;
  logout(token: string): void;
  setNewsletter(session: OpenSession, subscribed: boolean): void;
  revokeSessions(email: string): void;
}

/**
 * Brings the account contract over its parts.
 *
 * No answer depends on whether an address has an account: the same work is done, the same rows are written, and what
 * differs is told by mail, after the answer.
 */
export function createAccounts(deps: AccountDeps): Accounts {
  const { repo, sessions } = deps;
  const sendCode = codeSender(deps);

  return {
    async register({ email, password, newsletter }) {
      const address = foldEmail(email);
      requirePassword(password, address);
      const passwordHash = await hashPassword(password);
      return sendCode(address, 'register', { email: address, passwordHash, newsletter, nowMs: deps.now() });
    },
    verify(email, code) {
      const address = foldEmail(email);
      requireRightCode(deps.codes.redeem({ email: address, purpose: 'register', code }));
      repo.markVerified(address);
    },
    resend: (email, purpose) => sendCode(foldEmail(email), purpose),
    login: (email, password) => login(deps, foldEmail(email), password),
    async resetConfirm({ email, code, password }) {
      const address = foldEmail(email);
      requirePassword(password, address);
      requireRightCode(deps.codes.redeem({ email: address, purpose: 'reset', code }));
      const passwordHash = await hashPassword(password);
      const account = repo.find(address);
      if (account === undefined) return;
      repo.setPassword(account.id, passwordHash);
      // The code came by mail, so the address is proven as well.
      repo.markVerified(address);
      sessions.endAll(account.id);
      deps.backoff.clear(deps.keys.addressKey(address));
      deps.mailer.send(address, passwordChangedMail(deps.portalName));
    },
    requireSession(token) {
      const session = token === undefined ? undefined : sessions.find(token);
      if (session === undefined)
        throw new PortalFailure('SESSION_ENDED', 'There is no such session, or it has ended.');
      return session;
    },
    describeSession: (session) => ({
      account: describeAccount(session.account),
      sessionExpiresAtMs: session.expiresAtMs,
      nowMs: deps.now(),
    }),
    logout: (token) => sessions.end(token),
    setNewsletter: (session, subscribed) => repo.setNewsletter(session.account.id, subscribed),
    revokeSessions(email) {
      const account = repo.find(foldEmail(email));
      if (account !== undefined) sessions.endAll(account.id);
    },
  };
}

/** Issues a code for an address, or a decoy, and mails what the holder of the address should know. */
function codeSender(deps: AccountDeps) {
  return (email: string, purpose: CodePurpose, registration?: NewAccount): CodeSent => {
    const known = deps.repo.find(email);
    const wantsCode =
      purpose === 'reset' ? known !== undefined : isOpenRegistration(known, registration !== undefined);
    const issued = deps.codes.issue({ email, purpose, decoy: !wantsCode });
    if (registration !== undefined) deps.repo.register(registration);
    if (issued.code !== undefined) deps.mailer.send(email, codeMail(deps.portalName, purpose, issued.code));
    else if (purpose === 'register' && known !== undefined) {
      deps.mailer.send(email, alreadyRegisteredMail(deps.portalName));
    }
    return codeSent(issued, deps.now());
  };
}

function isOpenRegistration(known: AccountRow | undefined, registering: boolean): boolean {
  return known === undefined ? registering : known.verified === 0;
}

function codeSent(issued: IssuedCode, nowMs: number): CodeSent {
  return {
    state: 'code-sent',
    codeExpiresAtMs: issued.expiresAtMs,
    resendAfterMs: issued.resendAfterMs,
    nowMs,
  };
}

async function login(deps: AccountDeps, email: string, password: string): Promise<LoginAnswer> {
  const addressKey = deps.keys.addressKey(email);
  deps.backoff.begin(addressKey);
  const account = deps.repo.find(email);
  const right = await checkPasswordHash(password, account?.password_hash ?? unopenableHash);
  // A reset may have been confirmed while the hash was computed; the old password opens nothing then.
  const unchanged = deps.repo.find(email)?.password_hash === account?.password_hash;
  if (!right || account === undefined || !unchanged) {
    throw new PortalFailure('CREDENTIALS_WRONG', 'The e-mail address or the password is wrong.');
  }
  deps.backoff.clear(addressKey);
  if (account.verified === 0) {
    sendMissingCode(deps, email);
    throw new PortalFailure(
      'ACCOUNT_UNVERIFIED',
      'The account is not verified yet; enter the code from the mail.',
    );
  }
  const { token, expiresAtMs } = deps.sessions.open(account.id);
  return { token, sessionExpiresAtMs: expiresAtMs, account: describeAccount(account), nowMs: deps.now() };
}

function sendMissingCode(deps: AccountDeps, email: string): void {
  if (deps.codes.isLive(email, 'register') || !deps.codes.maySend(email)) return;
  const issued = deps.codes.issue({ email, purpose: 'register', decoy: false });
  if (issued.code !== undefined) deps.mailer.send(email, codeMail(deps.portalName, 'register', issued.code));
}

function requirePassword(password: string, email: string): void {
  const failures = checkPassword(password, email);
  if (failures.length > 0) {
    throw new PortalFailure('PASSWORD_RULE', 'The password does not meet the rule.', { failures });
  }
}

function requireRightCode(outcome: 'right' | 'wrong' | 'expired'): void {
  if (outcome === 'expired')
    throw new PortalFailure('CODE_EXPIRED', 'The code is too old; ask for a new one.');
  if (outcome === 'wrong') {
    throw new PortalFailure(
      'CODE_WRONG',
      'The code is wrong or no longer valid; check it or ask for a new one.',
    );
  }
}

function describeAccount(account: AccountRow): PortalAccount {
  return { email: account.email, verified: account.verified === 1, newsletter: account.newsletter === 1 };
}

function foldEmail(email: string): string {
  return email.trim().toLowerCase();
}
