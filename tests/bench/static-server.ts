// A process of its own that serves seeded bytes as fast as Node can: whole buffers of memory to raw sockets, no file
// and no stream in between. Arguments: MiB, the address to listen on, then PEM files of a key and a
// certificate for TLS. Prints its port.
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

const [mebibytes = '1', host, keyFile, certificateFile] = process.argv.slice(2);
const mebibyte = 1024 * 1024;
const size = Number(mebibytes) * mebibyte;
const stepBytes = 4 * mebibyte;
// One block again and again, each time begun elsewhere, so that a piece in a wrong place shows.
const block = Buffer.alloc(stepBytes * 2);
for (let at = 0, state = 1; at < block.byteLength; at += 4) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  block.writeUInt32LE(state, at);
}

/** At most a step of the body from `at` on. */
function slice(at: number, end: number): Buffer {
  const step = Math.floor(at / stepBytes);
  const shift = (step * 4099) % stepBytes;
  const offset = at - step * stepBytes;
  return block.subarray(shift + offset, shift + Math.min(stepBytes, offset + (end - at)));
}

function answer(socket: Socket, head: string, done: () => void): void {
  const range = /\r\nrange: bytes=(\d+)-(\d*)/i.exec(head);
  const start = Number(range?.[1] ?? 0);
  const end = range?.[2] ? Math.min(size, Number(range[2]) + 1) : size;
  const lines = [
    range ? 'HTTP/1.1 206 Partial Content' : 'HTTP/1.1 200 OK',
    'Content-Type: video/mp4',
    'ETag: "bench"',
    'Accept-Ranges: bytes',
    `Content-Length: ${end - start}`,
    ...(range ? [`Content-Range: bytes ${start}-${end - 1}/${size}`] : []),
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  if (head.startsWith('HEAD')) return done();
  let at = start;
  const send = (): void => {
    while (at < end) {
      const bytes = slice(at, end);
      at += bytes.byteLength;
      if (!socket.write(bytes) && at < end) return void socket.once('drain', send);
    }
    done();
  };
  send();
}

function serve(socket: Socket): void {
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  let pending = '';
  let busy = false;
  const next = (): void => {
    const end = pending.indexOf('\r\n\r\n');
    if (busy || end < 0) return;
    const head = pending.slice(0, end);
    pending = pending.slice(end + 4);
    busy = true;
    answer(socket, head, () => {
      busy = false;
      next();
    });
  };
  socket.on('data', (data) => {
    pending += data.toString('latin1');
    next();
  });
}

const server =
  keyFile && certificateFile
    ? createTlsServer({ key: readFileSync(keyFile), cert: readFileSync(certificateFile) }, serve)
    : createServer(serve);
server.listen(0, host, () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
