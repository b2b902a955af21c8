// Proves the double of Electron on an app of its own, so that a failure of the real app's tests has one cause fewer.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test, type ElectronApplication, type Page } from '@playwright/test';

interface Proof {
  sum(...numbers: number[]): Promise<{ sum: number; from: string; at: Date }>;
  twice(callback: (n: number) => number): number;
  nested: { answer: number };
}
declare global {
  interface Window {
    proof: Proof;
    ask(question: unknown): Promise<unknown>;
    corePort: Promise<MessagePort>;
    portClosed?: boolean;
  }
}
interface Seen {
  portsClosed: number;
  navigations: string[];
  secondInstances: { argv: string[]; data: unknown }[];
  ranges: (string | null)[];
  methods: string[];
  coreEnded?: boolean;
}
interface MainGlobals {
  seen: Seen;
  corePid(): number | undefined;
  killCore(): boolean;
}

const DOUBLE = join(import.meta.dirname, '..', '..', 'double');
const APP = join(import.meta.dirname, 'app');
const require = createRequire(import.meta.url);
// Also where Electron's binary is installed: this spec is about the double.
process.env['ELECTRON_OVERRIDE_DIST_PATH'] = DOUBLE;

let userData: string;
let app: ElectronApplication;
let page: Page;

const seen = (): Promise<Seen> => app.evaluate(() => (globalThis as unknown as MainGlobals).seen);
const isAlive = (pid: number): boolean => {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};
const descendants = (pid: number): number[] => {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    pairs.flatMap(([child = 0, of]) => (of === parent ? [child, ...below(child)] : []));
  return below(pid);
};

test.skip(process.platform === 'win32', 'the double is a shell script');

test.beforeAll(() => {
  userData = mkdtempSync(join(tmpdir(), 'double-spec-'));
  const { path: ffmpeg } = require('@ffmpeg-installer/ffmpeg') as { path: string };
  const source = ['-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=25:duration=4'];
  const encoding = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-g', '25', '-movflags', '+faststart'];
  execFileSync(ffmpeg, ['-v', 'error', ...source, ...encoding, join(userData, 'clip.mp4')]);
});
test.afterAll(() => rmSync(userData, { recursive: true, force: true, maxRetries: 5 }));

test.beforeEach(async () => {
  app = await _electron.launch({ args: [APP, `--user-data-dir=${userData}`] });
  page = await app.firstWindow();
  await expect(page).toHaveTitle('Proof'); // a new window is about:blank for a moment
});
test.afterEach(() => app.close());

test('invocations reach the main process and errors come back', async () => {
  const answer = await page.evaluate(() => window.proof.sum(1, 2, 3));
  expect(answer).toEqual({ sum: 6, from: 'app://proof', at: new Date(0) });
  await expect(page.evaluate(() => window.proof.sum())).rejects.toThrow(
    "Error invoking remote method 'sum': RangeError: nothing to add",
  );
});

test('the page sees what the bridge exposes and nothing else', async () => {
  const view = await page.evaluate(() => ({
    require: typeof (window as unknown as Record<string, unknown>)['require'],
    binding: typeof (window as unknown as Record<string, unknown>)['doubleSend'],
    frozen: Object.isFrozen(window.proof) && Object.isFrozen(window.proof.nested),
    callback: window.proof.twice((n) => n + 1),
    secure: isSecureContext,
    title: document.title,
  }));
  expect(view).toEqual({
    require: 'undefined',
    binding: 'undefined',
    frozen: true,
    callback: 3,
    secure: true,
    title: 'Proof',
  });
});

test('a port joins the page and the utility process, with data that JSON lacks', async () => {
  const question = { bytes: new Uint8Array([1, 2, 255]), day: new Map([['a', 1n]]), nothing: undefined };
  expect(await page.evaluate((q) => window.ask(q), question)).toMatchObject({
    argv: ['--core'],
    type: 'utility',
  });
  const same = await page.evaluate(async () => {
    const answer = (await window.ask({ b: new Uint8Array([7, 8]), m: new Map([['a', 1n]]) })) as {
      echo: { b: Uint8Array; m: Map<string, bigint> };
    };
    return [answer.echo.b instanceof Uint8Array, [...answer.echo.b], answer.echo.m.get('a') === 1n];
  });
  expect(same).toEqual([true, [7, 8], true]);
});

test('a reload closes the port on the other side and the new document gets its own', async () => {
  expect(await page.evaluate(() => window.ask('before'))).toMatchObject({ echo: 'before' });
  await page.reload();
  expect(await page.evaluate(() => window.ask('after'))).toMatchObject({ echo: 'after' });
  await expect.poll(async () => (await seen()).portsClosed).toBe(1);
});

test('a port that the page closes is closed in the utility process', async () => {
  await page.evaluate(async () => (await window.corePort).close());
  await expect.poll(async () => (await seen()).portsClosed).toBe(1);
});

test('a utility process that ends closes the ports of the page', async () => {
  await page.evaluate(() => window.ask('hello'));
  await app.evaluate(() => (globalThis as unknown as MainGlobals).killCore());
  await expect.poll(() => page.evaluate(() => window.portClosed)).toBe(true);
  expect((await seen()).coreEnded).toBe(true);
});

test('a window that closes closes its port in the utility process', async () => {
  const closed = await app.evaluate(async ({ BrowserWindow, app: electronApp }) => {
    electronApp.removeAllListeners('window-all-closed');
    electronApp.on('window-all-closed', () => {});
    BrowserWindow.getAllWindows()[0]?.destroy();
    const main = globalThis as unknown as MainGlobals;
    for (let i = 0; i < 100 && main.seen.portsClosed === 0; i++)
      await new Promise((done) => setTimeout(done, 20));
    return main.seen.portsClosed;
  });
  expect(closed).toBe(1);
});

test('a custom scheme plays H.264 by ranges, seeks, and answers HEAD and fetch', async () => {
  const played = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const video = document.createElement('video');
        video.muted = true;
        video.addEventListener('error', () => resolve(video.error?.message));
        video.addEventListener('loadeddata', () => (video.currentTime = 3), { once: true });
        video.addEventListener('seeked', () =>
          resolve([video.videoWidth, video.videoHeight, video.currentTime, video.duration]),
        );
        video.src = 'proof-media://clips/one';
        document.body.append(video);
      }),
  );
  expect(played).toEqual([320, 180, 3, 4]);
  const head = await page.evaluate(async () => {
    const response = await fetch('proof-media://clips/one', { method: 'HEAD' });
    return [response.status, response.headers.get('content-type'), (await response.arrayBuffer()).byteLength];
  });
  expect(head).toEqual([200, 'video/mp4', 0]);
  const part = await page.evaluate(async () => {
    const response = await fetch('proof-media://clips/one', { headers: { range: 'bytes=4-7' } });
    return [response.status, response.headers.get('content-range')?.split('/')[0], await response.text()];
  });
  expect(part).toEqual([206, 'bytes 4-7', 'ftyp']);
  const { ranges, methods } = await seen();
  expect(ranges[0]).toMatch(/^bytes=0-/);
  expect(methods).toContain('HEAD');
});

test('navigation can be prevented and windows opened by the page are refused', async () => {
  await page.click('#away');
  await expect.poll(async () => (await seen()).navigations).toEqual(['https://example.invalid/away']);
  await page.click('#popup');
  const opened = (): Promise<string[]> =>
    app.evaluate(
      (electron) =>
        (electron as unknown as { double: { recorded: { opened: string[] } } }).double.recorded.opened,
    );
  await expect.poll(opened).toEqual(['https://example.invalid/popup']);
  await expect.poll(() => app.windows().length).toBe(1);
  expect(
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL()),
  ).toBe('app://proof/index.html');
});

test('the main process can be driven: dialogs, windows, menus, secrets', async () => {
  const main = await app.evaluate(async ({ app: electronApp, dialog, safeStorage, Menu, session }) => {
    const cancelled = await dialog.showOpenDialog({});
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/x'] });
    const menu = Menu.buildFromTemplate([
      { label: 'File', submenu: [{ id: 'tick', label: 'Tick', type: 'checkbox' }] },
    ]);
    menu.getMenuItemById('tick')?.click();
    return {
      version: electronApp.getVersion(),
      cancelled: cancelled.canceled,
      chosen: (await dialog.showOpenDialog({})).filePaths,
      secret: safeStorage.decryptString(safeStorage.encryptString('Größe')),
      ticked: menu.getMenuItemById('tick')?.checked,
      proxy: await session.defaultSession.resolveProxy('https://example.invalid'),
    };
  });
  expect(main).toEqual({
    version: '1.2.3',
    cancelled: true,
    chosen: ['/x'],
    secret: 'Größe',
    ticked: true,
    proxy: 'DIRECT',
  });
  const window = await app.browserWindow(page);
  expect(await window.evaluate((it) => [it.getBounds().width, it.getTitle()])).toEqual([900, 'Proof']);
  expect(JSON.parse(readFileSync(join(userData, 'proof.json'), 'utf8'))).toEqual({ windows: 1 });
});

test('what the double lacks is refused by name', async () => {
  const missing = (name: string): Promise<string> =>
    app.evaluate(async (electron, what) => {
      const [part, member] = what.split('.') as [string, string];
      try {
        (electron as unknown as Record<string, Record<string, () => void>>)[part]?.[member]?.();
        return 'nothing thrown';
      } catch (error) {
        return String(error);
      }
    }, name);
  expect(await missing('app.isEmojiPanelSupported')).toBe(
    'Error: double: App.isEmojiPanelSupported is not emulated',
  );
  expect(await missing('dialog.showCertificateTrustDialog')).toContain(
    'double: dialog.showCertificateTrustDialog',
  );
  expect(await missing('autoUpdater.checkForUpdates')).toContain('double: autoUpdater.checkForUpdates');
});

test('a second instance hands over its arguments and ends', async () => {
  const second = spawn(join(DOUBLE, 'electron'), [APP, `--user-data-dir=${userData}`, 'rushes://open/1'], {
    stdio: 'ignore',
  });
  const code = await new Promise((resolve) => second.once('exit', resolve));
  expect(code).toBe(0);
  await expect.poll(async () => (await seen()).secondInstances.length).toBe(1);
  const { secondInstances } = await seen();
  expect(secondInstances[0]?.argv).toContain('rushes://open/1');
  expect(secondInstances[0]?.data).toEqual({ from: 'proof' });
});

test('nothing survives: Chromium and the utility process end with a killed main process', async () => {
  const pid = app.process().pid ?? 0;
  const started = descendants(pid);
  const core = await app.evaluate(() => (globalThis as unknown as MainGlobals).corePid());
  expect(started).toContain(core);
  expect(started.length).toBeGreaterThan(2);
  app.process().kill('SIGKILL');
  await expect.poll(() => started.filter(isAlive), { timeout: 10_000 }).toEqual([]);
  expect(existsSync(join(userData, 'double.lock'))).toBe(true); // left behind, and the next launch takes it over
});
