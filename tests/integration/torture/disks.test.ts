import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Download } from '../../../shared/contract/downloads.ts';
import { seededBody, type SeededBody } from '../../support/fault-body.ts';
import { startFaultServer, type FaultServer } from '../../support/fault-server.ts';
import { createChecker } from '../../support/torture/invariants.ts';
import { readJournal, type Journalled } from '../../support/torture/journal-reader.ts';
import { behindDisks, fillDisk, freeDisk, runBeside, seenBy } from '../../support/torture/small-disk.ts';
import { startChild, type Child } from '../../support/torture/start-child.ts';
import { whyNoNamespaces } from '../../support/torture/tools.ts';

const why = whyNoNamespaces();
const bodies: Readonly<Record<string, SeededBody>> = {
  '/a.mp4': seededBody(1_500_000, 1),
  '/b.mp4': seededBody(1_500_000, 2),
  '/c.mp4': seededBody(1_500_000, 3),
};
const pieceBytes = 32 * 1024;

let home = '';
let server: FaultServer;
let child: Child | null = null;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'rushes-disk-'));
  for (const name of ['media', 'other', 'store', 'base']) mkdirSync(join(home, name));
  server = await startFaultServer(({ path }) => ({
    ...(bodies[path] ? { body: bodies[path] } : { status: 404 }),
    etag: `"${path}"`,
    bytesPerSecond: 400_000,
  }));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await child?.ended;
  child = null;
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

async function startOn(behind: readonly string[], base = home): Promise<Child> {
  const started = startChild(behind);
  child = started;
  const flush = { everyBytes: 64 * 1024, everyMs: 60_000 };
  expect(await started.ready({ home: base, connections: 2, parallel: 3, pieceBytes, flush })).toEqual([]);
  return started;
}

async function want(names: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, dir] of Object.entries(names)) {
    const url = `${server.url}/${name}`;
    const input = { url, dir: join(home, dir), insecureHttp: true, allowPrivate: true };
    expect(await child?.call({ verb: 'addUrl', input })).toMatchObject({ fileName: name });
  }
}

const of = (all: readonly Download[], name: string): Download | undefined =>
  all.find((one) => one.fileName === name);
const waitsFor = (all: readonly Download[], name: string, code: string): boolean =>
  of(all, name)?.reason?.code === code;
const bytesOf = (all: readonly Download[], name: string): number => of(all, name)?.bytes ?? 0;

/** Nothing that was safe then was asked for since. */
function expectNothingTwice(before: readonly Journalled[], asked: number): void {
  const twice = server.requests.slice(asked).filter(({ path, range }) => {
    const one = before.find(({ url }) => url.endsWith(path));
    return one?.pieces.some(({ start, end }) => range && start <= range.last && end > range.first);
  });
  expect(twice).toEqual([]);
}

async function expectSound(view: Child, base = home): Promise<void> {
  const checker = await createChecker();
  const facts = { home: base, own: new Map(), acks: [], isStill: true, root: seenBy(view, '') };
  const isRight = (name: string, sha256: string): boolean => bodies[`/${name}`]?.sha256() === sha256;
  expect(checker.violations({ ...facts, dirs: [join(home, 'media'), join(home, 'other')], isRight })).toEqual(
    [],
  );
}

const allComplete = (all: readonly Download[]): boolean => all.every((one) => one.state === 'complete');

if (why !== null) console.warn(`Skipped: ${why}.`);

describe.skipIf(why !== null)('a disk', () => {
  it('that is full stops what is written to it, nothing else, and all goes on when there is room', async () => {
    const view = await startOn(behindDisks([{ dir: join(home, 'media'), options: 'size=6m' }]));
    const media = seenBy(view, join(home, 'media'));
    await want({ 'a.mp4': 'media', 'b.mp4': 'media', 'c.mp4': 'other' });
    await view.until((all) => ['a.mp4', 'b.mp4', 'c.mp4'].every((name) => bytesOf(all, name) > 100_000));
    fillDisk(media);
    await view.until((all) => waitsFor(all, 'a.mp4', 'NO_SPACE') || waitsFor(all, 'b.mp4', 'NO_SPACE'));
    const firstAt = performance.now();
    const full = await view.until(
      (all) => waitsFor(all, 'a.mp4', 'NO_SPACE') && waitsFor(all, 'b.mp4', 'NO_SPACE'),
    );
    console.info(`the second download stopped ${Math.round(performance.now() - firstAt)} ms after the first`);
    expect(['running', 'verifying', 'complete']).toContain(of(full ?? [], 'c.mp4')?.state);
    const before = readJournal(home);
    const asked = server.requests.length;
    freeDisk(media);
    expect(await view.until(allComplete)).not.toBeNull();
    expectNothingTwice(
      before.filter(({ url }) => !url.endsWith('c.mp4')),
      asked,
    );
    await expectSound(view);
  });

  it('without room for another name says that it is full', async () => {
    const view = await startOn(behindDisks([{ dir: join(home, 'media'), options: 'size=6m,nr_inodes=20' }]));
    const media = seenBy(view, join(home, 'media'));
    const names = Array.from({ length: 30 }, (_, index) => join(media, `mine-${index}`));
    const made = names.filter((name) => {
      try {
        writeFileSync(name, '');
        return true;
      } catch {
        return false;
      }
    });
    expect(made.length).toBeLessThan(30);
    await want({ 'a.mp4': 'media', 'c.mp4': 'other' });
    await view.until((all) => waitsFor(all, 'a.mp4', 'NO_SPACE') && bytesOf(all, 'c.mp4') > 100_000);
    for (const name of made) rmSync(name);
    expect(await view.until(allComplete)).not.toBeNull();
    await expectSound(view);
  });

  it('that has become read-only is told from one that is full, and the others go on', async () => {
    const media = join(home, 'media');
    const view = await startOn(behindDisks([{ dir: media, options: 'size=6m' }]));
    await want({ 'a.mp4': 'media', 'c.mp4': 'other' });
    const moving = await view.until((all) => bytesOf(all, 'a.mp4') > 100_000);
    const ids = [of(moving ?? [], 'a.mp4')?.id ?? ''];
    await view.call({ verb: 'pause', input: { ids } });
    runBeside(view, 'mount', '-o', 'remount,ro', media);
    const before = readJournal(home).filter(({ url }) => url.endsWith('a.mp4'));
    const asked = server.requests.length;
    await view.call({ verb: 'resume', input: { ids } });
    const stopped = await view.until(
      (all) => of(all, 'a.mp4')?.state === 'failed' && of(all, 'c.mp4')?.state === 'complete',
    );
    expect(of(stopped ?? [], 'a.mp4')?.reason?.code).toBe('FILE_ACCESS');
    runBeside(view, 'mount', '-o', 'remount,rw', media);
    await view.call({ verb: 'retry', input: { ids } });
    expect(await view.until(allComplete)).not.toBeNull();
    expectNothingTwice(before, asked);
    await expectSound(view);
  });

  it('that is pulled out is noticed, nothing is written where it was, and all goes on when it is back', async () => {
    const [media, store] = [join(home, 'media'), join(home, 'store')];
    const view = await startOn(behindDisks([{ dir: store, options: 'size=6m' }]));
    runBeside(view, 'mount', '--bind', store, media);
    await want({ 'a.mp4': 'media', 'c.mp4': 'other' });
    await view.until((all) => bytesOf(all, 'a.mp4') > 100_000);
    runBeside(view, 'umount', '-l', media);
    const gone = await view.until((all) => of(all, 'a.mp4')?.state === 'waiting');
    expect(of(gone ?? [], 'a.mp4')?.reason?.code).toBe('FILE_VANISHED');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(readdirSync(seenBy(view, media))).toEqual([]);
    expect(waitsFor((await view.list()) ?? [], 'a.mp4', 'FILE_VANISHED')).toBe(true);
    const before = readJournal(home).filter(({ url }) => url.endsWith('a.mp4'));
    expect(before[0]?.pieces.length).toBeGreaterThan(0);
    const asked = server.requests.length;
    runBeside(view, 'mount', '--bind', store, media);
    expect(await view.until(allComplete)).not.toBeNull();
    expectNothingTwice(before, asked);
    await expectSound(view);
  });

  it('of the database that is full loses nothing, answers, and goes on when there is room', async () => {
    const base = join(home, 'base');
    const view = await startOn(behindDisks([{ dir: base, options: 'size=3m' }]), base);
    await want({ 'a.mp4': 'media' });
    await view.until((all) => bytesOf(all, 'a.mp4') > 100_000);
    fillDisk(seenBy(view, base));
    const full = await view.until((all) => waitsFor(all, 'a.mp4', 'NO_SPACE'));
    expect(bytesOf(full ?? [], 'a.mp4')).toBeGreaterThan(100_000);
    freeDisk(seenBy(view, base));
    expect(await view.until(allComplete)).not.toBeNull();
    await expectSound(view, base);
  });
});
