// The module `electron` of the main process, put together. Parts that the double lacks throw by name.
import { createApp } from './main/app.mjs';
import { createBrowserWindowClass, followTargets } from './main/browser-window.mjs';
import { createDesktop } from './main/desktop.mjs';
import { createDialog } from './main/dialog.mjs';
import { IpcMain } from './main/ipc-main.mjs';
import { createMenus } from './main/menu.mjs';
import { createNet } from './main/net.mjs';
import { createProtocol } from './main/protocol.mjs';
import { createSafeStorage } from './main/safe-storage.mjs';
import { createSession } from './main/session.mjs';
import { createClipboard, createNotificationClass, createShell } from './main/shell.mjs';
import * as system from './main/system.mjs';
import { createUtilityProcess } from './main/utility-process.mjs';
import { createWebContentsClass } from './main/web-contents.mjs';
import { absent, strict } from './not-emulated.mjs';
import { MessageChannelMain } from './ports.mjs';

const desktop = createDesktop();
const life = createApp(desktop);
const schemeAccess = createProtocol(desktop);

export const { app } = life;
export const { protocol } = schemeAccess;
export const ipcMain = new IpcMain();
export const net = createNet(desktop);
export const session = createSession({
  desktop,
  protocol,
  fetch: (input, options) => net.fetch(input, options),
});
export const webContents = createWebContentsClass({ desktop, ipcMain, session, schemeAccess });
export const BrowserWindow = createBrowserWindowClass({
  desktop,
  app,
  WebContents: webContents,
  onClosed: () => life.windowClosed(),
});
export const { Menu, MenuItem, Tray } = createMenus({
  desktop,
  app,
  focusedWindow: () => BrowserWindow.getFocusedWindow(),
});
export const Notification = createNotificationClass(desktop);
export const clipboard = createClipboard();
export const crashReporter = system.createCrashReporter();
export const dialog = createDialog(desktop);
export const globalShortcut = system.createGlobalShortcut();
export const nativeImage = system.createNativeImage();
export const nativeTheme = system.createNativeTheme();
export const powerMonitor = system.createPowerMonitor();
export const powerSaveBlocker = system.createPowerSaveBlocker();
export const safeStorage = createSafeStorage(app);
export const screen = system.createScreen();
export const shell = createShell(desktop);
export const systemPreferences = system.createSystemPreferences();
export const utilityProcess = createUtilityProcess(app);

export const BaseWindow = absent('BaseWindow');
export const ShareMenu = absent('ShareMenu');
export const TouchBar = absent('TouchBar');
export const View = absent('View');
export const WebContentsView = absent('WebContentsView');
export const autoUpdater = absent('autoUpdater');
export const contentTracing = absent('contentTracing');
export const desktopCapturer = absent('desktopCapturer');
export const inAppPurchase = absent('inAppPurchase');
export const netLog = absent('netLog');
export const pushNotifications = absent('pushNotifications');
export const webFrameMain = absent('webFrameMain');

export { MessageChannelMain };

/** For tests that run on the double only: what the app has asked of a system that is not there. */
export const double = { recorded: desktop.recorded };

schemeAccess.onSchemesChanged(() => {
  for (const contents of webContents.getAllWebContents()) void contents.doubleSchemesChanged();
});

/** Called once by boot.mjs, before the app's own code; the answer says how to go on. */
export function launch(options) {
  life.begin(options);
  return {
    async becomeReady() {
      await life.becomeReady(() => followTargets(desktop));
    },
  };
}

// oxlint-disable-next-line import/no-default-export -- `import electron from 'electron'` is common
export default strict('electron', {
  app,
  BrowserWindow,
  Menu,
  MenuItem,
  MessageChannelMain,
  Notification,
  Tray,
  clipboard,
  crashReporter,
  dialog,
  double,
  globalShortcut,
  ipcMain,
  nativeImage,
  nativeTheme,
  net,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  systemPreferences,
  utilityProcess,
  webContents,
  // electron-store and others look for it to find out where they run.
  ipcRenderer: undefined,
});
