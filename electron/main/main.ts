import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  app,
  dialog,
  Menu,
  nativeTheme,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  safeStorage,
  session,
  shell,
  type BrowserWindow,
} from 'electron';
import { errorCodes } from '../../shared/errors/codes.ts';
import { createFileLog } from '../hosts/file-log.ts';
import { homeFolder } from '../hosts/home-folder.ts';
import { readPageFiles } from '../hosts/serve/static-files.ts';
import { createAppOrigin } from './app-origin.ts';
import { linkRoute, readArguments, readLink, writeLink, type Link } from './arguments.ts';
import { spawnCore } from './core-process.ts';
import { createCoreSupervisor, type CoreProblem } from './core-supervisor.ts';
import { guardContents } from './guard-contents.ts';
import { guardSession } from './guard-session.ts';
import { answerIpc } from './ipc.ts';
import { describeMenu } from './menu-template.ts';
import { createPorts } from './ports.ts';
import { showProblem } from './problem-dialog.ts';
import { declareSchemes, serveSchemes } from './schemes.ts';
import { createProxyAnswers } from './proxy.ts';
import { chooseSecretsPlace, createSecretAnswers } from './secrets.ts';
import type { ShellLog } from './shell-log.ts';
import { openShellSettings } from './shell-settings.ts';
import { createTransferSigns } from './transfer-signs.ts';
import { openWindow, showRoute } from './window.ts';

interface Start {
  readonly home: string;
  readonly demo: boolean;
  readonly link: Link | null;
  readonly log: ShellLog;
}

/** What must be said before Electron is ready. */
function prepare(): void {
  declareSchemes();
  app.enableSandbox();
  const wanted = readArguments(process.argv);
  const demoHome = wanted.demo && !wanted.home && !process.env['RUSHES_HOME'];
  const home = homeFolder(wanted.home) + (demoHome ? '-demo' : '');
  if (!makeHome(home)) return app.exit(errorCodes.DISK_ERROR.exit);
  app.setPath('userData', home);
  app.setPath('sessionData', join(home, 'chromium'));
  // The argument list of a second instance arrives reordered, so the link travels as data of its own.
  if (!app.requestSingleInstanceLock({ link: wanted.link && writeLink(wanted.link) })) {
    app.quit();
    return;
  }
  const log = createFileLog(home, 'shell');
  app
    .whenReady()
    .then(() => run({ home, demo: wanted.demo, link: wanted.link, log }))
    .catch((error: unknown) => {
      log.error('The application could not start.', { error: String(error) });
      return stopWith({ code: 'INTERNAL', message: String(error) }, join(home, 'logs'));
    });
}

/** Makes the home; says why, and answers false, where that cannot be. The log would lie in it, so there is none. */
function makeHome(home: string): boolean {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    return true;
  } catch (error) {
    const { code = 'no reason given' } = error as NodeJS.ErrnoException;
    dialog.showErrorBox(
      'Rushes cannot start',
      `The folder ${home} cannot be used (${code}). Start Rushes with another: --home FOLDER.`,
    );
    return false;
  }
}

async function stopWith(problem: CoreProblem, logDir: string): Promise<void> {
  await showProblem(problem, logDir);
  app.exit(1);
}

/** Puts the shell together: the one place where its parts meet. */
async function run({ home, demo, link, log }: Start): Promise<void> {
  const logDir = join(home, 'logs');
  const origin = createAppOrigin(app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']);
  guardSession(session.defaultSession, origin);
  app.on('web-contents-created', (_event, contents) => guardContents(contents, { origin, log }));

  const secrets = await chooseSecretsPlace(safeStorage, process.platform);
  if (secrets === 'memory')
    log.warn('There is no key store to rely on: sign-ins last until the end of this run.');
  const settings = openShellSettings(home);
  nativeTheme.themeSource = settings.theme();

  let window: BrowserWindow | null = null;
  const onProblem = (problem: CoreProblem): void => {
    void showProblem(problem, logDir).then((choice) => {
      if (choice === 'quit') return app.quit();
      if (!core.isReady()) core.retry();
      window?.webContents.reload();
    });
  };
  let notice: Notification | null = null;
  const signs = createTransferSigns({
    setProgress: (share) => window?.setProgressBar(share),
    keepAwake: () => powerSaveBlocker.start('prevent-app-suspension'),
    letSleep: (id) => powerSaveBlocker.stop(id),
    notify: (what) => {
      // Whoever looks at the window sees it there.
      if (window?.isFocused() || !Notification.isSupported()) return;
      // Held: one that nobody holds may be gone before it is clicked.
      notice = new Notification(what);
      notice.on('click', () => showAt('/downloads?tab=all'));
      notice.show();
    },
  });
  const core = createCoreSupervisor({
    spawn: spawnCore,
    order: { home, version: app.getVersion(), secrets, demo },
    answers: { ...createSecretAnswers(safeStorage), ...createProxyAnswers(session.defaultSession) },
    log,
    now: Date.now,
    onReady: () => ports.renew(),
    onProblem,
    onTransfers: (standing) => (standing ? signs.show(standing) : signs.clear()),
  });
  powerMonitor.on('resume', () => core.awake());
  const ports = createPorts(core);
  const files = origin.isBuilt ? await readPageFiles(join(import.meta.dirname, '../renderer')) : new Map();
  serveSchemes({ files, ask: core.ask });
  answerIpc({ origin, window: () => window, ports, ask: core.ask, settings, log });
  const openLogs = (): void => void shell.openPath(logDir);
  const menu = describeMenu({ platform: process.platform, isPackaged: app.isPackaged, openLogs });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu));
  core.start();

  /** Shows the window, opening it if it is not there, and in it one of the page's own addresses. */
  const showAt = (route: string | null): void => {
    if (window === null) {
      window = openWindow({ origin, settings, log, onProblem }, route);
      window.once('closed', () => (window = null));
      signs.redraw();
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    if (route !== null) showRoute(window, { origin, log }, route);
  };
  const show = (wanted: Link | null): void => showAt(wanted && linkRoute(wanted));
  show(link);
  followApp(show);
  endWith(() => core.close());
}

function followApp(show: (link: Link | null) => void): void {
  app.on('second-instance', (...[, , , data]) => show(readLink((data as { link?: unknown } | null)?.link)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    show(readLink(url));
  });
  app.on('activate', () => show(null));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}

/** Lets the application end only when the core has closed, however often it is told to quit meanwhile. */
function endWith(close: () => Promise<void>): void {
  let closing: Promise<void> | null = null;
  app.on('will-quit', (event) => {
    event.preventDefault();
    closing ??= close().finally(() => app.exit(0));
  });
}

prepare();
