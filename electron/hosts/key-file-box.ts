import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SecretBox } from '../core/ports.ts';

const cipher = 'aes-256-gcm';
const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;

/**
 * Seals secrets with a key of this home, for doors without the operating system's key store.
 *
 * The key lies beside the secrets in a file of mode 0600: it guards against a copied secrets file and a careless
 * backup, not against somebody who can read all of the user's files.
 */
export function createKeyFileBox(keyFile: string): SecretBox {
  // A key of another length is what a crash has left of one. Nothing that it sealed can be opened any more.
  const key = (): Buffer => {
    const known = readKey(keyFile);
    return known?.length === keyBytes ? known : makeKey(keyFile);
  };
  return {
    name: 'key-file',
    seal: async (text) => {
      const iv = randomBytes(ivBytes);
      const sealer = createCipheriv(cipher, key(), iv, { authTagLength: tagBytes });
      const body = Buffer.concat([sealer.update(text, 'utf8'), sealer.final()]);
      return Buffer.concat([iv, sealer.getAuthTag(), body]).toString('base64');
    },
    open: async (sealed) => {
      try {
        const bytes = Buffer.from(sealed, 'base64');
        const opener = createDecipheriv(cipher, key(), bytes.subarray(0, ivBytes), {
          authTagLength: tagBytes,
        });
        opener.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
        return opener.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + opener.final('utf8');
      } catch {
        return null;
      }
    },
  };
}

function readKey(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Writes a key beside its place and moves it there whole, so that no crash leaves half a key. */
function makeKey(file: string): Buffer {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const key = randomBytes(keyBytes);
  const half = `${file}.${process.pid}.tmp`;
  const handle = openSync(half, 'w', 0o600);
  try {
    writeSync(handle, key);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(half, file);
  return key;
}
