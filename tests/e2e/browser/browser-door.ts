import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { startRushes, type Running } from '../../support/run-rushes.ts';

/** A home of its own for one test, with the core of the browser's door on it. */
export interface BrowserDoor {
  readonly home: string;
  readonly downloads: string;
  /** Starts the core; answers the address to open, whose token works once. */
  start(): Promise<string>;
  /** Ends the core at once, as a crash or a power cut would. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Makes a temporary home; nothing runs until `start`. */
export async function openBrowserDoor(): Promise<BrowserDoor> {
  const dir = await mkdtemp(join(tmpdir(), 'rushes-e2e-'));
  const home = join(dir, 'home');
  const downloads = join(dir, 'downloads');
  let running: Running | null = null;
  return {
    home,
    downloads,
    start: async () => {
      running = startRushes(['serve', '--no-open', '--json'], { home, env: { RUSHES_DOWNLOADS: downloads } });
      const out = await running.seen('stdout', (text) => text.includes('\n'));
      return z.object({ url: z.string() }).parse(JSON.parse(out.split('\n')[0] ?? '')).url;
    },
    kill: async () => {
      await running?.stop('SIGKILL');
      running = null;
    },
    close: async () => {
      await running?.stop('SIGTERM');
      await rm(dir, { recursive: true, force: true });
    },
  };
}
