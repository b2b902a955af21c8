import { createServer } from 'node:net';

/** A port that is asked for first, so that an address stays the same from start to start; 0, any, when it is taken. */
export function usualPort(port: number): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(0));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(port)));
  });
}
