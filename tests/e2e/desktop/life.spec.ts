import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from '@playwright/test';
import {
  corePid,
  isAlive,
  launchOptions,
  makeHome,
  processesBelow,
  removeHome,
  startDesktop,
  type DesktopApp,
} from './desktop-app.ts';
import { prepareLibrary } from './prepare-library.ts';

const electronPath = createRequire(import.meta.url)('electron') as string;

let home: string;
let desktop: DesktopApp | null = null;

test.beforeEach(() => {
  home = makeHome();
});
test.afterEach(async () => {
  await desktop?.app.close();
  desktop = null;
  removeHome(home);
});

const folderShown = (): Promise<string> => {
  if (!desktop) throw new Error('not started');
  return desktop.page.getByLabel('Download folder', { exact: true }).inputValue();
};

test('a clip of the library plays, seeks by ranges, and can be shown in its folder', async () => {
  const clip = await prepareLibrary(home);
  desktop = await startDesktop(home);
  const { app, page } = desktop;
  const statuses = new Set<number>();
  page.on('response', (response) => {
    if (response.url().includes(`/clip/${clip.id}`)) statuses.add(response.status());
  });
  await page.evaluate((id) => (location.hash = `/library?clip=${id}`), clip.id);
  const video = page.locator('video');
  await expect(video).toBeVisible();
  const played = await video.evaluate(async (it: HTMLVideoElement) => {
    const once = (name: string): Promise<unknown> =>
      new Promise((resolve) => it.addEventListener(name, resolve, { once: true }));
    if (it.readyState < 1) await once('loadedmetadata');
    it.currentTime = 2;
    await once('seeked');
    return [it.videoWidth, it.videoHeight, it.currentTime, Math.round(it.duration), it.error];
  });
  expect(played).toEqual([320, 180, 2, 3, null]);
  expect([...statuses]).toEqual([206]);

  await app.evaluate(({ shell }) => {
    shell.showItemInFolder = (path) => {
      (globalThis as unknown as { shown: string }).shown = path;
    };
  });
  await page.getByRole('button', { name: 'Show in folder' }).click();
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as { shown: string }).shown))
    .toBe(clip.path);
});

test('a second instance hands over what it was to show, and ends', async () => {
  const clip = await prepareLibrary(home);
  desktop = await startDesktop(home);
  await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  const start = (...more: string[]): Promise<number | null> => {
    const { args, ...options } = launchOptions(home, more);
    const second = spawn(electronPath, ['--no-sandbox', ...args], { ...options, stdio: 'ignore' });
    return new Promise((resolve) => second.once('exit', resolve));
  };
  expect(await start('--', `rushes://clip/${clip.id}`)).toBe(0);
  await expect(desktop.page.locator('video')).toBeVisible();
  const state = (): Promise<unknown> | undefined =>
    desktop?.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.isMinimized()),
    );
  await expect.poll(state).toEqual([false]);

  const before = desktop.page.url();
  expect(await start('--gpu-launcher=/bin/false', '--', 'rushes://clip/../../x', '/etc/passwd')).toBe(0);
  await desktop.page.waitForTimeout(300);
  expect(desktop.page.url()).toBe(before);
});

test('a core that was killed is started again, and the page works on', async () => {
  desktop = await startDesktop(home);
  await desktop.page.evaluate(() => (location.hash = '/settings'));
  await expect.poll(folderShown).toBe(join(home, 'downloads'));
  const first = corePid(desktop.app);
  process.kill(first, 'SIGKILL');
  await expect(desktop.page.getByText('Connection to the core lost')).toBeVisible();
  await expect(desktop.page.getByText('Connection to the core lost')).toBeHidden({ timeout: 15_000 });
  expect(corePid(desktop.app)).not.toBe(first);
  await desktop.page.getByLabel('Download folder', { exact: true }).fill(join(home, 'elsewhere'));
  await desktop.page.getByRole('button', { name: 'Save folder' }).click();
  await desktop.page.reload();
  await expect.poll(folderShown).toBe(join(home, 'elsewhere'));
});

test('a core that dies again and again ends in one message with the log’s place', async () => {
  desktop = await startDesktop(home);
  const { app } = desktop;
  await app.evaluate(({ dialog }) => {
    const shown: { detail: string }[] = [];
    (globalThis as unknown as { shown: typeof shown }).shown = shown;
    dialog.showMessageBox = (async (options: { detail: string }) => {
      shown.push(options);
      return { response: 0, checkboxChecked: false };
    }) as unknown as typeof dialog.showMessageBox;
  });
  const problems = (): Promise<{ detail: string }[]> =>
    app.evaluate(() => (globalThis as unknown as { shown: { detail: string }[] }).shown);
  let last = 0;
  for (let kills = 0; kills < 3; kills++) {
    await expect.poll(() => newCore(app, last), { timeout: 15_000 }).not.toBe(0);
    last = newCore(app, last);
    process.kill(last, 'SIGKILL');
  }
  await expect.poll(async () => (await problems()).length).toBe(1);
  expect((await problems())[0]?.detail).toContain(join(home, 'logs'));
  // "Try again" was the answer: there is a core once more.
  await expect.poll(() => newCore(app, last), { timeout: 15_000 }).not.toBe(0);
});

test('a page that crashes is loaded again, and at the third time that is told instead', async () => {
  desktop = await startDesktop(home);
  const { app, page } = desktop;
  await app.evaluate(({ dialog }) => {
    const shown: unknown[] = [];
    (globalThis as unknown as { shown: unknown[] }).shown = shown;
    dialog.showMessageBox = async (options: unknown) => {
      shown.push(options);
      return { response: 0, checkboxChecked: false };
    };
  });
  let loads = 0;
  page.on('load', () => (loads += 1));
  const crash = (): Promise<void> =>
    app.evaluate(({ BrowserWindow }) => {
      const details = { reason: 'crashed', exitCode: 11 };
      BrowserWindow.getAllWindows()[0]?.webContents.emit('render-process-gone', {}, details);
    });
  const shown = (): Promise<number> =>
    app.evaluate(() => (globalThis as unknown as { shown: unknown[] }).shown.length);
  for (const count of [1, 2]) {
    await crash();
    await expect.poll(() => loads).toBe(count);
  }
  expect(await shown()).toBe(0);
  await crash();
  await expect.poll(shown).toBe(1);
  // "Try again" was the answer.
  await expect.poll(() => loads).toBe(3);
  await expect(page.getByRole('main')).toBeVisible();
});

test('quitting closes the core cleanly and leaves no process behind', async () => {
  desktop = await startDesktop(home);
  const { app } = desktop;
  const all = [app.process().pid ?? 0, ...processesBelow(app.process().pid ?? 0).map(({ pid }) => pid)];
  expect(all.length).toBeGreaterThan(2);
  expect(existsSync(join(home, 'owner'))).toBe(true);
  desktop = null;
  await app.close();
  await expect.poll(() => all.filter(isAlive), { timeout: 10_000 }).toEqual([]);
  expect(existsSync(join(home, 'owner'))).toBe(false);
  expect(existsSync(join(home, 'user.db-wal'))).toBe(false);
});

test('the window opens again where it was', async () => {
  desktop = await startDesktop(home);
  await desktop.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 60, y: 70, width: 1100, height: 700 }),
  );
  await desktop.app.close();
  desktop = await startDesktop(home);
  const bounds = await desktop.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds(),
  );
  expect(bounds).toEqual({ x: 60, y: 70, width: 1100, height: 700 });
});

test('a library of a newer Rushes is refused in words, and quitting is the way out', async () => {
  await prepareLibrary(home);
  const db = new Database(join(home, 'user.db'));
  db.pragma('user_version = 9999');
  db.close();
  const { args, ...options } = launchOptions(home);
  // Nobody answers the message here; on the double it is cancelled, which means Quit.
  test.skip(!process.env['ELECTRON_OVERRIDE_DIST_PATH'], 'a real dialog would wait for somebody');
  const child = spawn(electronPath, ['--no-sandbox', ...args], { ...options, stdio: 'ignore' });
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
});

test("a home that cannot be one ends the start with the disk's exit code, not with a stack trace", async () => {
  const { args, ...options } = launchOptions(join(home, 'file', 'below'));
  writeFileSync(join(home, 'file'), 'no folder');
  test.skip(!process.env['ELECTRON_OVERRIDE_DIST_PATH'], 'a real dialog would wait for somebody');
  const child = spawn(electronPath, ['--no-sandbox', ...args], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += String(text)));
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(5);
  expect(said).toContain('cannot be used (ENOTDIR)');
  expect(said).not.toContain('    at ');
});

/** The core's process when it is another than the last one, else 0. */
function newCore(app: DesktopApp['app'], last: number): number {
  try {
    const pid = corePid(app);
    return pid !== last && isAlive(pid) ? pid : 0;
  } catch {
    return 0;
  }
}
