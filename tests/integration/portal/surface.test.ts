import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aboutSchema } from '../../../shared/portal-api/about.ts';
import { portalPaths } from '../../../shared/portal-api/paths.ts';
import type { Portal } from '../../../electron/portal/options.ts';
import { createTestClock, makeAccount, readMails, send, startPortal } from '../../support/portal.ts';

const clock = createTestClock();
const lines: string[] = [];
let portal: Portal & { dir: string };

beforeAll(async () => {
  portal = await startPortal({ now: clock.now, items: 1, log: (line) => lines.push(line) });
});
afterAll(() => portal.close());

describe('the surface', () => {
  it('says what it is, by its own clock', async () => {
    const answer = await send(portal, portalPaths.about);
    expect(aboutSchema.parse(answer.body)).toMatchObject({
      instanceId: portal.instanceId,
      mail: 'folder',
      mailbox: portal.mailboxDir,
      codeLifetimeMs: 30 * 60_000,
      nowMs: clock.now(),
    });
    expect(Date.parse(answer.headers.get('date') ?? '')).toBe(clock.now());
  });

  it('describes every route in its OpenAPI document', async () => {
    const { body } = await send(portal, '/openapi.json');
    const { openapi, paths } = body as { openapi: string; paths: Record<string, Record<string, unknown>> };
    expect(openapi).toMatch(/^3\./);
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(described.toSorted()).toEqual([
      'get /api/v1/about',
      'get /api/v1/account/session',
      'get /api/v1/assets',
      'get /api/v1/assets/{id}',
      'get /api/v1/events',
      'get /files/{renditionId}/{fileName}',
      'get /pictures/{fileName}',
      'post /api/v1/account/login',
      'post /api/v1/account/logout',
      'post /api/v1/account/register',
      'post /api/v1/account/resend',
      'post /api/v1/account/reset-confirm',
      'post /api/v1/account/reset-request',
      'post /api/v1/account/verify',
      'post /api/v1/renditions/{id}/link',
      'put /api/v1/account/newsletter',
    ]);
    const references = JSON.stringify(body).matchAll(/"#\/components\/schemas\/(\w+)"/g);
    const { schemas } = (body as { components: { schemas: object } }).components;
    for (const [, name] of references) expect(schemas).toHaveProperty(name ?? '');
  });

  it.each([
    ['JSON that breaks off', '{"email":', 'application/json'],
    ['a body of another type', 'email=a', 'text/plain'],
    ['a missing field', '{"email":"a@b.example"}', 'application/json'],
    ['an address that is none', '{"email":"nobody","password":"x"}', 'application/json'],
  ])('answers %s with one sentence', async (_what, body, type) => {
    const answer = await fetch(new URL(portalPaths.login, portal.url), {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: { code: 'BAD_REQUEST', message: expect.stringMatching(/\.$/) },
    });
  });

  it('refuses a body over 64 kB and addresses that it does not know', async () => {
    const large = await send(portal, portalPaths.login, {
      body: { email: 'a@b.example', password: 'x'.repeat(70_000) },
    });
    expect(large).toMatchObject({ status: 413, body: { error: { code: 'BODY_TOO_LARGE' } } });
    expect(await send(portal, '/nothing')).toMatchObject({
      status: 404,
      body: { error: { code: 'NOT_FOUND' } },
    });
    expect((await fetch(portal.url)).headers.get('content-type')).toContain('text/html');
  });

  it('keeps its state private', async () => {
    const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    if (process.platform === 'win32') {
      console.log('skipped: file modes mean nothing on Windows');
      return;
    }
    expect(await mode(portal.dir)).toBe('700');
    expect(await mode(portal.mailboxDir)).toBe('700');
    for (const file of ['portal.db', 'portal.db-wal', 'secret.key']) {
      expect(await mode(join(portal.dir, file))).toBe('600');
    }
  });

  it('mails readable text even when the portal has an accent in its name, and logs no address', async () => {
    const named = await startPortal({
      items: 1,
      name: 'Médiathèque — Ελλάδα',
      log: (line) => lines.push(line),
    });
    try {
      await makeAccount(named, 'reader@newsroom.example');
      const [mail] = await readMails(named, 'reader@newsroom.example');
      expect(mail?.text).toContain('Médiathèque — Ελλάδα');
      expect(mail?.text).toMatch(/^ +\d{6}$/m);
    } finally {
      await named.close();
    }
    expect(lines.join('\n')).not.toContain('@newsroom.example');
  });

  it('closes twice without harm, and a second portal on its port is refused', async () => {
    const one = await startPortal({ items: 1 });
    const port = Number(new URL(one.url).port);
    await expect(startPortal({ items: 1, port })).rejects.toThrow(/EADDRINUSE/);
    await Promise.all([one.close(), one.close()]);
    await expect(fetch(one.url)).rejects.toThrow(/fetch failed/);
  });
});
