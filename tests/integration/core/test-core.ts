import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Core } from '../../../electron/core/create-core.ts';
import type { Log } from '../../../electron/core/ports.ts';
import { openCore, type OpenCore } from '../../../electron/hosts/open-core.ts';
import type { SyncStep } from '../../../shared/contract/catalogue.ts';
import type { SourceId } from '../../../shared/contract/values.ts';
import { tempDir } from '../../support/temp.ts';

/** A core that a test may close early; closing twice does nothing. */
export type TestCore = Core & { readonly home: string };

/** Writes nothing; a test that looks at the log brings its own. */
const quietLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A log that keeps its lines. */
export function keptLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const keep = (message: string, facts?: Readonly<Record<string, unknown>>): void =>
    void lines.push(`${message} ${JSON.stringify(facts ?? {})}`);
  return { lines, info: keep, warn: keep, error: keep };
}

/** Opens the core as every door does, on a home of this test's own, and closes it with the test. */
export async function startCore(wanted: Partial<OpenCore> = {}): Promise<TestCore> {
  const home = wanted.home ?? join(tempDir(), 'home');
  const core = await openCore({
    door: 'cli',
    version: '0.0.0-test',
    log: quietLog,
    downloadDir: join(home, 'downloads'),
    pace: 0.1,
    ...wanted,
    home,
  });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= core.close());
  onTestFinished(close);
  return { ...core, home, close };
}

/** Adds a portal as a source and answers its id. */
export async function addSource(core: Core, url: string): Promise<SourceId> {
  return (await core.client.sources.add({ url })).id;
}

/** Syncs to the end and answers the steps. */
export async function syncAll(core: Core, sourceId: SourceId, signal?: AbortSignal): Promise<SyncStep[]> {
  const steps: SyncStep[] = [];
  const stream = await core.client.catalogue.sync({ sourceId }, signal ? { signal } : {});
  for await (const step of stream) steps.push(step);
  return steps;
}

/** What a sync did. */
export async function syncSummary(core: Core, sourceId: SourceId) {
  const last = (await syncAll(core, sourceId)).at(-1);
  if (last?.kind !== 'finished') throw new Error('the sync did not finish');
  return last.summary;
}

/** The code that a call fails with. */
export async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'no error',
    (error: unknown) => (error as { code?: unknown }).code ?? error,
  );
}

/** Looks again until it is so, at most for ten seconds. */
export async function until<T>(look: () => T | Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  return expect.poll(look, { timeout: 10_000, interval: 25 }).toSatisfy(wanted).then(look);
}
