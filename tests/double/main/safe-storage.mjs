import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strict } from '../not-emulated.mjs';

const VERSION = Buffer.from('v10'); // the prefix that Chromium's own OSCrypt writes
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Electron's `safeStorage`: real encryption, but the key lies in the user's data folder instead of a keyring. */
export function createSafeStorage(app) {
  const readKey = () => {
    const folder = app.getPath('userData');
    const file = join(folder, 'double.key');
    mkdirSync(folder, { recursive: true });
    try {
      writeFileSync(file, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    return readFileSync(file);
  };
  const encryptString = (text) => {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', readKey(), iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([VERSION, iv, sealed, cipher.getAuthTag()]);
  };
  const decryptString = (encrypted) => {
    if (!encrypted.subarray(0, VERSION.length).equals(VERSION)) {
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.');
    }
    const body = encrypted.subarray(VERSION.length + IV_BYTES, -TAG_BYTES);
    const decipher = createDecipheriv(
      'aes-256-gcm',
      readKey(),
      encrypted.subarray(VERSION.length).subarray(0, IV_BYTES),
    );
    decipher.setAuthTag(encrypted.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  };
  return strict('safeStorage', {
    isEncryptionAvailable: () => true,
    isAsyncEncryptionAvailable: async () => true,
    getSelectedStorageBackend: () => 'gnome_libsecret',
    setUsePlainTextEncryption() {},
    encryptString,
    decryptString,
    encryptStringAsync: async (text) => encryptString(text),
    decryptStringAsync: async (encrypted) => ({ result: decryptString(encrypted), shouldReEncrypt: false }),
  });
}
