import { EventEmitter } from 'node:events';
import { makeStrict, strict } from '../not-emulated.mjs';

const WEB_REQUEST_EVENTS = [
  'onBeforeRequest',
  'onBeforeSendHeaders',
  'onSendHeaders',
  'onHeadersReceived',
  'onResponseStarted',
  'onBeforeRedirect',
  'onCompleted',
  'onErrorOccurred',
];

/** Electron's `session`. Policies are recorded, not enforced: no page asks for permission in headless Chromium. */
export function createSession({ desktop, protocol, fetch }) {
  const { recorded } = desktop;
  const listenTo = (event) => (filter, listener) =>
    void recorded.webRequests.push(
      typeof filter === 'function' ? { event, listener: filter } : { event, filter, listener },
    );
  const record = (name) => (handler) => void (recorded.permissionHandlers[name] = handler);

  class Session extends EventEmitter {
    protocol = protocol;
    storagePath = null;
    availableSpellCheckerLanguages = ['en-GB'];
    webRequest = strict(
      'webRequest',
      Object.fromEntries(WEB_REQUEST_EVENTS.map((event) => [event, listenTo(event)])),
    );
    setPermissionRequestHandler = record('request');
    setPermissionCheckHandler = record('check');
    setDevicePermissionHandler = record('device');
    setDisplayMediaRequestHandler = record('displayMedia');
    setCertificateVerifyProc = record('certificate');
    fetch = fetch;

    isPersistent() {
      return true;
    }
    async resolveProxy(url) {
      recorded.proxyQuestions.push(url);
      return process.env['RUSHES_DOUBLE_PROXY'] ?? 'DIRECT';
    }
    getUserAgent() {
      return 'double';
    }
    getPreloadScripts() {
      return [];
    }
  }
  for (const quiet of [
    'setSpellCheckerEnabled',
    'setSpellCheckerLanguages',
    'setUserAgent',
    'flushStorageData',
    'setDownloadPath',
  ]) {
    Session.prototype[quiet] = function ignored() {};
  }
  for (const quiet of [
    'clearCache',
    'clearStorageData',
    'clearData',
    'clearHostResolverCache',
    'setProxy',
    'closeAllConnections',
  ]) {
    Session.prototype[quiet] = async function ignored() {};
  }
  makeStrict(Session);

  const defaultSession = new Session();
  return strict('session', { defaultSession, fromPartition: () => defaultSession });
}
