import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { PortalAsset, PortalEvent } from '../../../shared/portal-api/asset.ts';
import { portalPaths } from '../../../shared/portal-api/paths.ts';

/** What the played portal tells; a test changes it while it runs. */
export interface Told {
  assets: unknown[];
  events: unknown[];
  /** Assets on a page. */
  pageSize: number;
  instanceId: string;
  /** Answers a request in its own way; false leaves it to the honest answer. */
  answer: ((request: Asked, response: ServerResponse) => boolean | Promise<boolean>) | null;
}

/** A request as asked. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
}

/** A portal of one test, honest until told to be otherwise. */
export interface PlayedPortal extends Told {
  readonly url: string;
  readonly asked: Asked[];
  close(): Promise<void>;
}

/** Starts a portal that says what a test wants it to say. Cursors are plain: `page:N` and `since:N`. */
export async function playPortal(told: {
  assets?: readonly PortalAsset[];
  events?: readonly PortalEvent[];
  pageSize?: number;
}): Promise<PlayedPortal> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  const portal: PlayedPortal = {
    assets: [...(told.assets ?? [])],
    events: [...(told.events ?? [])],
    pageSize: told.pageSize ?? 100,
    instanceId: 'played-portal',
    answer: null,
    asked,
    url: '',
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const one = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
    };
    asked.push(one);
    if (await portal.answer?.(one, response)) return;
    const body = honest(portal, one);
    sendJson(response, body === undefined ? 404 : 200, body ?? { error: 'none' });
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => portal.close());
  return Object.assign(portal, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

/** Sends a JSON answer. */
export function sendJson(response: ServerResponse, status: number, body: unknown): true {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  return true;
}

/** Sends an error of the portal's own list. */
export function sendError(response: ServerResponse, status: number, code: string): true {
  return sendJson(response, status, { error: { code, message: `played ${code}` } });
}

function honest(portal: Told, { path, query }: Asked): unknown {
  if (path === portalPaths.about) return about(portal);
  if (path === portalPaths.events) return { items: portal.events };
  if (path !== portalPaths.assets) return undefined;
  const changed = query.get('changedSince') === null ? portal.assets : [];
  const from = Number(query.get('cursor')?.split(':')[1] ?? 0);
  const items = changed.slice(from, from + portal.pageSize);
  const next = from + items.length;
  return {
    items,
    nextCursor: next < changed.length ? `page:${next}` : null,
    changeCursor: `since:${portal.assets.length}`,
    total: changed.length,
    nowMs: 1,
  };
}

function about(portal: Told): unknown {
  return {
    product: 'rushes-portal',
    apiVersion: 1,
    name: 'Played portal',
    instanceId: portal.instanceId,
    demo: true,
    mail: 'folder',
    passwordRule: { minLength: 12, text: 'twelve' },
    codeLifetimeMs: 1_800_000,
    nowMs: 1,
  };
}
