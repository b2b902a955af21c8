// What `import 'electron'` gives in a utility process: next to nothing, as in Electron.

/** Requests go out by Node's own fetch. */
export const net = { fetch: globalThis.fetch, isOnline: () => true };

// oxlint-disable-next-line import/no-default-export -- as `electron` itself
export default { net };
