import { EventEmitter } from 'node:events';
import { makeStrict } from '../not-emulated.mjs';

const TOGGLING = new Set(['checkbox', 'radio']);

/** Electron's `Menu`, `MenuItem` and `Tray`: nothing is drawn, but every item can be found and clicked. */
export function createMenus({ desktop, app, focusedWindow }) {
  const roles = {
    quit: () => void app.quit(),
    close: () => focusedWindow()?.close(),
    minimize: () => focusedWindow()?.minimize(),
    reload: () => focusedWindow()?.reload(),
    forceReload: () => focusedWindow()?.reload(),
    togglefullscreen: () => focusedWindow()?.setFullScreen(!focusedWindow().isFullScreen()),
  };

  // oxlint-disable-next-line typescript/no-extraneous-class -- Electron's API is this class
  class MenuItem {
    constructor(options) {
      const { role, submenu, click, label = role ?? '', type } = options;
      Object.assign(this, { enabled: true, visible: true, checked: false }, options, { label });
      this.id = options.id;
      this.type = type ?? (submenu ? 'submenu' : 'normal');
      if (submenu) this.submenu = submenu instanceof Menu ? submenu : Menu.buildFromTemplate(submenu);
      this.click = () => {
        if (!this.enabled) return;
        if (TOGGLING.has(this.type)) this.checked = this.type === 'radio' || !this.checked;
        const window = focusedWindow();
        if (click) click(this, window ?? undefined, { triggeredByAccelerator: false });
        else roles[role]?.();
      };
    }
  }

  let applicationMenu = null;
  class Menu extends EventEmitter {
    items = [];
    static buildFromTemplate(template) {
      const menu = new Menu();
      menu.items = template.map((item) => (item instanceof MenuItem ? item : new MenuItem(item)));
      return menu;
    }
    static setApplicationMenu(menu) {
      applicationMenu = menu;
      app.applicationMenu = menu;
    }
    static getApplicationMenu() {
      return applicationMenu;
    }
    append(item) {
      this.items.push(item);
    }
    insert(position, item) {
      this.items.splice(position, 0, item);
    }
    popup({ callback } = {}) {
      desktop.recorded.poppedUp.push(this);
      this.emit('menu-will-show');
      callback?.();
    }
    closePopup() {
      this.emit('menu-will-close');
    }
    getMenuItemById(id) {
      for (const item of this.items) {
        const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
        if (found) return found;
      }
      return null;
    }
  }
  makeStrict(Menu);

  class Tray extends EventEmitter {
    #destroyed = false;
    constructor(image) {
      super();
      this.image = image;
      this.menu = null;
      this.toolTip = '';
      desktop.recorded.traySet.push(this);
    }
    setImage(image) {
      this.image = image;
    }
    setToolTip(text) {
      this.toolTip = text;
    }
    setTitle(text) {
      this.title = text;
    }
    setContextMenu(menu) {
      this.menu = menu;
    }
    getBounds() {
      return { x: 0, y: 0, width: 16, height: 16 };
    }
    popUpContextMenu(menu = this.menu) {
      menu?.popup();
    }
    destroy() {
      this.#destroyed = true;
    }
    isDestroyed() {
      return this.#destroyed;
    }
  }
  makeStrict(Tray);
  return { Menu, MenuItem, Tray };
}
