import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createTransferThread, type Told } from '../../../../electron/core/http/fast/transfer-thread.ts';
import { transferWorkerUrl } from '../../../support/fault-rig.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

it('does not take what is left over on a kept connection for the next answer', async () => {
  const sockets = new Set<Socket>();
  let requests = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', () => {
      const number = ++requests;
      const answer = `HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nbody${number}`;
      // The second request meets the rest of what the server had to say to the first.
      socket.write(number === 2 ? 'left over, and no answer\r\n\r\n' : answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const dir = mkdtempSync(join(tmpdir(), 'rushes-junk-'));
  const file = openSync(join(dir, 'saved'), 'wx+');
  const deps = { workerUrl: transferWorkerUrl, log: quiet, now: () => performance.now() };
  const thread = createTransferThread(deps);
  const { port } = server.address() as AddressInfo;
  const policy = { insecureHttp: true, allowPrivate: true };
  const target = { host: '127.0.0.1', port, secure: false, policy, trustGeneration: 0 };
  const text = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n';
  const wanted = { target, text, connectTimeoutMs: 5000, headTimeoutMs: 5000, idleTimeoutMs: 5000 };
  const saveOne = async (start: number): Promise<Told> => {
    const { promise, resolve } = Promise.withResolvers<Told>();
    const call = thread.begin(wanted, (told) => {
      if (told.kind === 'head') call.send({ kind: 'save', file, start, end: start + 5, runBytes: 5 });
      else if (told.kind !== 'wrote') resolve(told);
    });
    return promise;
  };
  try {
    expect(await saveOne(0)).toMatchObject({ kind: 'ended', at: 5, fault: null });
    expect(await saveOne(5)).toMatchObject({ kind: 'ended', at: 10, fault: null });
    expect(readFileSync(join(dir, 'saved'), 'latin1')).toBe('body1body3');
    expect(sockets.size).toBe(2);
  } finally {
    await thread.close();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    closeSync(file);
    rmSync(dir, { recursive: true });
  }
});
