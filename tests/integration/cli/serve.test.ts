import { existsSync } from 'node:fs';
import { cp, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { portalMediaCache } from '../../support/portal.ts';
import { rushesJson, runRushes, startRushes, toldError } from '../../support/run-rushes.ts';
import { aHome, sourceDocument } from './cli-fixture.ts';

const top = fileURLToPath(new URL('../../..', import.meta.url));
const page = join(top, 'out/renderer/index.html');
const built = existsSync(page);
const notBuilt = `${page} is not built`;

const firstLine = z.object({ url: z.string() });

it('says how to build the page when that is missing', async () => {
  const at = aHome();
  // A checkout in which nothing was built yet.
  const checkout = join(at.home, '..', 'checkout');
  for (const part of ['electron', 'shared', 'package.json']) {
    await cp(join(top, part), join(checkout, part), { recursive: true });
  }
  await symlink(join(top, 'node_modules'), join(checkout, 'node_modules'));
  const ran = await runRushes(['serve', '--no-open', '--json'], { ...at, checkout });
  expect(ran.code).toBe(1);
  expect(toldError(ran).hint).toContain('npm run build');
});

it('serves the page behind a token that works once, and ends with 0 on Ctrl-C', async (context) => {
  context.skip(!built, notBuilt);
  const at = aHome();
  const running = startRushes(['serve', '--no-open', '--json'], at);
  onTestFinished(() => running.stop('SIGKILL').then(() => undefined));
  const { url } = firstLine.parse(JSON.parse(await running.seen('stdout', (text) => text.includes('\n'))));
  const entered = await fetch(url, { redirect: 'manual' });
  expect(entered.status).toBe(303);
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const shown = await fetch(new URL('/', url), { headers: { cookie } });
  expect(await shown.text()).toContain('<!doctype html>');
  expect((await fetch(url, { redirect: 'manual' })).status).toBe(403);
  const second = await runRushes(['source', 'list', '--json'], at);
  expect(second.code).toBe(1);
  expect(toldError(second).code).toBe('HOME_IN_USE');
  expect((await running.stop('SIGINT')).code).toBe(0);
  expect((await runRushes(['source', 'list'], at)).code).toBe(0);
});

it('brings a demo portal, adds it as a source and syncs it', { timeout: 240_000 }, async (context) => {
  context.skip(!built, notBuilt);
  const at = aHome();
  await mkdir(portalMediaCache, { recursive: true });
  await mkdir(join(at.home, 'portal-demo'), { recursive: true });
  await symlink(portalMediaCache, join(at.home, 'portal-demo', 'media'));
  const running = startRushes(['serve', '--demo', '--no-open', '--json'], { ...at, longestMs: 230_000 });
  onTestFinished(() => running.stop('SIGKILL').then(() => undefined));
  firstLine.parse(JSON.parse(await running.seen('stdout', (text) => text.includes('\n'))));
  // The sync goes on behind the page; the home is locked meanwhile, its database can still be read.
  const assets = (): unknown => {
    const db = new Database(join(at.home, 'catalogue.db'), { readonly: true });
    try {
      return db.prepare('SELECT count(*) FROM asset').pluck().get();
    } finally {
      db.close();
    }
  };
  await expect.poll(assets, { timeout: 200_000, interval: 250 }).toBeGreaterThan(20);
  expect((await running.stop('SIGTERM')).code).toBe(0);
  const list = await rushesJson(['source', 'list'], z.object({ sources: z.array(sourceDocument) }), at);
  expect(list.sources).toMatchObject([{ state: 'ok' }]);
  expect(list.sources[0]?.assets).toBeGreaterThan(20);
});
