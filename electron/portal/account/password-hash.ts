import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { ScryptOptions } from 'node:crypto';

/** Cost of new hashes: 32 MB and three passes; older hashes keep the cost they were made with. */
const cost = { N: 2 ** 15, r: 8, p: 3 } as const;
const keyBytes = 32;
const saltBytes = 16;

/** A hash that no password opens; checking against it takes as long as checking a real one. */
export const unopenableHash = formatHash(cost, Buffer.alloc(saltBytes), Buffer.alloc(keyBytes));

/** Hashes a password with a fresh salt, off the event loop; answers `scrypt$N$r$p$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  return formatHash(cost, salt, await deriveKey(password, salt, cost));
}

/** Tells whether a password belongs to a hash made by {@link hashPassword}. */
export async function checkPasswordHash(password: string, hash: string): Promise<boolean> {
  const [kind, n, r, p, salt, key] = hash.split('$');
  if (kind !== 'scrypt' || salt === undefined || key === undefined) return false;
  const expected = Buffer.from(key, 'base64url');
  const parameters = { N: Number(n), r: Number(r), p: Number(p) };
  const found = await deriveKey(password, Buffer.from(salt, 'base64url'), parameters);
  return found.length === expected.length && timingSafeEqual(found, expected);
}

function deriveKey(password: string, salt: Buffer, parameters: typeof cost | ScryptOptions): Promise<Buffer> {
  const options = { ...parameters, maxmem: 128 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    scrypt(password, salt, keyBytes, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

function formatHash(parameters: typeof cost, salt: Buffer, key: Buffer): string {
  const { N, r, p } = parameters;
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}
