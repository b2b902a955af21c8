import { createAccountPortalKind } from '../../../../electron/core/sources/account-portal/portal-kind.ts';
import { portalPaths } from '../../../../shared/portal-api/paths.ts';
import { anAsset, aRendition } from '../../../support/builders.ts';
import type { KindRig, PlayedItem, PlayedSource } from '../kind-rig.ts';
import { playServer, type Asked, type Reply } from '../play-server.ts';

/** A portal: pages of a full listing by number, of changes by the time of the last one. */
export const accountPortalRig: KindRig = {
  name: 'account portal',
  kind: createAccountPortalKind(),
  key: null,
  pages: true,
  withdraws: 'by-telling',
  versions: false,
  charset: null,
  play: async (items) => {
    const played: { items: readonly PlayedItem[]; pageSize: number } = { items, pageSize: 100 };
    const server = await playServer((asked) => reply(played, asked));
    return Object.assign(played, { url: server.url, server }) satisfies PlayedSource;
  },
};

function reply(played: { items: readonly PlayedItem[]; pageSize: number }, asked: Asked): Reply | null {
  const body = answer(played, asked);
  return body === null ? null : { contentType: 'application/json', body: JSON.stringify(body) };
}

function answer(
  { items, pageSize }: { items: readonly PlayedItem[]; pageSize: number },
  { path, query }: Asked,
): unknown {
  if (path === portalPaths.about) return about;
  if (path === portalPaths.events) return { items: [] };
  if (path !== portalPaths.assets) return null;
  const since = query.get('changedSince');
  const told = items.filter((item) => (since === null ? !item.withdrawn : item.changedAtMs > Number(since)));
  const from = Number(query.get('cursor') ?? 0);
  const page = told.slice(from, from + pageSize);
  const next = from + page.length;
  return {
    items: page.map(toAsset),
    nextCursor: next < told.length ? String(next) : null,
    changeCursor: String(Math.max(Number(since ?? 0), ...items.map(({ changedAtMs }) => changedAtMs))),
    total: told.length,
    nowMs: 1,
  };
}

function toAsset(item: PlayedItem): unknown {
  const id = String(Number(item.id.replace(/\D/g, '')));
  return anAsset({
    id,
    version: `v${item.version}`,
    changedAtMs: item.changedAtMs,
    status: item.withdrawn ? 'withdrawn' : 'usable',
    title: item.title,
    synopsis: item.synopsis,
    publishedDay: item.publishedDay,
    renditions: item.withdrawn ? [] : [aRendition({ id: `${id}-master` })],
  });
}

const about = {
  product: 'rushes-portal',
  apiVersion: 1,
  name: 'Played portal',
  instanceId: 'played',
  demo: true,
  mail: 'folder',
  passwordRule: { minLength: 12, text: 'twelve' },
  codeLifetimeMs: 1_800_000,
  nowMs: 1,
};
