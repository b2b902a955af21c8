import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SecretBox } from '../core/ports.ts';

const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/**
 * Seals secrets with a key of this home, for doors without the operating system's key store.
 *
 * The key lies beside the secrets in a file of mode 0600: it guards against a copied secrets file and a careless
 * backup, not against somebody who can read all of the user's files.
 */
export function createKeyFileBox(keyFile: string): SecretBox {
  const key = (): Buffer => {
    if (!existsSync(keyFile)) {
      mkdirSync(dirname(keyFile), { recursive: true, mode: 0o700 });
      writeFileSync(keyFile, randomBytes(32), { mode: 0o600, flag: 'wx' });
    }
    return readFileSync(keyFile);
  };
  return {
    name: 'key-file',
    seal: async (text) => {
      const iv = randomBytes(ivBytes);
      const sealer = createCipheriv(cipher, key(), iv);
      const body = Buffer.concat([sealer.update(text, 'utf8'), sealer.final()]);
      return Buffer.concat([iv, sealer.getAuthTag(), body]).toString('base64');
    },
    open: async (sealed) => {
      try {
        const bytes = Buffer.from(sealed, 'base64');
        const opener = createDecipheriv(cipher, key(), bytes.subarray(0, ivBytes));
        opener.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
        return opener.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + opener.final('utf8');
      } catch {
        return null;
      }
    },
  };
}
