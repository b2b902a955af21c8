// A fault server as a process of its own, for a network of its own: arguments are the address to be reached at, the
// number of bytes of the file, and bytes a second. It says its port and then, a line each, every request.
import { createServer, connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { seededBody } from '../fault-body.ts';
import { startFaultServer } from '../fault-server.ts';

const [address = '', sizeBytes = '', bytesPerSecond = ''] = process.argv.slice(2);
const body = seededBody(Number(sizeBytes), 1);
const server = await startFaultServer(({ range }) => {
  process.stdout.write(`${JSON.stringify({ range })}\n`);
  return { body, etag: '"v1"', bytesPerSecond: Number(bytesPerSecond) };
});
// The fault server listens on loopback only; this passes on what comes from outside.
const relay = createServer((outer) => {
  const inner = connect(server.port, '127.0.0.1');
  outer.pipe(inner).pipe(outer);
  for (const socket of [outer, inner]) socket.on('error', () => undefined);
});
relay.listen(0, address, () => {
  process.stdout.write(`${JSON.stringify({ port: (relay.address() as AddressInfo).port })}\n`);
});
process.stdin.on('end', () => process.exit(0)).resume();
