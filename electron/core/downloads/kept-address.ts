import { createHash } from 'node:crypto';

// What signatures, tokens and passwords are called, and what they look like: a long run without a gap.
const secretName = /sig|token|key|auth|secret|pass|pwd|hmac|cred|session|policy|jwt|ticket|expires|^x-/i;
const secretValue = /[\w+/=~-]{20,}/;

/** An address of which the query was left out, and a trace by which the whole of it is recognised. */
export interface KeptAddress {
  readonly url: string;
  readonly addressKey: string;
}

/**
 * What is kept of an address when its file is here: it without its query, once anything in that looks like a secret.
 * Null when all of it may be kept.
 */
export function keptAddress(address: string): KeptAddress | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (![...url.searchParams].some(([name, value]) => secretName.test(name) || secretValue.test(value))) {
    return null;
  }
  url.search = '';
  url.hash = '';
  // Short enough that a guess at the secret is never proven by it.
  const addressKey = createHash('sha256').update(address).digest('hex').slice(0, 8);
  return { url: url.href, addressKey };
}
