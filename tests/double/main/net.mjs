import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { strict } from '../not-emulated.mjs';

/** Electron's `net`: files and custom schemes from here, everything else by Node's fetch. */
export function createNet(desktop) {
  return strict('net', {
    online: true,
    isOnline: () => true,
    async fetch(input, options) {
      const request = input instanceof Request ? input : new Request(input, options);
      const { protocol } = new URL(request.url);
      if (protocol === 'file:') return new Response(await readFile(fileURLToPath(request.url)));
      const handler = desktop.schemes.get(protocol.slice(0, -1));
      return handler ? handler(request) : fetch(request);
    },
  });
}
