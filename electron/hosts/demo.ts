import { ORPCError } from '@orpc/client';
import type { Source } from '../../shared/contract/sources.ts';
import type { Core } from '../core/create-core.ts';
import { createPortal } from '../portal/create-portal.ts';
import { watchDemoMail } from './demo-mail.ts';
import { usualPort } from './usual-port.ts';

/** The port a demo portal takes when it is free, so that its address stays the same from start to start. */
const demoPort = 4817;
/** How long a start may take before it is told of, in milliseconds. */
const quietMs = 500;

/** A running demo portal. */
export interface Demo {
  readonly url: string;
  /** The folder in which each of its mails is a file. */
  readonly mailboxDir: string;
  close(): Promise<void>;
}

/** How a demo is started. */
export interface DemoOptions {
  /** Where it keeps its state: portal-demo in the home it belongs to. */
  readonly dir: string;
  readonly log?: (line: string) => void;
  readonly onProgress?: (made: number, total: number) => void;
  /** Gives up a start that is still making media. */
  readonly signal?: AbortSignal;
}

/** Starts the demo portal, on its usual port when that is free. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { log, onProgress, signal } = options;
  const portal = await createPortal({
    dir: options.dir,
    // Asked first: the portal listens after it has made its media, too late to choose again.
    port: await usualPort(demoPort),
    ...(log ? { log } : {}),
    ...(onProgress ? { onProgress } : {}),
    ...(signal ? { signal } : {}),
  });
  return { url: portal.url, mailboxDir: portal.mailboxDir, close: () => portal.close() };
}

/**
 * Makes a demo portal a source of the core, or gives the known one its new address, and syncs it when that has never
 * been done. Resolves when the sync is through; `signal` ends it early.
 */
export async function attachDemo(client: Core['client'], url: string, signal?: AbortSignal): Promise<Source> {
  const options = signal ? { signal } : {};
  const source = await client.sources.add({ url }, options);
  if (source.state !== 'never-synced') return source;
  try {
    // Each step is told to the pages by change notices; here only the end matters.
    const steps = await client.catalogue.sync({ sourceId: source.id }, options);
    for (let step = await steps.next(); !step.done;) step = await steps.next();
  } catch (error) {
    // An open page reads a new source by itself, and may have been quicker.
    if (!(error instanceof ORPCError) || error.code !== 'CONFLICT') throw error;
  }
  return source;
}

/** Whom a running demo speaks to. */
export interface DemoListener {
  /** Tells the person at the terminal: the demo's mails go nowhere else. */
  say(line: string): void;
  /** How many of the demo's assets have their clips. */
  progress?(made: number, total: number): void;
  failed(error: unknown): void;
}

/**
 * Runs the demo portal beside a core that was opened still, which gets it as a source and then begins. Nobody waits for it: its clips take half a minute to
 * make the first time, and the pages show how far they are.
 */
export function runDemo(core: Core, dir: string, listener: DemoListener): { close(): Promise<void> } {
  const stop = new AbortController();
  const closers: (() => Promise<void> | void)[] = [];
  const bring = async (): Promise<void> => {
    const startedAt = performance.now();
    const demo = await startDemo({
      dir,
      signal: stop.signal,
      onProgress: (made, total) => {
        // Clips that are there already are counted through in no time, and need no telling.
        if (performance.now() - startedAt < quietMs) return;
        core.announce(`Making the clips of the demo portal: ${made} of ${total}`);
        listener.progress?.(made, total);
      },
    });
    closers.push(() => demo.close());
    const mail = await watchDemoMail(demo.mailboxDir, listener.say);
    closers.push(() => mail.close());
    listener.say(`The demo portal is at ${demo.url}; its mail is in ${demo.mailboxDir}`);
    await attachDemo(core.client, demo.url, stop.signal);
  };
  // Downloads from the demo would find nobody before it listens.
  const begin = (): Promise<void> => (stop.signal.aborted ? Promise.resolve() : core.begin());
  const brought = bring()
    .catch((error: unknown) => {
      if (!stop.signal.aborted) listener.failed(error);
    })
    .then(begin)
    .catch((error: unknown) => listener.failed(error))
    .finally(() => core.announce(null));
  return {
    close: async () => {
      stop.abort();
      await brought;
      for (const close of closers.reverse()) await close();
    },
  };
}
