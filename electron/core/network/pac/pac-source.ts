import { drop } from '../../drop.ts';
import { HttpFault } from '../../http/http-client.ts';
import { PacFault } from './pac-fault.ts';
import type { PacThread } from './pac-thread.ts';

const freshForMs = 60 * 60 * 1000;
/** How long a script that could not be used is left alone. */
const restMs = 15_000;

/** Asks the proxy script that the settings name. */
export interface PacSource {
  /** What the script answers. @throws HttpFault `proxy-unreachable` when there is no usable script. */
  find(url: URL): Promise<string>;
  /** Fetches the script again at the next question. */
  renew(): void;
  close(): Promise<void>;
}

interface PacSourceDeps {
  /** Where the script lies now. */
  readonly place: () => string;
  /** Its text. Whatever it throws has one sentence as its message. */
  readonly read: (place: string) => Promise<string>;
  /** Loads a text. @throws PacFault */
  readonly load: (source: string) => Promise<PacThread>;
  readonly now: () => number;
}

/**
 * Keeps one script, fetched again every hour. One that cannot be fetched again stays in use; one that was never there,
 * or breaks, is a failure that is told: going straight instead would be a way that nobody has allowed.
 */
export function createPacSource(deps: PacSourceDeps): PacSource {
  const { now } = deps;
  let script: PacThread | null = null;
  let readAtMs = 0;
  let failure: { readonly why: string; readonly atMs: number } | null = null;
  let reading: Promise<PacThread> | null = null;
  let turn = 0;

  const letGo = async (): Promise<void> => {
    const old = script;
    script = null;
    await old?.close();
  };
  const read = async (): Promise<PacThread> => {
    const mine = turn;
    const place = deps.place();
    const fresh = await deps.load(await deps.read(place));
    if (mine !== turn) {
      await fresh.close();
      throw new PacFault('The settings of the network have changed meanwhile.');
    }
    const old = script;
    script = fresh;
    if (old) drop(old.close(), () => undefined);
    readAtMs = now();
    failure = null;
    return fresh;
  };
  const current = async (): Promise<PacThread> => {
    if (script && now() - readAtMs < freshForMs) return script;
    if (failure && now() - failure.atMs < restMs) {
      if (script) return script;
      throw new PacFault(failure.why);
    }
    reading ??= read().finally(() => (reading = null));
    try {
      return await reading;
    } catch (error) {
      failure = { why: sentence(error), atMs: now() };
      if (script) return script;
      throw error;
    }
  };

  return {
    find: async (url) => {
      try {
        const used = await current();
        return await used.find(publicPart(url), url.hostname);
      } catch (error) {
        if (script?.isDead()) {
          drop(letGo(), () => undefined);
          failure = { why: sentence(error), atMs: now() };
        }
        throw new HttpFault('proxy-unreachable', sentence(error));
      }
    },
    renew: () => {
      turn += 1;
      failure = null;
      reading = null;
      drop(letGo(), () => undefined);
    },
    close: async () => {
      turn += 1;
      await letGo();
    },
  };
}

/** What a script may know of an address: of an https one no more than its host, as browsers have it. */
export function publicPart(url: URL): string {
  return url.protocol === 'https:' ? `${url.origin}/` : `${url.origin}${url.pathname}`;
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
