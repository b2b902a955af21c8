// The scripts that every document of a window gets: one in the page's own world, one in an isolated world where the
// preload script runs. Both functions are sent to the page as text, so they use nothing outside themselves.
//
// The worlds talk by DOM events that carry strings, so no object is shared: what contextBridge promises. The events'
// names hold a secret, so that the page cannot speak for the preload script.

const createWorldLink = (createStructuredJson, { own, other }) => {
  const exported = new Map();
  const promised = new Map();
  let lastId = 0;
  let reply = null;

  const send = (kind, body) =>
    document.dispatchEvent(new CustomEvent(other, { detail: JSON.stringify({ kind, body }) }));

  const callRemote = (id, args) => {
    const call = ++lastId;
    reply = null;
    send('call', { id, call, args: json.toText(args) }); // the other world replies before this returns
    const answer = reply;
    if (answer?.call !== call) throw new Error('contextBridge: the other world did not answer');
    if (answer.outcome === 'promise') {
      return new Promise((resolve, reject) => promised.set(call, { resolve, reject }));
    }
    const value = json.fromText(answer.text);
    if (answer.outcome === 'throw') throw value;
    return value;
  };
  const json = createStructuredJson({
    exportFunction: (fn) => {
      exported.set(++lastId, fn);
      return lastId;
    },
    importFunction:
      (id) =>
      (...args) =>
        callRemote(id, args),
  });

  const freeze = (value) => {
    if (value !== null && typeof value === 'object' && !ArrayBuffer.isView(value)) {
      Object.values(value).forEach(freeze);
      Object.freeze(value);
    }
    return value;
  };
  const settle = (call, ok) => (value) => send('settle', { call, ok, text: json.toText(value) });
  const accept = {
    call({ id, call, args }) {
      let outcome = 'value';
      let text = '';
      try {
        const result = exported.get(id)(...json.fromText(args));
        if (typeof result?.then === 'function') {
          outcome = 'promise';
          result.then(settle(call, true), settle(call, false));
        } else text = json.toText(result);
      } catch (error) {
        outcome = 'throw';
        text = json.toText(error);
      }
      send('reply', { call, outcome, text });
    },
    reply(answer) {
      reply = answer;
    },
    settle({ call, ok, text }) {
      const waiting = promised.get(call);
      promised.delete(call);
      if (ok) waiting?.resolve(json.fromText(text));
      else waiting?.reject(json.fromText(text));
    },
    expose({ name, api }) {
      Object.defineProperty(window, name, { value: freeze(json.fromText(api)), enumerable: true });
    },
  };
  document.addEventListener(own, ({ detail }) => {
    const { kind, body } = JSON.parse(detail);
    accept[kind](body);
  });
  return { expose: (name, api) => send('expose', { name, api: json.toText(api) }) };
};

/** The page's own world: Chromium's `fetch` refuses schemes it does not know, so they go by their http disguise. */
const disguiseFetch = (schemes) => {
  const chromiumFetch = window.fetch.bind(window);
  window.fetch = (resource, options) => {
    const text = typeof resource === 'string' || resource instanceof URL ? String(resource) : null;
    const [, scheme, host, rest] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(text ?? '') ?? [];
    return scheme && schemes.includes(scheme.toLowerCase())
      ? chromiumFetch(`http://${host || 'host'}.${scheme}.localhost${rest || '/'}`, options)
      : chromiumFetch(resource, options);
  };
};

/** The isolated world: ipcRenderer, contextBridge and the other modules a sandboxed preload script may require. */
const runPreload = ({ createStructuredJson, link, preload, environment }) => {
  const json = createStructuredJson();
  const listeners = new Map();
  const invocations = new Map();
  const ports = new Map();
  let lastId = 0;
  const post = (message) => globalThis.doubleSend(json.toText(message));
  const absent = (name) => {
    throw new Error(`double: ${name} is not emulated`);
  };

  const adoptPort = (id, port) => {
    ports.set(id, port);
    port.addEventListener('message', ({ data }) => post({ kind: 'port-message', id, data }));
    port.addEventListener('close', () => {
      if (ports.delete(id)) post({ kind: 'port-close', id });
    });
    port.start();
  };
  const receivePort = (id) => {
    const { port1, port2 } = new MessageChannel();
    adoptPort(id, port1);
    return port2;
  };

  const listenersOf = (channel) => listeners.get(channel) ?? [];
  const ipcRenderer = {
    on(channel, listener) {
      listeners.set(channel, [...listenersOf(channel), listener]);
      return ipcRenderer;
    },
    once(channel, listener) {
      const wrapped = (...args) => {
        ipcRenderer.off(channel, wrapped);
        listener(...args);
      };
      wrapped.listener = listener;
      return ipcRenderer.on(channel, wrapped);
    },
    off(channel, listener) {
      const kept = listenersOf(channel).filter((each) => each !== listener && each.listener !== listener);
      listeners.set(channel, kept);
      return ipcRenderer;
    },
    addListener: (channel, listener) => ipcRenderer.on(channel, listener),
    removeListener: (channel, listener) => ipcRenderer.off(channel, listener),
    removeAllListeners(channel) {
      if (channel === undefined) listeners.clear();
      else listeners.delete(channel);
      return ipcRenderer;
    },
    send: (channel, ...args) => post({ kind: 'send', channel, args, ports: [] }),
    invoke: (channel, ...args) =>
      new Promise((resolve, reject) => {
        invocations.set(++lastId, { resolve, reject });
        post({ kind: 'invoke', id: lastId, channel, args });
      }),
    postMessage(channel, message, transfer = []) {
      const named = transfer.map((port) => [`page${++lastId}-${Math.random()}`, port]);
      post({ kind: 'send', channel, args: [message], ports: named.map(([id]) => id) });
      for (const [id, port] of named) adoptPort(id, port);
    },
    sendSync: () => absent('ipcRenderer.sendSync'),
    sendToHost: () => absent('ipcRenderer.sendToHost'),
  };

  const accept = {
    result({ id, channel, ok, value }) {
      const { resolve, reject } = invocations.get(id);
      invocations.delete(id);
      if (ok) resolve(value);
      else reject(new Error(`Error invoking remote method '${channel}': ${value.name}: ${value.message}`));
    },
    'port-message': ({ id, data }) => ports.get(id)?.postMessage(data),
    'port-close'({ id }) {
      const port = ports.get(id);
      ports.delete(id);
      port?.close();
    },
    send(message) {
      const event = { sender: ipcRenderer, senderId: 0, ports: message.ports.map(receivePort) };
      for (const listener of listenersOf(message.channel)) listener(event, ...message.args);
    },
  };
  globalThis.doubleReceive = (text) => {
    const message = json.fromText(text);
    accept[message.kind](message);
  };

  const electron = {
    ipcRenderer,
    contextBridge: {
      exposeInMainWorld: link.expose,
      exposeInIsolatedWorld: () => absent('contextBridge.exposeInIsolatedWorld'),
      executeInMainWorld: () => absent('contextBridge.executeInMainWorld'),
    },
    webFrame: { setZoomFactor() {}, getZoomFactor: () => 1, setZoomLevel() {}, getZoomLevel: () => 0 },
    webUtils: { getPathForFile: () => absent('webUtils.getPathForFile') },
    crashReporter: { addExtraParameter() {} },
  };
  const require = (id) => {
    if (/^electron(\/|$)/.test(id)) return electron;
    if (/^(node:)?events$|^(node:)?timers$|^(node:)?url$/.test(id))
      return absent(`require('${id}') in a preload`);
    throw new Error(`module not found: ${id}`);
  };
  const process = { type: 'renderer', env: {}, contextIsolated: true, sandboxed: true, ...environment };
  const module = { exports: {} };
  preload(module.exports, require, module, process);
};

/**
 * Writes the two scripts of a window.
 *
 * `environment` becomes the preload script's `process`; `fetchSchemes` are the custom schemes that `fetch` may reach.
 */
export function writeWorldScripts({ codec, preloadSource, environment, secret, fetchSchemes }) {
  const names = { page: `double-page-${secret}`, preload: `double-preload-${secret}` };
  const link = (own, other) =>
    `(${String(createWorldLink)})(${codec}, ${JSON.stringify({ own: names[own], other: names[other] })})`;
  // Preload scripts run in the top frame only, as without nodeIntegrationInSubFrames.
  const inTopFrame = (code) => `if (window === window.top) { ${code} }`;
  return {
    page: inTopFrame(
      `${link('page', 'preload')}; (${String(disguiseFetch)})(${JSON.stringify(fetchSchemes)});`,
    ),
    preload: inTopFrame(`(${String(runPreload)})({
      createStructuredJson: ${codec},
      link: ${link('preload', 'page')},
      environment: ${JSON.stringify(environment)},
      preload: (exports, require, module, process) => { ${preloadSource}
      },
    });`),
  };
}
