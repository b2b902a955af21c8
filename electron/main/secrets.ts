import type { SafeStorage } from 'electron';
import type { Answers } from '../hosts/desktop/exchange.ts';
import type { SecretsPlace, ShellQuestions } from '../hosts/desktop/messages.ts';

type KeyStore = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
>;

/**
 * Decides where secrets are kept.
 *
 * On Linux without a keyring Chromium seals with a password that everybody knows ("basic_text"): that is no sealing.
 */
export async function chooseSecretsPlace(
  keyStore: KeyStore,
  platform: NodeJS.Platform,
): Promise<SecretsPlace> {
  if (!(await keyStore.isAsyncEncryptionAvailable())) return 'memory';
  const isSham = platform === 'linux' && keyStore.getSelectedStorageBackend() === 'basic_text';
  return isSham ? 'memory' : 'system';
}

/** Seals and opens for the core, which cannot reach the key store itself. */
export function createSecretAnswers(keyStore: KeyStore): Answers<Pick<ShellQuestions, 'seal' | 'unseal'>> {
  return {
    seal: async (text) => (await keyStore.encryptStringAsync(text)).toString('base64'),
    unseal: async (sealed) => {
      try {
        return (await keyStore.decryptStringAsync(Buffer.from(sealed, 'base64'))).result;
      } catch {
        return null; // sealed with another key, or on another machine
      }
    },
  };
}
