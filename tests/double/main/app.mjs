import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumExecutable } from '../../../scripts/chromium.mjs';
import { startChromium } from '../devtools.mjs';
import { createEvent, ignoreCalls, makeStrict } from '../not-emulated.mjs';
import { createSingleInstance } from './single-instance.mjs';

/** Switches that the double gives Chromium itself. */
const OWN_SWITCHES = new Set(['user-data-dir', 'remote-debugging-port', 'inspect', 'no-sandbox', 'headless']);

const knownPath = (name, userData) => {
  const home = homedir();
  switch (name) {
    case 'home':
      return home;
    case 'temp':
      return tmpdir();
    case 'appData':
      return process.env.XDG_CONFIG_HOME || join(home, '.config');
    case 'exe':
      return process.argv[0];
    case 'module':
      return process.argv[0];
    case 'videos':
    case 'documents':
    case 'downloads':
    case 'desktop':
    case 'music':
    case 'pictures':
      return join(home, name[0].toUpperCase() + name.slice(1));
    case 'sessionData':
      return userData;
    case 'logs':
    case 'crashDumps':
      return join(userData, name === 'logs' ? 'logs' : 'Crashpad');
    default:
      throw new Error(`Failed to get '${name}' path`);
  }
};

/** Electron's `app`, and the life of the whole: start, ready, quit. */
export function createApp(desktop) {
  const paths = new Map();
  const ready = Promise.withResolvers();
  let isReady = false;
  let isQuitting = false;
  let isExiting = false;
  let name = 'Electron';
  const singleInstance = createSingleInstance({
    folder: () => app.getPath('userData'),
    onSecondInstance: (argv, workingDirectory, data) =>
      void ready.promise.then(() => app.emit('second-instance', createEvent(), argv, workingDirectory, data)),
  });

  class App extends EventEmitter {
    isPackaged = false;
    dock = undefined;
    badgeCount = 0;
    accessibilitySupportEnabled = false;
    userAgentFallback = '';
    applicationMenu = null;
    commandLine = {
      appendSwitch: (key, value = '') => void desktop.launch.switches.set(key, value),
      appendArgument() {},
      hasSwitch: (key) => desktop.launch.switches.has(key),
      getSwitchValue: (key) => desktop.launch.switches.get(key) ?? '',
      removeSwitch: (key) => void desktop.launch.switches.delete(key),
    };

    whenReady() {
      return ready.promise;
    }
    isReady() {
      return isReady;
    }
    get name() {
      return name;
    }
    set name(value) {
      name = value;
    }
    getName() {
      return name;
    }
    setName(value) {
      name = value;
    }
    getVersion() {
      return desktop.launch.packageJson.version ?? '0.0.0';
    }
    getAppPath() {
      return desktop.launch.appPath;
    }
    getLocale() {
      return desktop.launch.switches.get('lang') || 'en-GB';
    }
    getSystemLocale() {
      return this.getLocale();
    }
    getLocaleCountryCode() {
      return this.getLocale().split('-')[1] ?? '';
    }
    getPreferredSystemLanguages() {
      return [this.getLocale()];
    }
    getPath(key) {
      if (key === 'userData') return paths.get(key) ?? join(this.getPath('appData'), name);
      return paths.get(key) ?? knownPath(key, this.getPath('userData'));
    }
    setPath(key, path) {
      mkdirSync(path, { recursive: true });
      paths.set(key, path);
    }
    setAppLogsPath(path = join(this.getPath('userData'), 'logs')) {
      this.setPath('logs', path);
    }
    getAppMetrics() {
      return [];
    }
    getGPUFeatureStatus() {
      return {};
    }
    requestSingleInstanceLock(data = null) {
      return singleInstance.request(data);
    }
    hasSingleInstanceLock() {
      return singleInstance.has();
    }
    releaseSingleInstanceLock() {
      singleInstance.release();
    }
    getLoginItemSettings() {
      return { openAtLogin: false, openAsHidden: false };
    }
    setAsDefaultProtocolClient() {
      return true;
    }
    isDefaultProtocolClient() {
      return false;
    }
    removeAsDefaultProtocolClient() {
      return true;
    }
    setBadgeCount(count) {
      this.badgeCount = count;
      return true;
    }
    getBadgeCount() {
      return this.badgeCount;
    }
    relaunch() {
      desktop.recorded.relaunched = true;
    }

    async quit() {
      if (isQuitting || isExiting) return;
      isQuitting = true;
      const event = createEvent();
      this.emit('before-quit', event);
      if (!event.defaultPrevented) {
        for (const window of desktop.windows.values()) window.close();
        await new Promise((resolve) => setImmediate(resolve));
        if (desktop.windows.size === 0 && this.#mayQuit()) return end(0);
      }
      isQuitting = false; // the app or one of its windows refused
    }
    #mayQuit() {
      const event = createEvent();
      this.emit('will-quit', event);
      return !event.defaultPrevented;
    }
    exit(code = 0) {
      for (const window of desktop.windows.values()) window.destroy();
      void end(code);
    }
  }
  ignoreCalls(App, [
    'setAppUserModelId',
    'setAboutPanelOptions',
    'showAboutPanel',
    'enableSandbox',
    'disableHardwareAcceleration',
    'disableDomainBlockingFor3DAPIs',
    'addRecentDocument',
    'clearRecentDocuments',
    'setLoginItemSettings',
    'setAccessibilitySupportEnabled',
    'setUserTasks',
    'focus',
    'show',
    'hide',
  ]);
  makeStrict(App);
  const app = new App();

  async function end(code) {
    if (isExiting) return;
    isExiting = true;
    app.emit('quit', createEvent(), code);
    singleInstance.release();
    await desktop.browser?.close();
    process.exit(code);
  }

  process.on('exit', () => {
    desktop.browser?.kill();
    singleInstance.release();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void app.quit());

  return {
    app,
    /** A window has gone. The last one ends the app unless somebody listens for that. */
    windowClosed() {
      if (desktop.windows.size > 0 || isQuitting || isExiting) return;
      if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed');
      else void app.quit();
    },
    begin(launch) {
      desktop.launch = launch;
      name = launch.packageJson.productName ?? launch.packageJson.name ?? name;
      const userData = launch.switches.get('user-data-dir');
      if (userData) app.setPath('userData', userData);
    },
    /**
     * The main module has loaded: Chromium starts, with the switches the app has appended, and `ready` follows.
     * `onBrowser` is called before the app can open a window.
     */
    async becomeReady(onBrowser) {
      if (isExiting || isQuitting) return;
      const headed = Boolean(process.env.RUSHES_DOUBLE_HEADED);
      const chromium = chromiumExecutable({ headed });
      if ('missing' in chromium) {
        console.error(`double: ${chromium.missing}`);
        process.exit(1);
      }
      const profile = join(app.getPath('userData'), 'double-chromium');
      mkdirSync(profile, { recursive: true });
      const switches = [...desktop.launch.switches].filter(([key]) => !OWN_SWITCHES.has(key));
      desktop.browser = await startChromium({
        executable: chromium.path,
        env: chromium.env,
        userDataDir: profile,
        listen: desktop.launch.switches.has('remote-debugging-port'),
        flags: [
          ...switches.map(([key, value]) => (value === '' ? `--${key}` : `--${key}=${value}`)),
          ...(headed && chromium.canBeHeaded ? [] : ['--headless']),
        ],
      });
      void desktop.browser.exited.then(({ code, signal }) => {
        if (isExiting) return;
        console.error(`double: Chromium ended (${signal ?? code})`);
        process.exit(1);
      });
      onBrowser();
      process.versions.chrome = desktop.browser.version;
      isReady = true;
      ready.resolve();
      app.emit('ready', createEvent(), {});
    },
  };
}
