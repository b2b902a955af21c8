import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { electronVersion, makeHome, removeHome, startDesktop, type DesktopApp } from './desktop-app.ts';

/** What only the double has: notes of what the app asked of the system. */
interface Double {
  readonly double: {
    readonly recorded: {
      readonly webRequests: { listener(details: { url: string }, answer: (it: unknown) => void): void }[];
      readonly permissionHandlers: {
        request(...given: unknown[]): void;
        check(...given: unknown[]): boolean;
      };
    };
  };
}

let home: string;
let desktop: DesktopApp;
let isDouble: boolean;

test.beforeAll(async () => {
  home = makeHome();
  desktop = await startDesktop(home);
  const version = await electronVersion(desktop.app);
  isDouble = version.endsWith('-double');
  console.log(`desktop tests run on Electron ${version}${isDouble ? ' (no binary here: its double)' : ''}`);
});
test.afterAll(async () => {
  await desktop.app.close();
  removeHome(home);
});

const currentUrl = (): Promise<string> =>
  desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL() ?? '');

test('the window opens and shows the application from its own origin', async () => {
  await expect(desktop.page).toHaveTitle(/Rushes/);
  await expect(desktop.page.getByRole('main')).toBeVisible();
  expect(await currentUrl()).toMatch(/^app:\/\/rushes\/#\//);
  expect(await desktop.page.evaluate(() => isSecureContext)).toBe(true);
});

test('what the page reads from the core is on the screen', async () => {
  await desktop.page.evaluate(() => (location.hash = '/settings'));
  await expect(desktop.page.getByLabel('Download folder', { exact: true })).toHaveValue(`${home}/downloads`);
});

test('the page has neither Node nor Electron, only the shell API, which is frozen', async () => {
  const view = await desktop.page.evaluate(() => {
    const all = window as unknown as Record<string, unknown>;
    const shell = all['rushesShell'] as Record<string, unknown>;
    return {
      absent: ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].map(
        (name) => typeof all[name],
      ),
      keys: Object.keys(shell).toSorted(),
      kinds: Object.values(shell)
        .map((value) => typeof value)
        .toSorted(),
      door: shell['door'],
      version: shell['version'],
      frozen: Object.isFrozen(shell),
    };
  });
  expect(view).toEqual({
    absent: Array.from({ length: 7 }, () => 'undefined'),
    keys: [
      'chooseFolder',
      'door',
      'openExternal',
      'platform',
      'requestPort',
      'revealClip',
      'setTheme',
      'version',
    ],
    kinds: [...Array.from({ length: 5 }, () => 'function'), 'string', 'string', 'string'],
    door: 'desktop',
    version: '0.1.0',
    frozen: true,
  });
});

test('no screen breaks the content security policy', async () => {
  const { page } = desktop;
  await page.addInitScript(() => {
    const broken: string[] = [];
    Object.assign(window, { broken });
    document.addEventListener('securitypolicyviolation', (event) =>
      broken.push(`${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  await page.reload();
  for (const screen of ['welcome', 'catalogue', 'downloads', 'library', 'events', 'settings']) {
    await page.evaluate((name) => (location.hash = `/${name}`), screen);
    await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
  }
  expect(await page.evaluate(() => (window as unknown as { broken: string[] }).broken)).toEqual([]);
});

test.describe('with a server on this machine', () => {
  let server: Server;
  let asked: string[] = [];
  test.beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(200, { 'access-control-allow-origin': '*' }).end('seen');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  test.afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test('the page reaches no server: not by fetch, picture, socket or navigation', async () => {
    asked = [];
    const base = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const outcome = await desktop.page.evaluate(async (host) => {
      const fetched = await fetch(`http://${host}/fetch`).then(
        () => 'reached',
        () => 'blocked',
      );
      const pictured = await new Promise((resolve) => {
        const image = new Image();
        image.addEventListener('load', () => resolve('reached'));
        image.addEventListener('error', () => resolve('blocked'));
        image.src = `http://${host}/picture`;
      });
      const socketed = await new Promise((resolve) => {
        try {
          const socket = new WebSocket(`ws://${host}/socket`);
          socket.addEventListener('open', () => resolve('reached'));
          socket.addEventListener('error', () => resolve('blocked'));
        } catch {
          resolve('blocked');
        }
      });
      return [fetched, pictured, socketed];
    }, base);
    expect(outcome).toEqual(['blocked', 'blocked', 'blocked']);

    const before = await currentUrl();
    // A link, which keeps no hold on what it opens: the double makes the window and closes it again, and a page that
    // holds it would stand still meanwhile.
    await desktop.page.evaluate((host) => {
      const link = document.createElement('a');
      Object.assign(link, { href: 'https://example.invalid/popup', target: '_blank' });
      setTimeout(() => location.assign(`http://${host}/away`));
      setTimeout(() => link.click(), 100);
    }, base);
    await desktop.page.waitForTimeout(300);
    expect(await currentUrl()).toBe(before);
    expect(await desktop.page.evaluate(() => document.title)).toMatch(/Rushes/);
    await expect.poll(() => desktop.app.windows().length).toBe(1);
    expect(asked).toEqual([]);
  });
});

test('the session cancels requests to the network and refuses permissions', async () => {
  test.skip(!isDouble, 'reads what the double has recorded');
  const answers = await desktop.app.evaluate((electron) => {
    const { webRequests, permissionHandlers } = (electron as unknown as Double).double.recorded;
    const cancelled = (url: string): unknown => {
      let answer: unknown;
      webRequests[0]?.listener({ url }, (given) => (answer = given));
      return answer;
    };
    const details = { requestingUrl: 'app://rushes/', isMainFrame: true };
    const granted: string[] = [];
    const names = [
      'accessibility-events',
      'background-sync',
      'clipboard-read',
      'clipboard-sanitized-write',
      'display-capture',
      'fileSystem',
      'fullscreen',
      'geolocation',
      'hid',
      'idle-detection',
      'keyboardLock',
      'media',
      'mediaKeySystem',
      'midi',
      'midiSysex',
      'notifications',
      'openExternal',
      'pointerLock',
      'sensors',
      'serial',
      'speaker-selection',
      'storage-access',
      'top-level-storage-access',
      'unknown',
      'usb',
      'window-management',
    ];
    for (const name of names) {
      permissionHandlers.request(null, name, (yes: boolean) => yes && granted.push(name), details);
      if (permissionHandlers.check(null, name, 'app://rushes', details)) granted.push(name);
    }
    return {
      granted,
      elsewhere: permissionHandlers.check(null, 'fullscreen', 'https://example.com', {
        ...details,
        requestingUrl: 'https://example.com/',
      }),
      cancelled: ['https://example.com/', 'ws://127.0.0.1/', 'file:///etc/passwd', 'app://rushes/'].map(
        cancelled,
      ),
    };
  });
  expect(answers).toEqual({
    granted: ['clipboard-sanitized-write', 'clipboard-sanitized-write', 'fullscreen', 'fullscreen'],
    elsewhere: false,
    cancelled: [{ cancel: true }, { cancel: true }, { cancel: true }, { cancel: false }],
  });
});
