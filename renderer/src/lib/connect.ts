import { createORPCClient } from '@orpc/client';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { openBrowserDoor } from './browser-door.ts';
import type { CoreClient, CoreQueries } from './core-client.ts';
import { openDesktopDoor } from './desktop-door.ts';
import { createMediaUrls, type MediaUrls } from './media.ts';
import type { RushesShell } from './shell-api.ts';
import { createSwitchingLink, type ConnectionState } from './switching-link.ts';

/** The page's way to the core, through whichever door it was opened. */
export interface Connection {
  readonly client: CoreClient;
  readonly queries: CoreQueries;
  readonly media: MediaUrls;
  readonly shell: RushesShell | null;
  state: () => ConnectionState;
  subscribe: (listener: () => void) => () => void;
  close: () => void;
}

/** Connects to the core: over the shell's port in the desktop window, by WebSocket in a browser tab. */
export function connect(target: Window): Connection {
  const shell = target.rushesShell ?? null;
  const switching = createSwitchingLink();
  const close =
    shell === null ? openBrowserDoor(target, switching) : openDesktopDoor(target, shell, switching);
  const client: CoreClient = createORPCClient(switching.link);
  return {
    client,
    queries: createTanstackQueryUtils(client),
    media: createMediaUrls(shell === null ? '/media' : 'rushes-media://local'),
    shell,
    state: switching.state,
    subscribe: switching.subscribe,
    close,
  };
}
