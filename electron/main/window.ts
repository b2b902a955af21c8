import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import type { AppOrigin } from './app-origin.ts';
import type { CoreProblem } from './core-supervisor.ts';
import { createRestartPolicy } from './restart-policy.ts';
import type { ShellLog } from './shell-log.ts';
import type { ShellSettings } from './shell-settings.ts';
import { placeWindow, smallestWindow } from './window-place.ts';
import { windowPreferences } from './window-preferences.ts';

interface WindowDeps {
  readonly origin: AppOrigin;
  readonly settings: ShellSettings;
  readonly log: ShellLog;
  readonly onProblem: (problem: CoreProblem) => void;
}

/** The colour behind the page until it is painted, so that a dark window does not flash white. */
export function windowBackground(): string {
  return nativeTheme.shouldUseDarkColors ? '#0f1114' : '#f3f4f6';
}

/** Opens the application's window where it was; the one place where windows are made. */
export function openWindow(deps: WindowDeps, route: string | null): BrowserWindow {
  const place = deps.settings.place();
  const workAreas = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...placeWindow(place.area, workAreas),
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    title: 'Rushes',
    show: false,
    backgroundColor: windowBackground(),
    webPreferences: windowPreferences({
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      version: app.getVersion(),
      isPackaged: app.isPackaged,
    }),
  });
  window.once('ready-to-show', () => {
    if (place.maximised) window.maximize();
    window.show();
  });
  window.on('close', () => {
    deps.settings.setPlace({ area: window.getNormalBounds(), maximised: window.isMaximized() });
  });
  mendCrashes(window, deps);
  showRoute(window, deps, route);
  return window;
}

/** Leads the window's page to one of its own addresses; without a route, to its first screen. */
export function showRoute(
  window: BrowserWindow,
  deps: Pick<WindowDeps, 'origin' | 'log'>,
  route: string | null,
): void {
  const url = new URL(deps.origin.pageUrl);
  if (route !== null) url.hash = route;
  window.loadURL(url.href).catch((error: unknown) => {
    deps.log.error('The page could not be loaded.', { url: url.href, error: String(error) });
    if (!window.isDestroyed()) window.show();
  });
}

/** Loads the page again when its process has died, but not for ever. */
function mendCrashes(window: BrowserWindow, deps: WindowDeps): void {
  const policy = createRestartPolicy(Date.now);
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    deps.log.error('The page has crashed.', { reason, exitCode });
    const advice = policy.failed();
    if (advice.kind === 'wait') window.webContents.reload();
    else deps.onProblem({ code: 'INTERNAL', message: `The page crashed again and again (${reason}).` });
  });
}
