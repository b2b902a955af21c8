import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { CodePurpose } from '../../../shared/portal-api/account.ts';
import { PortalFailure } from '../portal-failure.ts';
import type { PortalKeys } from '../storage/portal-keys.ts';
import type { CodeRepo } from './code-repo.ts';

/** How long a code opens its door. */
export const codeLifetimeMs = 30 * 60_000;
const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
const sendsAnHour = 5;
const triesACode = 5;

/** What issuing a code answers. */
export interface IssuedCode {
  /** Six digits for the mail; undefined when the code was a decoy. */
  readonly code: string | undefined;
  readonly expiresAtMs: number;
  /** How long the next request for this address would be refused. */
  readonly resendAfterMs: number;
}

/** The rules of verification codes. */
export interface Codes {
  /**
   * Makes a code and voids the older one.
   *
   * With `decoy` it stores a code that nothing opens: an address without an account then counts sends and tries like
   * any other. Refuses with TOO_MANY_CODES after five sends in an hour.
   */
  issue(request: { email: string; purpose: CodePurpose; decoy: boolean }): IssuedCode;
  /** Uses a code up. The expired answer needs the right digits, so it tells a guesser nothing. */
  redeem(request: { email: string; purpose: CodePurpose; code: string }): 'right' | 'wrong' | 'expired';
  /** Tells whether a code could still be used and another one may not be sent without being asked for. */
  isLive(email: string, purpose: CodePurpose): boolean;
  /** Tells whether another send is allowed now. */
  maySend(email: string): boolean;
}

/** Brings the code rules over a store, with keyed hashes and a clock. */
export function createCodes(deps: { repo: CodeRepo; keys: PortalKeys; now: () => number }): Codes {
  const { repo, keys, now } = deps;

  /** Milliseconds until the oldest of the last five sends is an hour old; 0 when a send is allowed. */
  const waitMs = (addressKey: string, nowMs: number): number => {
    const sends = repo.sendsSince(addressKey, nowMs - hourMs);
    const oldest = sends.at(-sendsAnHour);
    return oldest === undefined ? 0 : oldest + hourMs - nowMs;
  };

  return {
    issue({ email, purpose, decoy }) {
      const nowMs = now();
      const addressKey = keys.addressKey(email);
      const retryAfterMs = waitMs(addressKey, nowMs);
      if (retryAfterMs > 0) {
        throw new PortalFailure(
          'TOO_MANY_CODES',
          'Too many codes were asked for this address; wait before the next.',
          {
            retryAfterMs,
          },
        );
      }
      const code = randomInt(0, 1_000_000).toString().padStart(6, '0');
      const codeHash = decoy ? randomBytes(32) : keys.codeHash(purpose, email, code);
      const expiresAtMs = nowMs + codeLifetimeMs;
      // Expired codes stay a day, so that the right digits typed late are told to be late.
      repo.prune(nowMs - dayMs, nowMs - hourMs);
      repo.put({ addressKey, purpose, codeHash, expiresAtMs });
      repo.recordSend(addressKey, nowMs);
      return { code: decoy ? undefined : code, expiresAtMs, resendAfterMs: waitMs(addressKey, nowMs) };
    },

    redeem({ email, purpose, code }) {
      const addressKey = keys.addressKey(email);
      const row = repo.find(addressKey, purpose);
      if (row === undefined) return 'wrong';
      if (!timingSafeEqual(row.code_hash, keys.codeHash(purpose, email, code))) {
        if (row.wrong_tries + 1 >= triesACode) repo.remove(addressKey, purpose);
        else repo.countWrongTry(addressKey, purpose);
        return 'wrong';
      }
      if (row.expires_at_ms <= now()) return 'expired';
      repo.remove(addressKey, purpose);
      return 'right';
    },

    isLive(email, purpose) {
      const row = repo.find(keys.addressKey(email), purpose);
      return row !== undefined && row.expires_at_ms > now();
    },

    maySend: (email) => waitMs(keys.addressKey(email), now()) === 0,
  };
}
