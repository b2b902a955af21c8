/**
 * What the parts of the double share: the open windows, the custom schemes, the browser once it runs, and `recorded`,
 * what the app has asked of a system that is not there. Tests read it as `electron.double.recorded`.
 */
export function createDesktop() {
  let lastId = 0;
  return {
    launch: null,
    browser: null,
    windows: new Map(),
    schemes: new Map(),
    nextId: () => ++lastId,
    recorded: {
      opened: [],
      notifications: [],
      dialogs: [],
      poppedUp: [],
      permissionHandlers: {},
      webRequests: [],
      proxyQuestions: [],
      traySet: [],
    },
  };
}
