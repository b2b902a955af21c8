import { randomUUID } from 'node:crypto';
import type { SecretBox } from '../../core/ports.ts';
import type { Ask } from './exchange.ts';
import type { ShellQuestions } from './messages.ts';

/** Seals secrets with the operating system's key store, which only the shell's process can reach. */
export function createShellBox(ask: Ask<ShellQuestions>): SecretBox {
  return {
    name: 'safe-storage',
    seal: (text) => ask('seal', text),
    open: (sealed) => ask('unseal', sealed),
  };
}

/**
 * Keeps secrets in memory; what is stored in their place is a mere number.
 *
 * For machines whose key store is absent or a sham: the user signs in again after each start, and no token lies on
 * the disk in the clear.
 */
export function createMemoryBox(): SecretBox {
  const held = new Map<string, string>();
  return {
    name: 'memory',
    seal: async (text) => {
      const name = randomUUID();
      held.set(name, text);
      return name;
    },
    open: async (sealed) => held.get(sealed) ?? null,
  };
}
