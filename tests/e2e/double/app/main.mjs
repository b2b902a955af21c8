// A small Electron app that uses what the project's shell uses, so that the double can be proved on its own.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  ipcMain,
  MessageChannelMain,
  protocol,
  session,
  shell,
  utilityProcess,
} from 'electron';
import Store from 'electron-store';

const here = import.meta.dirname;
const seen = { portsClosed: 0, navigations: [], secondInstances: [], ranges: [], methods: [] };
globalThis.seen = seen; // for the spec, which looks in by `evaluate`

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  { scheme: 'proof-media', privileges: { standard: true, stream: true, supportFetchAPI: true } },
]);

async function serveFile(name, type, request) {
  const bytes = await readFile(name);
  const headers = { 'content-type': type, 'accept-ranges': 'bytes' };
  if (request.method === 'HEAD')
    return new Response(null, { headers: { ...headers, 'content-length': `${bytes.length}` } });
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '') ?? [];
  if (from === undefined) return new Response(bytes, { headers });
  const end = to ? Number(to) : bytes.length - 1;
  return new Response(bytes.subarray(Number(from), end + 1), {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${from}-${end}/${bytes.length}` },
  });
}

function openWindow(core) {
  const window = new BrowserWindow({
    width: 900,
    height: 600,
    webPreferences: { preload: join(here, 'preload.cjs'), sandbox: true, contextIsolation: true },
  });
  window.webContents.setWindowOpenHandler(({ url }) => {
    void shell.openExternal(url);
    return { action: 'deny' };
  });
  window.webContents.on('will-navigate', (event) => {
    seen.navigations.push(event.url);
    event.preventDefault();
  });
  window.webContents.on('did-finish-load', () => {
    const { port1, port2 } = new MessageChannelMain();
    core.postMessage({ kind: 'window' }, [port1]);
    window.webContents.postMessage('core-port', null, [port2]);
  });
  return window.loadURL('app://proof/index.html');
}

if (!app.requestSingleInstanceLock({ from: 'proof' })) app.quit();
else {
  app.on('second-instance', (...[, argv, cwd, data]) => seen.secondInstances.push({ argv, cwd, data }));
  void app.whenReady().then(async () => {
    session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
    const store = new Store({ name: 'proof' });
    store.set('windows', 1);
    protocol.handle('app', (request) => serveFile(join(here, 'index.html'), 'text/html', request));
    protocol.handle('proof-media', (request) => {
      seen.methods.push(request.method);
      seen.ranges.push(request.headers.get('range'));
      return serveFile(join(app.getPath('userData'), 'clip.mp4'), 'video/mp4', request);
    });
    ipcMain.handle('sum', (event, ...numbers) => {
      if (numbers.length === 0) throw new RangeError('nothing to add');
      return { sum: numbers.reduce((a, b) => a + b), from: event.senderFrame.origin, at: new Date(0) };
    });
    const core = utilityProcess.fork(join(here, 'core.mjs'), ['--core'], { serviceName: 'core' });
    globalThis.corePid = () => core.pid;
    core.on('message', (message) => {
      if (message === 'port closed') seen.portsClosed++;
    });
    core.on('exit', () => (seen.coreEnded = true));
    globalThis.killCore = () => core.kill();
    await openWindow(core);
  });
  app.on('window-all-closed', () => app.quit());
}
