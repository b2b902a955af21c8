import { createHmac, randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const secretBytes = 32;

/** Keyed hashes of the portal; each use has a key of its own, derived from one secret. */
export interface PortalKeys {
  /** Stands for an e-mail address in tables of limits. */
  addressKey(email: string): string;
  codeHash(purpose: string, email: string, code: string): Buffer;
  linkSignature(text: string): string;
}

/**
 * Reads `secret.key` in the state folder, making it at first use.
 *
 * It lies beside the database and not in it, so that a copied database alone neither signs links nor opens codes.
 */
export function openPortalKeys(dir: string): PortalKeys {
  const secret = readOrMakeSecret(join(dir, 'secret.key'));
  const derive = (use: string): Buffer => createHmac('sha256', secret).update(use).digest();
  const addresses = derive('addresses');
  const codes = derive('codes');
  const links = derive('links');
  return {
    addressKey: (email) => createHmac('sha256', addresses).update(email).digest('hex'),
    codeHash: (purpose, email, code) =>
      createHmac('sha256', codes).update(`${purpose}\n${email}\n${code}`).digest(),
    linkSignature: (text) => createHmac('sha256', links).update(text).digest('base64url'),
  };
}

function readOrMakeSecret(path: string): Buffer {
  const known = readSecret(path);
  if (known !== undefined) return known;
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, randomBytes(secretBytes), { mode: 0o600 });
  try {
    // link() does not overwrite: of two portals starting at once, both end up with the first one's secret.
    linkSync(temporary, path);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  return readFileSync(path);
}

function readSecret(path: string): Buffer | undefined {
  try {
    const secret = readFileSync(path);
    if (secret.length !== secretBytes)
      throw new Error(`${path} is damaged: it must hold ${secretBytes} bytes`);
    return secret;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
