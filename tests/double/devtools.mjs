import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { createInterface } from 'node:readline';

const CLOSE_WAIT_MS = 2_000;

// Quiet, offline and unhurried; no sandbox because containers seldom allow one, and no zygote because it needs one.
const FLAGS = [
  '--remote-debugging-pipe',
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-breakpad',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-back-forward-cache',
  '--disable-popup-blocking',
  '--enable-blink-features=MessagePortCloseEvent', // as Electron has it; Chromium alone does not
  '--autoplay-policy=no-user-gesture-required',
  '--hide-scrollbars',
  '--mute-audio',
  '--password-store=basic',
];

/**
 * Starts Chromium and speaks the DevTools protocol with it over a pipe.
 *
 * Chromium ends when the pipe does, so it never outlives this process, not even after SIGKILL. With `listen` it also
 * opens the port through which Playwright connects, and the line that names it is passed on to stderr.
 */
export async function startChromium({ executable, env, userDataDir, listen, flags }) {
  const child = spawn(
    executable,
    [...FLAGS, `--user-data-dir=${userDataDir}`, ...(listen ? ['--remote-debugging-port=0'] : []), ...flags],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } },
  );
  const [, , stderr, input, output] = child.stdio;
  const exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  const failed = new Promise((_, reject) => {
    child.once('error', reject);
    void exited.then(({ code, signal }) => reject(new Error(`Chromium ended early (${signal ?? code})`)));
  });
  failed.catch(() => {}); // only the start below cares
  const listening = watchStderr(stderr);
  const protocol = createProtocol(input, output);
  await Promise.race([
    failed,
    Promise.all([listen ? listening : null, protocol.send('Target.setDiscoverTargets', { discover: true })]),
  ]);
  const { product } = await protocol.send('Browser.getVersion');

  return {
    version: product.split('/')[1],
    events: protocol.events,
    send: protocol.send,
    attach: protocol.attach,
    exited,
    kill: () => child.kill('SIGKILL'),
    /** Ends Chromium and waits until it has let go of its profile folder. */
    async close() {
      input.end();
      const impatience = setTimeout(() => child.kill('SIGKILL'), CLOSE_WAIT_MS);
      await exited;
      clearTimeout(impatience);
    },
  };
}

function watchStderr(stderr) {
  const verbose = Boolean(process.env.RUSHES_DOUBLE_LOG);
  return new Promise((resolve) => {
    createInterface({ input: stderr }).on('line', (line) => {
      if (line.startsWith('DevTools listening on ')) {
        process.stderr.write(`${line}\n`);
        resolve();
      } else if (verbose) process.stderr.write(`chromium: ${line}\n`);
    });
  });
}

/** The DevTools protocol over a pipe: JSON messages, each ended by a zero byte. */
function createProtocol(input, output) {
  const pending = new Map();
  const sessions = new Map();
  const events = new EventEmitter();
  let lastId = 0;
  let rest = '';

  const send = (method, params = {}, sessionId) =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      pending.set(id, { method, resolve, reject });
      input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });

  const receive = (message) => {
    if (message.id === undefined) {
      const target = message.sessionId ? sessions.get(message.sessionId) : events;
      target?.emit(message.method, message.params);
      return;
    }
    const { method, resolve, reject } = pending.get(message.id);
    pending.delete(message.id);
    if (message.error) reject(new Error(`${method}: ${message.error.message}`));
    else resolve(message.result);
  };

  output.setEncoding('utf8');
  output.on('data', (chunk) => {
    const parts = (rest + chunk).split('\0');
    rest = parts.pop();
    for (const part of parts) receive(JSON.parse(part));
  });
  output.on('close', () => {
    for (const { method, reject } of pending.values()) reject(new Error(`${method}: Chromium is gone`));
    pending.clear();
  });
  input.on('error', () => {}); // 'close' above has told everyone

  return {
    send,
    events,
    /** Opens a session with one page: an emitter of its events, and `send`. */
    attach: async (targetId) => {
      const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
      const session = new EventEmitter();
      session.send = (method, params) => send(method, params, sessionId);
      sessions.set(sessionId, session);
      return session;
    },
  };
}
