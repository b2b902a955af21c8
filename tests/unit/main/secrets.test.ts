import { describe, expect, it } from 'vitest';
import { chooseSecretsPlace, createSecretAnswers } from '../../../electron/main/secrets.ts';
import { createMemoryBox, createShellBox } from '../../../electron/hosts/desktop/secret-boxes.ts';
import { createExchange, answerOne, type Asked } from '../../../electron/hosts/desktop/exchange.ts';
import type { ShellQuestions } from '../../../electron/hosts/desktop/messages.ts';

type KeyStore = Parameters<typeof createSecretAnswers>[0];

/** A key store that turns texts round, under the name of a backend. */
function aKeyStore(backend: ReturnType<KeyStore['getSelectedStorageBackend']>, available = true): KeyStore {
  const turn = (text: string): string => Array.from(text).toReversed().join('');
  return {
    isAsyncEncryptionAvailable: async () => available,
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: async (text) => Buffer.from(`sealed:${turn(text)}`),
    decryptStringAsync: async (bytes) => {
      const text = bytes.toString();
      if (!text.startsWith('sealed:')) throw new Error('not sealed here');
      return { result: turn(text.slice(7)), shouldReEncrypt: false };
    },
  };
}

describe('chooseSecretsPlace', () => {
  it.each([
    { backend: 'gnome_libsecret', platform: 'linux', available: true, place: 'system' },
    { backend: 'kwallet6', platform: 'linux', available: true, place: 'system' },
    { backend: 'basic_text', platform: 'linux', available: true, place: 'memory' },
    { backend: 'gnome_libsecret', platform: 'linux', available: false, place: 'memory' },
    { backend: 'unknown', platform: 'darwin', available: true, place: 'system' },
    { backend: 'unknown', platform: 'win32', available: false, place: 'memory' },
  ] as const)('is $place with $backend on $platform, available $available', async (machine) => {
    const keyStore = aKeyStore(machine.backend, machine.available);
    expect(await chooseSecretsPlace(keyStore, machine.platform)).toBe(machine.place);
  });
});

describe('the boxes for secrets', () => {
  /** The box as the core has it, with the shell at the other end of the wire. */
  const throughShell = () => {
    const answers = createSecretAnswers(aKeyStore('gnome_libsecret'));
    const exchange = createExchange<ShellQuestions>((asked: Asked) => {
      void answerOne(asked, answers).then(exchange.settle);
    });
    return { box: createShellBox(exchange.ask), exchange };
  };

  it('seal with the shell’s key store and open again', async () => {
    const { box } = throughShell();
    const sealed = await box.seal('Größe');
    expect(sealed).not.toContain('Größe');
    expect(await box.open(sealed)).toBe('Größe');
  });

  it('open nothing that another key has sealed', async () => {
    expect(await throughShell().box.open('AAAA')).toBeNull();
  });

  it('keep in memory what no key store seals, and forget it with the process', async () => {
    const box = createMemoryBox();
    const sealed = await box.seal('token');
    expect(sealed).not.toContain('token');
    expect(await box.open(sealed)).toBe('token');
    expect(await createMemoryBox().open(sealed)).toBeNull();
  });
});

describe('the exchange', () => {
  it('fails what is open when the other side is gone', async () => {
    const exchange = createExchange<ShellQuestions>(() => undefined);
    const open = exchange.ask('seal', 'x');
    exchange.fail('gone');
    await expect(open).rejects.toThrow('gone');
  });

  it('refuses questions that nobody answers', async () => {
    const reply = await answerOne(
      { id: 1, name: 'constructor', input: '' },
      createSecretAnswers(aKeyStore('unknown')),
    );
    expect(reply).toEqual({ id: 1, ok: false, message: 'There is no answer to "constructor".' });
  });
});
