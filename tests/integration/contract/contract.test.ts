import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ORPCError } from '@orpc/client';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Core } from '../../../electron/core/create-core.ts';
import { openCore } from '../../../electron/hosts/open-core.ts';
import type { Portal } from '../../../electron/portal/options.ts';
import type { ChangeNotice } from '../../../shared/contract/system.ts';
import { isErrorCode } from '../../../shared/errors/codes.ts';
import { portalPaths } from '../../../shared/portal-api/paths.ts';
import { startPortal } from '../../support/portal.ts';
import { tempDir } from '../../support/temp.ts';
import { doors, quietLog, type CoreClient, type Door } from './doors.ts';
import { startHoldingProxy } from './holding-proxy.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal({ items: 6 });
});
afterAll(() => portal.close());

describe.each(Object.entries(doors))('the contract by %s', (_name, openDoor) => {
  async function open(): Promise<{ core: Core; door: Door; client: CoreClient; close: () => Promise<void> }> {
    const home = join(tempDir(), 'home');
    const core = await openCore({
      home,
      door: 'browser',
      version: '0.0.0-test',
      log: quietLog,
      downloadDir: home,
    });
    let closing: Promise<void> | undefined;
    const close = (): Promise<void> => (closing ??= core.close());
    onTestFinished(close);
    const door = await openDoor(core);
    return { core, door, client: door.client, close };
  }

  it('answers calls with what the contract promises', async () => {
    const { client } = await open();
    expect(await client.system.info()).toMatchObject({ version: '0.0.0-test', door: 'browser' });
    const source = await client.sources.add({ url: portal.url });
    expect(await client.sources.list()).toEqual({ sources: [source] });
    expect(await client.catalogue.list({})).toMatchObject({ total: 0, items: [], cursor: null });
  });

  it('streams the steps of a sync to its end', async () => {
    const { client } = await open();
    const { id: sourceId } = await client.sources.add({ url: portal.url });
    const kinds: string[] = [];
    for await (const step of await client.catalogue.sync({ sourceId })) kinds.push(step.kind);
    expect(kinds.at(-1)).toBe('finished');
    const { total, items } = await client.catalogue.list({ limit: 2 });
    expect(total).toBe(6);
    expect(items).toHaveLength(2);
    expect(await client.catalogue.get({ id: items[0]?.id ?? '' })).toMatchObject({ id: items[0]?.id });
  });

  it('brings typed errors with their code, message and facts', async () => {
    const { client } = await open();
    const error = await client.catalogue.get({ id: 'nothing' }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ORPCError);
    expect(error).toMatchObject({ code: 'NOT_FOUND', status: 404, defined: true });
    const { id: sourceId } = await client.sources.add({ url: portal.url });
    const login = client.account.login({ sourceId, email: 'a@b.example', password: 'Wrong-Password-11' });
    await expect(login).rejects.toMatchObject({
      code: 'CREDENTIALS_WRONG',
      message: expect.stringMatching(/./),
    });
    const register = client.account.register({ sourceId, email: 'a@b.example', password: 'short' });
    await expect(register).rejects.toMatchObject({
      code: 'PASSWORD_RULE',
      data: { detail: expect.any(String) },
    });
    const unknown = client.sources.add({ url: 'http://127.0.0.1:9' });
    await expect(unknown).rejects.toMatchObject({ code: 'NETWORK_UNAVAILABLE' });
    const stream = client.catalogue.sync({ sourceId: 'nowhere' });
    await expect(stream.then((steps) => steps.next())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('refuses input that the contract does not allow with USAGE', async () => {
    const { client } = await open();
    const refused = [
      client.tags.apply({ clipIds: ['x'], rating: 9 }),
      client.tags.apply({ clipIds: [] }),
      client.catalogue.list({ limit: 100_000 }),
      client.sources.add({ url: '' }),
      client.settings.set({ theme: 'plaid' as 'dark' }),
    ];
    for (const outcome of await Promise.allSettled(refused)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'USAGE' } });
    }
  });

  it('takes a cancelled sync all the way to the source', async () => {
    const { client } = await open();
    const proxy = await startHoldingProxy(portal.url);
    const { id: sourceId } = await client.sources.add({ url: proxy.url });
    proxy.hold(portalPaths.assets);
    const abort = new AbortController();
    const steps = await client.catalogue.sync({ sourceId }, { signal: abort.signal });
    const pending = drain(steps);
    await expect.poll(() => proxy.held(), { timeout: 10_000 }).toBe(1);
    expect((await client.sources.list()).sources).toMatchObject([{ state: 'syncing' }]);
    abort.abort();
    await pending;
    await expect.poll(() => proxy.held(), { timeout: 10_000 }).toBe(0);
    const state = async () => (await client.sources.list()).sources[0]?.state;
    await expect.poll(state, { timeout: 10_000 }).not.toBe('syncing');
    proxy.hold(null);
    for await (const step of await client.catalogue.sync({ sourceId }))
      expect(step.kind).toMatch(/progress|finished/);
    expect((await client.catalogue.list({})).total).toBe(6);
  });

  it('numbers the change notices without gaps, and stops when the reader does', async () => {
    const { client } = await open();
    const abort = new AbortController();
    const seen: ChangeNotice[] = [];
    const reading = (async () => {
      for await (const notice of await client.system.changes(undefined, { signal: abort.signal }))
        seen.push(notice);
    })().catch(() => 'ended');
    // The stream is open once something comes through it.
    const change = async (): Promise<number> => {
      await client.settings.set({ theme: 'light' });
      return seen.length;
    };
    await expect.poll(change, { timeout: 5000, interval: 150 }).toBeGreaterThan(0);
    const { id: sourceId } = await client.sources.add({ url: portal.url });
    await drain(await client.catalogue.sync({ sourceId }));
    await expect.poll(() => seen.map(({ entity }) => entity), { timeout: 5000 }).toContain('asset');
    const first = seen[0]?.seq ?? 0;
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_notice, at) => first + at));
    abort.abort();
    await reading;
    const before = seen.length;
    await client.settings.set({ theme: 'dark' });
    await sleep(250);
    expect(seen).toHaveLength(before);
  });

  it('leaves no call hanging when the core is closed', { timeout: 20_000 }, async () => {
    const { client, door, close } = await open();
    const proxy = await startHoldingProxy(portal.url);
    const { id: sourceId } = await client.sources.add({ url: proxy.url });
    proxy.hold(portalPaths.assets);
    const sync = drain(await client.catalogue.sync({ sourceId }));
    const changes = drain(await client.system.changes());
    const silent = await startHoldingProxy(portal.url);
    silent.hold(portalPaths.about);
    const adding = client.sources.add({ url: silent.url }).then(() => 'answered', codeOf);
    await expect.poll(() => proxy.held() + silent.held(), { timeout: 10_000 }).toBe(2);
    await close();
    const later = await within5s(client.sources.list().then(() => 'answered', codeOf));
    await door.close();
    expect(await within5s(sync)).toBe('CANCELLED');
    expect(await within5s(changes)).toBe('ended');
    expect(await within5s(adding)).toMatch(/^[A-Z_]+$/);
    expect(later).toBe('CORE_UNAVAILABLE');
  });
});

/** The value, or that it did not come. */
function within5s(value: Promise<string>): Promise<string> {
  return Promise.race([value, sleep(5000, 'it hangs')]);
}

/** Reads a stream to its end; answers how it ended. */
async function drain(steps: AsyncIterable<unknown>): Promise<string> {
  try {
    for await (const step of steps) expect(step).toBeDefined();
    return 'ended';
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof ORPCError ? error.code : undefined;
  return isErrorCode(code) ? code : String(error);
}
