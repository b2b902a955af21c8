import { expect, test } from '@playwright/test';
import { electronVersion, makeHome, removeHome, startDesktop, type DesktopApp } from './desktop-app.ts';

interface Shell {
  chooseFolder(): Promise<string | null>;
  openExternal(...given: unknown[]): Promise<void>;
  revealClip(clipId: unknown): Promise<void>;
  setTheme(theme: string): void;
}
declare const rushesShell: Shell;

let home: string;
let desktop: DesktopApp;

test.beforeAll(async () => {
  home = makeHome();
  desktop = await startDesktop(home);
});
test.afterAll(async () => {
  await desktop.app.close();
  removeHome(home);
});

test('a folder is chosen in the system’s dialog', async () => {
  await desktop.app.evaluate(({ dialog }) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/footage'] });
  });
  expect(await desktop.page.evaluate(() => rushesShell.chooseFolder())).toBe('/footage');
  await desktop.app.evaluate(({ dialog }) => {
    dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] });
  });
  expect(await desktop.page.evaluate(() => rushesShell.chooseFolder())).toBeNull();
});

test('an address is opened only when it is https and the user agrees to its host', async () => {
  await desktop.app.evaluate(({ dialog, shell }) => {
    const seen = { asked: [] as string[], opened: [] as string[], agree: 1 };
    (globalThis as unknown as { seen: typeof seen }).seen = seen;
    dialog.showMessageBox = async (...given: unknown[]) => {
      seen.asked.push((given.at(-1) as { message: string }).message);
      return { response: seen.agree, checkboxChecked: false };
    };
    shell.openExternal = async (url) => void seen.opened.push(url);
  });
  const open = (url: unknown): Promise<string> =>
    desktop.page.evaluate(
      (given) =>
        rushesShell.openExternal(given).then(
          () => 'done',
          (error: unknown) => String(error),
        ),
      url,
    );
  expect(await open('https://example.com/a?b#c')).toBe('done');
  await desktop.app.evaluate(() => ((globalThis as unknown as { seen: { agree: number } }).seen.agree = 0));
  expect(await open('https://example.com/a?b#c')).toBe('done');
  for (const bad of ['http://example.com/', 'file:///etc/passwd', 'javascript:alert(1)', 'https://a@b/', 7])
    expect(await open(bad)).toMatch(/Only https|refused/);
  const seen = await desktop.app.evaluate(() => (globalThis as unknown as { seen: unknown }).seen);
  expect(seen).toMatchObject({
    asked: Array.from({ length: 2 }, () => 'Open a page of example.com in your browser?'),
    opened: ['https://example.com/a?b#c'],
  });
});

test('messages of the wrong shape are refused', async () => {
  const refused = (id: unknown): Promise<string> =>
    desktop.page.evaluate((given) => rushesShell.revealClip(given).then(() => 'done', String), id as string);
  for (const bad of [null, 7, '', 'x'.repeat(65), { id: 'x' }, ['x']])
    expect(await refused(bad)).toContain('refused');
  expect(await refused('no-such-clip')).not.toContain('refused');
});

test('every message is refused that does not come from the page in the main frame', async () => {
  const isDouble = (await electronVersion(desktop.app)).endsWith('-double');
  test.skip(!isDouble, 'needs the handlers by name, which only the double gives');
  const outcome = await desktop.app.evaluate(async ({ BrowserWindow, ipcMain }) => {
    type Handler = (event: unknown, ...given: unknown[]) => Promise<unknown>;
    const answering = ipcMain as unknown as { doubleHandlerOf(name: string): Handler | undefined };
    const sender = BrowserWindow.getAllWindows()[0]?.webContents;
    const frame = { url: 'app://rushes/', parent: null };
    const strangers = [
      { sender: {}, senderFrame: frame },
      { sender, senderFrame: null },
      { sender, senderFrame: { ...frame, parent: frame } },
      ...['', 'about:blank', 'https://example.com/', 'app://rushes.evil/', 'file:///'].map((url) => ({
        sender,
        senderFrame: { ...frame, url },
      })),
    ];
    const heard: string[] = [];
    for (const name of ['request-port', 'choose-folder', 'reveal-clip', 'open-external', 'set-theme']) {
      const handler = answering.doubleHandlerOf(`rushes:${name}`);
      if (!handler) heard.push(`${name} is not there`);
      for (const [index, event] of strangers.entries()) {
        const answer = await handler?.(event).then(() => 'heard', String);
        if (answer !== 'Error: refused') heard.push(`${name} ${index}: ${answer}`);
      }
    }
    return heard;
  });
  expect(outcome).toEqual([]);
});

test('the theme of the page is the theme of the window', async () => {
  await desktop.page.evaluate(() => rushesShell.setTheme('dark'));
  const source = (): Promise<string> => desktop.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
  await expect.poll(source).toBe('dark');
  await desktop.page.evaluate(() => rushesShell.setTheme('system'));
  await expect.poll(source).toBe('system');
});
