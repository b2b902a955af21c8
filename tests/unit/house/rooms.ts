/** What a room of the house may bring in. Paths are prefixes from the top of the repository. */
export interface Room {
  readonly room: string;
  readonly path: string;
  /** Rooms whose files it may import. */
  readonly from: readonly string[];
  /** Rooms of which it may import types, and nothing that runs. */
  readonly typesFrom?: readonly string[];
  /** Packages it may import. `node:*` stands for all that Node brings. */
  readonly packages: readonly string[];
}

/** Floors of the core that every area stands on. */
const ground = [
  'core/ports.ts',
  'core/drop.ts',
  'core/stable-id.ts',
  'core/storage',
  'core/files',
  'core/http',
  'core/jobs',
  'core/secrets',
];
const area = (name: string, more: Partial<Room> = {}): Room => ({
  room: `core/${name}`,
  path: `electron/core/${name}/`,
  from: [...ground, 'shared'],
  typesFrom: ['core'],
  packages: ['zod', 'uuid', 'node:*'],
  ...more,
});

/**
 * Every room, the narrower before the wider. A file that no room claims, an import that no line allows and a package
 * that is not named here all fail the test: there is no "other".
 */
export const rooms: readonly Room[] = [
  { room: 'shared', path: 'shared/', from: [], packages: ['zod', '@orpc/contract'] },
  { room: 'preload', path: 'electron/preload/', from: ['shared'], packages: ['electron'] },
  {
    room: 'main',
    path: 'electron/main/',
    from: ['hosts/desktop', 'hosts', 'shared'],
    packages: ['electron', 'electron-store', 'zod', 'node:*'],
  },
  {
    room: 'portal',
    path: 'electron/portal/',
    from: ['shared'],
    packages: [
      'hono',
      '@hono/node-server',
      '@hono/zod-openapi',
      'better-sqlite3',
      'nodemailer',
      'uuid',
      'zod',
      'node:*',
    ],
  },
  {
    room: 'hosts',
    path: 'electron/hosts/',
    from: ['core', 'portal', 'shared'],
    packages: [
      '@hono/node-server',
      '@orpc/client',
      '@orpc/server',
      'commander',
      'electron-log',
      'ws',
      'zod',
      'node:*',
    ],
  },
  {
    room: 'core/storage',
    path: 'electron/core/storage/',
    from: ['core/ports.ts', 'shared'],
    packages: ['better-sqlite3', 'node:*'],
  },
  {
    room: 'core/files',
    path: 'electron/core/files/',
    from: ['core/ports.ts', 'shared'],
    packages: ['xxhash-wasm', 'zod', 'node:*'],
  },
  {
    room: 'core/http',
    path: 'electron/core/http/',
    from: ['core/ports.ts', 'core/drop.ts', 'core/files', 'shared'],
    packages: ['undici', 'zod', 'node:*'],
  },
  area('jobs'),
  area('secrets'),
  area('sources', { packages: ['zod', 'uuid', 'linkedom', 'sax', 'node:*'] }),
  area('account'),
  area('catalogue'),
  area('network', {
    packages: ['@jitl/quickjs-wasmfile-release-sync', 'quickjs-emscripten-core', 'node:*'],
  }),
  area('downloads'),
  area('events'),
  area('library'),
  area('places'),
  area('notices'),
  area('rules'),
  area('media', { packages: ['fluent-ffmpeg', 'xxhash-wasm', 'zod', 'node:*'] }),
  area('search'),
  area('settings'),
  area('system'),
  area('tags'),
  area('verify', { packages: ['sax', 'uuid', 'node:*'] }),
  area('rpc', { packages: ['@orpc/server', 'zod'] }),
  { room: 'core/bridges', path: 'electron/core/bridges/', from: ['core', 'shared'], packages: ['node:*'] },
  { room: 'core/ports.ts', path: 'electron/core/ports.ts', from: [], packages: [] },
  { room: 'core/drop.ts', path: 'electron/core/drop.ts', from: [], packages: [] },
  { room: 'core/stable-id.ts', path: 'electron/core/stable-id.ts', from: [], packages: ['node:*'] },
  { room: 'core', path: 'electron/core/', from: ['core', 'shared'], packages: ['@orpc/server', 'node:*'] },
  {
    room: 'renderer',
    path: 'renderer/src/',
    from: ['shared'],
    packages: [
      'react',
      'react-dom',
      'react-aria-components',
      'lucide-react',
      'zod',
      '@orpc/client',
      '@orpc/contract',
      '@orpc/tanstack-query',
      '@tanstack/react-query',
      '@tanstack/react-router',
      '@tanstack/react-virtual',
      '@fontsource-variable/inter',
      '@fontsource-variable/jetbrains-mono',
    ],
  },
];

/** Modules of Node that only some files of the core may touch: one client opens sockets, one runner starts programs. */
export const guarded: Readonly<Record<string, readonly string[]>> = {
  'node:child_process': ['electron/core/media/ffmpeg.ts', 'electron/core/media/supervise-child.ts'],
  'node:net': ['electron/core/http/'],
  'node:http': ['electron/core/http/'],
  'node:https': ['electron/core/http/'],
  'node:tls': ['electron/core/http/'],
  'node:dns': ['electron/core/http/'],
  'node:dns/promises': ['electron/core/http/'],
};
