// The machine around the app, as quiet and constant as a test wants it: one display, mains power, a light theme.
import { EventEmitter } from 'node:events';
import { strict } from '../not-emulated.mjs';

const observable = (name, members) => {
  const emitter = new EventEmitter();
  return strict(name, Object.defineProperties(emitter, Object.getOwnPropertyDescriptors(members)));
};

/** Electron's `nativeTheme`; a change of `themeSource` is announced. */
export function createNativeTheme() {
  let source = 'system';
  const theme = observable('nativeTheme', {
    get themeSource() {
      return source;
    },
    set themeSource(value) {
      source = value;
      theme.emit('updated');
    },
    get shouldUseDarkColors() {
      return source === 'dark';
    },
    shouldUseHighContrastColors: false,
    shouldUseInvertedColorScheme: false,
    shouldUseDarkColorsForSystemIntegratedUI: false,
    inForcedColorsMode: false,
    prefersReducedTransparency: false,
  });
  return theme;
}

/** Electron's `screen`, with one display. */
export function createScreen() {
  const area = { x: 0, y: 0, width: 1920, height: 1040 };
  const bounds = { ...area, height: 1080 };
  const display = {
    id: 1,
    label: 'double',
    bounds,
    workArea: area,
    size: { width: bounds.width, height: bounds.height },
    workAreaSize: { width: area.width, height: area.height },
    scaleFactor: 1,
    rotation: 0,
    internal: true,
  };
  return observable('screen', {
    getPrimaryDisplay: () => display,
    getAllDisplays: () => [display],
    getDisplayMatching: () => display,
    getDisplayNearestPoint: () => display,
    getCursorScreenPoint: () => ({ x: 0, y: 0 }),
  });
}

/** Electron's `powerMonitor`. Tests emit its events themselves. */
export function createPowerMonitor() {
  return observable('powerMonitor', {
    onBatteryPower: false,
    isOnBatteryPower: () => false,
    getSystemIdleTime: () => 0,
    getSystemIdleState: () => 'active',
    getCurrentThermalState: () => 'nominal',
  });
}

/** Electron's `powerSaveBlocker`, which remembers what it blocks. */
export function createPowerSaveBlocker() {
  const started = new Map();
  let lastId = 0;
  return strict('powerSaveBlocker', {
    start(type) {
      started.set(++lastId, type);
      return lastId;
    },
    stop: (id) => started.delete(id),
    isStarted: (id) => started.has(id),
  });
}

/** Electron's `globalShortcut`, which remembers what it would call. */
export function createGlobalShortcut() {
  const shortcuts = new Map();
  return strict('globalShortcut', {
    register(accelerator, callback) {
      shortcuts.set(accelerator, callback);
      return true;
    },
    isRegistered: (accelerator) => shortcuts.has(accelerator),
    unregister: (accelerator) => void shortcuts.delete(accelerator),
    unregisterAll: () => shortcuts.clear(),
  });
}

/** Electron's `nativeImage`: images that remember where they come from and hold no pixels. */
export function createNativeImage() {
  const image = (source) => {
    const self = strict('NativeImage', {
      isEmpty: () => source === null,
      getSize: () => ({ width: 16, height: 16 }),
      resize: () => self,
      crop: () => self,
      setTemplateImage() {},
      toDataURL: () => 'data:image/png;base64,',
      toPNG: () => Buffer.alloc(0),
    });
    return self;
  };
  return strict('nativeImage', {
    createEmpty: () => image(null),
    createFromPath: image,
    createFromDataURL: image,
    createFromBuffer: image,
    createThumbnailFromPath: async (path) => image(path),
  });
}

/** Electron's `crashReporter`, which never has anything to report. */
export function createCrashReporter() {
  return strict('crashReporter', {
    start() {},
    getLastCrashReport: () => null,
    getUploadedReports: () => [],
    getUploadToServer: () => false,
    setUploadToServer() {},
    addExtraParameter() {},
    removeExtraParameter() {},
    getParameters: () => ({}),
  });
}

/** Electron's `systemPreferences`: the few that exist on every system. */
export function createSystemPreferences() {
  return observable('systemPreferences', {
    getAccentColor: () => '0078d4ff',
    getAnimationSettings: () => ({
      shouldRenderRichAnimation: true,
      scrollAnimationsEnabledBySystem: true,
      prefersReducedMotion: false,
    }),
    getMediaAccessStatus: () => 'granted',
    askForMediaAccess: async () => true,
  });
}
