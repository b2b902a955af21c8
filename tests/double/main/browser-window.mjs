import { EventEmitter } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createEvent, ignoreCalls, makeStrict } from '../not-emulated.mjs';

const DEFAULT_SIZE = { width: 800, height: 600 };

/** What a window remembers and tells, without anything being drawn. Each setter emits what Electron's does. */
const STATES = [
  ['maximize', 'isMaximized', 'maximized', true],
  ['unmaximize', 'isMaximized', 'maximized', false],
  ['minimize', 'isMinimized', 'minimized', true],
  ['restore', 'isMinimized', 'minimized', false],
  ['show', 'isVisible', 'visible', true],
  ['hide', 'isVisible', 'visible', false],
  ['focus', 'isFocused', 'focused', true],
  ['blur', 'isFocused', 'focused', false],
];
const IGNORED = [
  'center',
  'flashFrame',
  'moveTop',
  'removeMenu',
  'setAlwaysOnTop',
  'setAutoHideMenuBar',
  'setBackgroundColor',
  'setBackgroundMaterial',
  'setContentProtection',
  'setDocumentEdited',
  'setIcon',
  'setMaximumSize',
  'setMenu',
  'setMenuBarVisibility',
  'setMinimizable',
  'setMinimumSize',
  'setOpacity',
  'setOverlayIcon',
  'setProgressBar',
  'setRepresentedFilename',
  'setResizable',
  'setSkipTaskbar',
  'setThumbarButtons',
  'setTitleBarOverlay',
  'setVibrancy',
  'setWindowButtonVisibility',
];

/** Electron's `BrowserWindow`: a Chromium page with the memory of a window around it. */
export function createBrowserWindowClass({ desktop, app, WebContents, onClosed }) {
  class BrowserWindow extends EventEmitter {
    id = desktop.nextId();
    doubleState = { visible: true, focused: true, maximized: false, minimized: false };
    #options;
    #bounds;
    #title;
    #fullScreen = false;

    constructor(options = {}) {
      super();
      if (!desktop.browser) throw new Error('Cannot create BrowserWindow before app is ready');
      this.#options = options;
      this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, ...DEFAULT_SIZE };
      for (const side of ['width', 'height']) this.#bounds[side] = options[side] ?? this.#bounds[side];
      this.#title = options.title ?? app.getName();
      this.doubleState.visible = options.show !== false;
      this.webContents = new WebContents(this, options.webPreferences ?? {});
      desktop.windows.set(this.id, this);
      app.emit('browser-window-created', createEvent(), this);
      app.emit('web-contents-created', createEvent(), this.webContents);
    }

    loadURL(url) {
      return this.webContents.loadURL(url);
    }
    loadFile(file, { hash, search, query } = {}) {
      const url = pathToFileURL(resolve(app.getAppPath(), file));
      if (hash) url.hash = hash;
      if (search ?? query) url.search = search ?? new URLSearchParams(query).toString();
      return this.loadURL(url.href);
    }
    reload() {
      this.webContents.reload();
    }
    capturePage() {
      return this.webContents.capturePage();
    }
    close() {
      const event = createEvent();
      this.emit('close', event);
      if (!event.defaultPrevented) this.destroy();
    }
    destroy() {
      if (!desktop.windows.delete(this.id)) return;
      this.webContents.doubleDestroy();
      this.emit('closed');
      onClosed();
    }
    isDestroyed() {
      return !desktop.windows.has(this.id);
    }
    showInactive() {
      this.show();
    }

    getTitle() {
      return this.#title;
    }
    setTitle(title) {
      this.#title = title;
    }
    /** The double's own: the document has changed its title. */
    doubleTitleChanged(title) {
      if (title === this.#title) return;
      const event = createEvent();
      this.emit('page-title-updated', event, title, true);
      if (!event.defaultPrevented) this.#title = title;
    }
    isFullScreen() {
      return this.#fullScreen;
    }
    setFullScreen(on) {
      this.#fullScreen = on;
      this.emit(on ? 'enter-full-screen' : 'leave-full-screen');
    }
    isAlwaysOnTop() {
      return false;
    }
    isResizable() {
      return this.#options.resizable ?? true;
    }
    isModal() {
      return this.#options.modal ?? false;
    }
    getParentWindow() {
      return this.#options.parent ?? null;
    }
    getChildWindows() {
      return BrowserWindow.getAllWindows().filter((window) => window.getParentWindow() === this);
    }
    getMediaSourceId() {
      return `window:${this.id}:0`;
    }

    getBounds() {
      return { ...this.#bounds };
    }
    getNormalBounds() {
      return this.getBounds();
    }
    getContentBounds() {
      return this.getBounds();
    }
    getSize() {
      return [this.#bounds.width, this.#bounds.height];
    }
    getContentSize() {
      return this.getSize();
    }
    getPosition() {
      return [this.#bounds.x, this.#bounds.y];
    }
    setBounds(bounds) {
      Object.assign(this.#bounds, bounds);
      const { width, height } = this.#bounds;
      void resizeTarget(this.webContents, { width, height }).catch(() => {}); // it may be closing
      if ('width' in bounds || 'height' in bounds) this.emit('resize');
      if ('x' in bounds || 'y' in bounds) this.emit('move');
    }
    setContentBounds(bounds) {
      this.setBounds(bounds);
    }
    setSize(width, height) {
      this.setBounds({ width, height });
    }
    setContentSize(width, height) {
      this.setBounds({ width, height });
    }
    setPosition(x, y) {
      this.setBounds({ x, y });
    }

    static getAllWindows() {
      return [...desktop.windows.values()];
    }
    static getFocusedWindow() {
      return BrowserWindow.getAllWindows().findLast((window) => window.isFocused()) ?? null;
    }
    static fromWebContents(contents) {
      return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
    }
    static fromId(id) {
      return desktop.windows.get(id) ?? null;
    }
  }

  async function resizeTarget(contents, size) {
    const { windowId } = await contents.doubleSend('Browser.getWindowForTarget', {});
    await contents.doubleSend('Browser.setWindowBounds', { windowId, bounds: size });
  }

  for (const [setter, getter, state, value] of STATES) {
    BrowserWindow.prototype[setter] = function setState() {
      this.doubleState[state] = value;
      this.emit(setter);
    };
    BrowserWindow.prototype[getter] = function getState() {
      return this.doubleState[state];
    };
  }
  ignoreCalls(BrowserWindow, IGNORED);
  makeStrict(BrowserWindow);
  return BrowserWindow;
}

/** Passes on what Chromium says about its pages: titles, closed ones, and ones that a page has opened. */
export function followTargets(desktop) {
  const windowOf = (targetId) =>
    [...desktop.windows.values()].find((window) => window.webContents.doubleTargetId === targetId);
  const { events } = desktop.browser;
  events.on('Target.targetInfoChanged', ({ targetInfo }) => {
    const { targetId, title, url } = targetInfo;
    if (title && title !== url && !url.endsWith(title)) windowOf(targetId)?.doubleTitleChanged(title);
  });
  events.on('Target.targetDestroyed', ({ targetId }) => windowOf(targetId)?.destroy());
  events.on('Target.targetCreated', ({ targetInfo }) => {
    const opener = targetInfo.openerId && windowOf(targetInfo.openerId);
    if (opener) opener.webContents.doublePopupCreated(targetInfo.targetId);
  });
}
