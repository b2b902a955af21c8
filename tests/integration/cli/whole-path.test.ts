import { copyFile, mkdir, readdir, stat, symlink, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { clipDetail } from '../../../shared/contract/library.ts';
import { event } from '../../../shared/contract/events.ts';
import { changed } from '../../../shared/contract/tags.ts';
import { goodPassword, portalMediaCache, readCode } from '../../support/portal.ts';
import { rushesJson, runRushes, startRushes } from '../../support/run-rushes.ts';
import { tempDir } from '../../support/temp.ts';
import {
  accountDocument,
  aHome,
  assetDocument,
  downloadsDocument,
  email,
  searchDocument,
  sha256Of,
  sourceDocument,
  syncDocument,
} from './cli-fixture.ts';

const firstLine = z.object({ url: z.string(), mailbox: z.string() });

async function startPortalCommand() {
  const dir = join(tempDir(), 'portal');
  await mkdir(dir, { recursive: true });
  await mkdir(portalMediaCache, { recursive: true });
  // The media of the demo takes a minute to make; all tests share it.
  await symlink(portalMediaCache, join(dir, 'media'));
  const portal = startRushes(['portal', '--items', '6', '--dir', dir], { home: join(dir, 'home') });
  onTestFinished(() => portal.stop('SIGKILL').then(() => undefined));
  const line = await portal.seen('stdout', (text) => text.includes('\n'));
  return { ...portal, ...firstLine.parse(JSON.parse(line)) };
}

it('goes the whole way from a portal to a tagged clip by commands alone', { timeout: 180_000 }, async () => {
  const portal = await startPortalCommand();
  const at = aHome();
  const withPassword = { ...at, input: `${goodPassword}\n` };

  const source = await rushesJson(['source', 'add', portal.url], sourceDocument, at);
  expect(source).toMatchObject({ kind: 'account-portal', url: portal.url, state: 'never-synced' });

  const register = ['account', 'register', '--source', source.id, '--email', email, '--password-stdin'];
  const registered = await rushesJson(register, accountDocument, withPassword);
  expect(registered).toMatchObject({ state: 'unverified', email });
  expect(Date.parse(registered.codeExpiresAt ?? '')).toBeGreaterThan(Date.now());

  const code = await readCode({ mailboxDir: portal.mailbox }, email);
  const verified = await rushesJson(['account', 'verify', '--code', code], accountDocument, at);
  expect(verified).toMatchObject({ state: 'signed-out', email });
  const login = ['account', 'login', '--source', portal.url, '--email', email, '--password-stdin'];
  expect(await rushesJson(login, accountDocument, withPassword)).toMatchObject({ state: 'signed-in' });

  expect(await rushesJson(['sync'], syncDocument, at)).toMatchObject({
    source: source.id,
    added: 6,
    failed: 0,
  });
  expect(await rushesJson(['sync', source.name], syncDocument, at)).toMatchObject({ added: 0, updated: 0 });

  const found = await rushesJson(['search', 'Minister', '--in', 'catalogue'], searchDocument, at);
  const hit = found.items.find(({ title }) => title.includes('MASTER'));
  const asset = await rushesJson(['show', hit?.id ?? ''], assetDocument, at);
  const { downloads } = await rushesJson(['download', asset.id], downloadsDocument, at);
  const done = downloads[0];
  expect(done).toMatchObject({ state: 'complete', verified: 'hash', assetId: asset.id });
  expect(await sha256Of(done?.path ?? '')).toBe(done?.sha256);
  const clip = await rushesJson(['show', done?.clipId ?? ''], clipDetail, at);
  expect(clip.steps.filter(({ state }) => state === 'done').map(({ step }) => step)).toEqual(
    expect.arrayContaining(['bytes', 'hash', 'probe', 'picture']),
  );

  const out = join(tempDir(), 'pictures');
  const thumbsArgs = ['thumbs', done?.path ?? '', '--strip', '6', '--out', out];
  const made = await rushesJson(
    thumbsArgs,
    z.object({ poster: z.string(), strip: z.string(), frames: z.number() }),
    at,
  );
  expect((await stat(made.poster)).size).toBeGreaterThan(500);
  expect(made.frames).toBe(6);

  const create = ['events', 'create', 'Rehearsal of the quays', '--from', '2025-09-07', '--place', 'Ostrava'];
  const rehearsal = await rushesJson(create, event, at);
  const tag = [
    'tag',
    clip.id,
    '--event',
    rehearsal.id,
    '--day',
    '2025-09-07',
    '--add',
    'harbour',
    '--add',
    'night',
  ];
  expect(await rushesJson(tag, changed, at)).toMatchObject({ changed: 1 });
  for (const query of ['harbour', 'quays', '2025-09-07']) {
    const inLibrary = await rushesJson(['search', query, '--in', 'library'], searchDocument, at);
    expect({ query, ids: inLibrary.items.map(({ id }) => id) }).toEqual({ query, ids: [clip.id] });
  }
  await rushesJson(['undo'], changed, at);
  const after = await rushesJson(['show', clip.id], clipDetail, at);
  expect(after.tags).not.toContain('harbour');
  await rushesJson(['redo'], changed, at);
  expect((await rushesJson(['show', clip.id], clipDetail, at)).tags).toContain('harbour');
  await rushesJson(['tag', clip.id, '--day', 'none', '--event', 'none'], changed, at);
  expect(await rushesJson(['show', clip.id], clipDetail, at)).toMatchObject({ day: null, eventId: null });

  const ended = await portal.stop('SIGINT');
  expect(ended.code).toBe(0);
});

/** A clip of the demo portal; what another test has not finished yet lies in folders that end in `.tmp`. */
async function aDemoClip(): Promise<string> {
  const names = await readdir(portalMediaCache, { recursive: true });
  const clip = names.find((name) => name.endsWith('.mp4') && !dirname(name).endsWith('.tmp'));
  if (clip === undefined) throw new Error('No clip of the demo has been made yet.');
  return join(portalMediaCache, clip);
}

it('makes pictures of a file that the library does not know, and says so when there are none', async () => {
  const at = aHome();
  const dir = tempDir();
  const media = await aDemoClip();
  const schema = z.object({ poster: z.string(), state: z.literal('made') });
  await rushesJson(['thumbs', media, '--out', join(dir, 'a')], schema, at);
  const none = await runRushes(['thumbs', import.meta.filename, '--out', join(dir, 'b'), '--json'], at);
  expect(none.code).toBe(1);
  expect(none.json).toMatchObject({ poster: null, state: 'none', reason: expect.any(String) });
});

it('keeps a library of folders', async () => {
  const at = aHome();
  const dir = tempDir();
  const file = join(dir, 'clip.mp4');
  await copyFile(await aDemoClip(), file);
  // A file that was written a moment ago may still grow, and is left for the next scan.
  await utimes(file, new Date(0), new Date('2026-01-02T03:04:05Z'));
  const roots = z.object({
    roots: z.array(z.object({ path: z.string(), online: z.boolean(), clips: z.number() })),
  });
  const scanned = roots.extend({
    added: z.number(),
    changed: z.number(),
    missing: z.number(),
    ms: z.number(),
  });
  expect(await rushesJson(['library', 'add', dir], scanned, at)).toMatchObject({ added: 1, missing: 0 });
  const { items } = await rushesJson(['search', 'clip', '--in', 'library'], searchDocument, at);
  const clip = await rushesJson(['show', items[0]?.id ?? ''], clipDetail, at);
  expect(clip.steps.find(({ step }) => step === 'picture')?.state).toBe('done');
  expect(await rushesJson(['library', 'scan'], scanned, at)).toMatchObject({
    added: 0,
    changed: 0,
    missing: 0,
  });
  expect((await rushesJson(['library', 'list'], roots, at)).roots).toMatchObject([
    { online: true, clips: 1 },
  ]);
  expect((await rushesJson(['library', 'remove', dir], roots, at)).roots).toEqual([]);
});
