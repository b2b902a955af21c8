import { type BrowserWindow, dialog, ipcMain, type IpcMainInvokeEvent, nativeTheme, shell } from 'electron';
import * as z from 'zod';
import { clipId } from '../../shared/contract/values.ts';
import type { Ask } from '../hosts/desktop/exchange.ts';
import type { CoreQuestions } from '../hosts/desktop/messages.ts';
import type { AppOrigin } from './app-origin.ts';
import { channels } from './channels.ts';
import { readExternalAddress } from './external-address.ts';
import type { Ports } from './ports.ts';
import { createRateLimit } from './rate-limit.ts';
import { senderProblem } from './sender.ts';
import type { ShellLog } from './shell-log.ts';
import type { ShellSettings } from './shell-settings.ts';
import { windowBackground } from './window.ts';

interface IpcDeps {
  readonly origin: AppOrigin;
  readonly window: () => BrowserWindow | null;
  readonly ports: Ports;
  readonly ask: Ask<CoreQuestions>;
  readonly settings: ShellSettings;
  readonly log: ShellLog;
}

/** More calls a second than a person can cause. */
const mostCallsPerSecond = 30;

/** Answers the page: the one place where messages from it are received. */
export function answerIpc(deps: IpcDeps): void {
  const handle = createHandle(deps);

  handle(channels.requestPort, z.tuple([]), async (_given, window) => deps.ports.request(window.webContents));

  handle(channels.chooseFolder, z.tuple([]), async (_given, window) => {
    const chosen = await dialog.showOpenDialog(window, { properties: ['openDirectory', 'createDirectory'] });
    return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
  });

  handle(channels.revealClip, z.tuple([clipId]), async ([id]) => {
    const path = await deps.ask('clipPath', id);
    if (path === null) throw new Error('No place that is online holds this clip.');
    shell.showItemInFolder(path);
  });

  handle(channels.openExternal, z.tuple([z.string().max(4096)]), async ([text], window) => {
    const url = readExternalAddress(text);
    if (url === null) throw new Error('Only https addresses are opened.');
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: `Open a page of ${url.host} in your browser?`,
      detail: url.href,
      buttons: ['Open', 'Cancel'],
      defaultId: 0,
      cancelId: 1,
    });
    if (response === 0) await shell.openExternal(url.href);
  });

  handle(channels.setTheme, z.tuple([z.enum(['system', 'light', 'dark'])]), async ([theme], window) => {
    deps.settings.setTheme(theme);
    nativeTheme.themeSource = theme;
    window.setBackgroundColor(windowBackground());
  });
}

/** Hears a message only from the page itself, only in the shape expected, and only so often. */
function createHandle(deps: IpcDeps) {
  const refuse = (channel: string, why: string): never => {
    deps.log.warn('A message to the shell was refused.', { channel, why });
    throw new Error('refused');
  };
  return <T>(
    channel: string,
    shape: z.ZodType<T>,
    answer: (given: T, window: BrowserWindow) => Promise<unknown>,
  ): void => {
    const isWithinRate = createRateLimit(mostCallsPerSecond, Date.now);
    ipcMain.handle(channel, async (event, ...given: unknown[]) => {
      const window = deps.window();
      if (window === null) return refuse(channel, 'there is no window');
      const problem = senderProblem(describeSender(event, window), deps.origin);
      if (problem !== null) return refuse(channel, problem);
      if (!isWithinRate()) return refuse(channel, 'too often');
      const parsed = shape.safeParse(given);
      return parsed.success ? answer(parsed.data, window) : refuse(channel, 'not in the expected shape');
    });
  };
}

function describeSender(event: IpcMainInvokeEvent, window: BrowserWindow) {
  const frame = event.senderFrame;
  return {
    url: frame?.url,
    isMainFrame: frame?.parent === null,
    isOurWindow: event.sender === window.webContents,
  };
}
