import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { createEvent, ignoreCalls, makeStrict } from '../not-emulated.mjs';
import { writeWorldScripts } from '../page/worlds.mjs';
import { createStructuredJson } from '../structured-json.mjs';
import { IpcMain } from './ipc-main.mjs';
import { createNavigation } from './navigation.mjs';
import { capturePage, evaluateInPage, printToPdf, styleSheetCode } from './page-content.mjs';
import { createPageLink } from './page-link.mjs';

const WORLD = 'Electron Isolated Context';
const BINDING = 'doubleSend';

/** The class behind `BrowserWindow.webContents`. */
export function createWebContentsClass({ desktop, ipcMain, session, schemeAccess }) {
  class WebContents extends EventEmitter {
    id = desktop.nextId();
    ipc = new IpcMain();
    session = session.defaultSession;
    debugger = undefined;
    hostWebContents = null;
    #window;
    #preferences;
    #cdp = null;
    #world = null;
    #link;
    #navigation;
    #windowOpenHandler = () => ({ action: 'allow' });
    #destroyed = false;
    #muted = false;
    #zoom = 1;
    #attached;
    #pendingPopups = new Set();

    constructor(window, preferences) {
      super();
      this.#window = window;
      this.#preferences = preferences;
      this.#link = createPageLink({
        contents: this,
        ipcMain,
        isOpen: () => this.#world !== null && !this.#destroyed,
        evaluate: (expression) => this.#cdp.send('Runtime.evaluate', { expression, contextId: this.#world }),
      });
      this.#navigation = createNavigation({ contents: this, window, desktop, schemeAccess });
      this.mainFrame = this.#navigation.mainFrame;
      this.#attached = this.#attach();
      this.#attached.catch((error) => {
        if (!this.#destroyed) console.error('double:', error);
      });
    }

    async #attach() {
      const { width, height } = this.#window.getBounds();
      const { targetId } = await desktop.browser.send('Target.createTarget', {
        url: 'about:blank',
        newWindow: true,
        width,
        height,
      });
      this.doubleTargetId = targetId;
      this.#cdp = await desktop.browser.attach(targetId);
      const { page, preload } = this.#writeScripts();
      const { frameTree } = await this.#cdp.send('Page.getFrameTree');
      this.#listen(frameTree.frame.id);
      await Promise.all([
        this.#navigation.attach(this.#cdp, frameTree.frame.id),
        this.#cdp.send('Page.enable'),
        this.#cdp.send('Runtime.enable'),
        this.#cdp.send('Inspector.enable'),
        this.#cdp.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD }),
        this.#cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: page }),
        this.#cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: preload, worldName: WORLD }),
      ]);
    }
    #writeScripts() {
      const { preload, additionalArguments = [] } = this.#preferences;
      return writeWorldScripts({
        codec: createStructuredJson.toString(),
        preloadSource: preload ? readFileSync(preload, 'utf8') : '',
        environment: {
          platform: process.platform,
          arch: process.arch,
          versions: process.versions,
          argv: [process.argv[0], ...additionalArguments],
        },
        secret: randomUUID(),
        fetchSchemes: schemeAccess.fetchSchemes(),
      });
    }

    #listen(mainFrameId) {
      const cdp = this.#cdp;
      cdp.on('Runtime.executionContextCreated', ({ context }) => {
        if (context.name === WORLD && context.auxData.frameId === mainFrameId) this.#world = context.id;
      });
      const worldGone = () => {
        this.#world = null;
        this.#link.documentGone();
      };
      cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
        if (executionContextId === this.#world) worldGone();
      });
      cdp.on('Runtime.executionContextsCleared', worldGone);
      cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
        if (name === BINDING && executionContextId === this.#world) this.#link.receive(payload);
      });
      cdp.on('Runtime.consoleAPICalled', ({ type, args }) => {
        const level = { warning: 'warning', error: 'error', debug: 'debug' }[type] ?? 'info';
        const message = args.map((arg) => arg.value ?? arg.description).join(' ');
        this.emit('console-message', createEvent({ level, message, frame: this.mainFrame }));
      });
      cdp.on('Page.windowOpen', ({ url, windowName, windowFeatures }) =>
        this.#answerWindowOpen({ url, frameName: windowName, features: windowFeatures.join(',') }),
      );
      cdp.on('Inspector.targetCrashed', () => {
        worldGone();
        this.emit('render-process-gone', createEvent(), { reason: 'crashed', exitCode: 1 });
      });
    }
    #answerWindowOpen(details) {
      const url = schemeAccess.reveal(details.url);
      const { action } = this.#windowOpenHandler({
        ...details,
        url,
        disposition: 'foreground-tab',
        referrer: { url: this.getURL(), policy: 'strict-origin-when-cross-origin' },
      });
      if (action !== 'deny') console.error(`double: a window opened by a page (${url}) is not emulated`);
    }

    /** The double's own: a custom scheme has come or gone. */
    doubleSchemesChanged() {
      return this.#navigation.schemesChanged();
    }
    /** The double's own: a page opened a window, which Chromium has made already. */
    doublePopupCreated(targetId) {
      if (this.#pendingPopups.has(targetId)) return;
      this.#pendingPopups.add(targetId);
      void desktop.browser.send('Target.closeTarget', { targetId }).catch(() => {});
    }
    /** The double's own: the window has closed. */
    doubleDestroy() {
      this.#destroyed = true;
      this.#link.documentGone();
      this.#attached
        .then(() => desktop.browser.send('Target.closeTarget', { targetId: this.doubleTargetId }))
        .catch(() => {}); // it closed itself
      this.emit('destroyed');
    }
    /** The double's own: a call of the DevTools protocol, as soon as the window is there. */
    async doubleSend(method, params) {
      await this.#attached;
      return this.#cdp.send(method, params);
    }

    send(channel, ...args) {
      this.#link.send(channel, args);
    }
    postMessage(channel, message, transfer = []) {
      this.#link.send(channel, [message], transfer);
    }
    async loadURL(url) {
      await this.#attached;
      return this.#navigation.load(url);
    }
    reload() {
      void this.#navigation.reload({ ignoreCache: false });
    }
    reloadIgnoringCache() {
      void this.#navigation.reload({ ignoreCache: true });
    }
    executeJavaScript(expression) {
      return evaluateInPage(this, expression);
    }
    async insertCSS(css) {
      await evaluateInPage(this, styleSheetCode(css));
      return String(desktop.nextId());
    }
    capturePage() {
      return capturePage(this);
    }
    printToPDF() {
      return printToPdf(this);
    }
    setWindowOpenHandler(handler) {
      this.#windowOpenHandler = handler;
    }
    close() {
      this.#window.close();
    }

    getURL() {
      return this.mainFrame.url;
    }
    getTitle() {
      return this.#window.getTitle();
    }
    getType() {
      return 'window';
    }
    getOSProcessId() {
      return process.pid;
    }
    getUserAgent() {
      return `double Chrome/${desktop.browser.version}`;
    }
    isDestroyed() {
      return this.#destroyed;
    }
    isCrashed() {
      return false;
    }
    isFocused() {
      return this.#window.isFocused();
    }
    isLoading() {
      return this.#navigation.isLoading();
    }
    isLoadingMainFrame() {
      return this.#navigation.isLoading();
    }
    isDevToolsOpened() {
      return false;
    }
    setAudioMuted(muted) {
      this.#muted = muted;
    }
    isAudioMuted() {
      return this.#muted;
    }
    setZoomFactor(factor) {
      this.#zoom = factor;
    }
    getZoomFactor() {
      return this.#zoom;
    }
    setZoomLevel(level) {
      this.#zoom = 1.2 ** level;
    }
    getZoomLevel() {
      return Math.log(this.#zoom) / Math.log(1.2);
    }
    startDrag(item) {
      desktop.recorded.dragged = item;
    }

    static getAllWebContents() {
      return [...desktop.windows.values()].map((window) => window.webContents);
    }
    static getFocusedWebContents() {
      return WebContents.getAllWebContents().at(-1) ?? null;
    }
    static fromId(id) {
      return WebContents.getAllWebContents().find((contents) => contents.id === id);
    }
    /** How Playwright gets from a page to its window. */
    static fromDevToolsTargetId(targetId) {
      return WebContents.getAllWebContents().find((contents) => contents.doubleTargetId === targetId);
    }
    static fromFrame(frame) {
      return WebContents.getAllWebContents().find((contents) => contents.mainFrame === frame);
    }
  }
  ignoreCalls(WebContents, [
    'openDevTools',
    'closeDevTools',
    'toggleDevTools',
    'setBackgroundThrottling',
    'setVisualZoomLevelLimits',
    'setIgnoreMenuShortcuts',
    'setUserAgent',
    'focus',
    'stop',
    'undo',
    'redo',
    'cut',
    'copy',
    'paste',
    'selectAll',
  ]);
  makeStrict(WebContents);
  WebContents.prototype.doubleTargetId = null;
  return WebContents;
}
